package oriel.format.pe;

import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.model.Architecture;

/** Asks an image for everything it has. */
final class Everything {
    private Everything() {}

    /** The number of things found, so that nothing is optimised away. */
    static int read(PeImage image) {
        int found = image.sections().size() + image.imports().size() + image.delayImports().size();
        found += image.boundImports().size() + image.certificates().size();
        found += image.exports().map(e -> e.all().size()).orElse(0);
        for (DebugEntry entry : image.debugEntries()) {
            found += entry.pdb().isPresent() ? 1 : 0;
            found += entry.pogoGroups().size() + entry.extendedCharacteristics().size();
            found += entry.vcFeatures().isPresent() ? 1 : 0;
            found += entry.reproHash().map(hash -> hash.length).orElse(0);
        }
        for (Resource resource : image.resources()) {
            found += (int) Math.min(image.data(resource).size(), 1) + resource.typeName().length();
        }
        found += image.version().map(v -> v.tables().size()).orElse(0);
        found += image.tls().map(t -> t.callbacks().size()).orElse(0);
        found += image.clrHeader().map(c -> c.metadataVersion().length()).orElse(0);
        found += image.richHeader().map(r -> r.entries().size()).orElse(0);
        found += image.loadConfig().map(Everything::read).orElse(0);
        found += image.coffSymbols().map(CoffSymbolTable::size).orElse(0);
        if (image.coffSymbols().isPresent()) {
            image.coffSymbols().get().forEach(CoffSymbol::name);
        }
        return found + image.functions().map(f -> functions(image, f)).orElse(0);
    }

    private static int read(LoadConfig config) {
        return config.values().size()
                + config.guardFunctions().size()
                + config.guardImports().size()
                + config.guardLongJumps().size()
                + config.guardContinuations().size()
                + config.exceptionHandlers().size();
    }

    private static int functions(PeImage image, FunctionTable functions) {
        int found = 0;
        for (int i = 0; i < Math.min(functions.size(), 2000); i++) {
            var entry = functions.entry(i);
            try {
                if (entry.isPresent()) {
                    found += unwind(image, entry.get());
                }
            } catch (FormatException e) {
                found++;
            }
        }
        return found;
    }

    private static int unwind(PeImage image, FunctionEntry entry) {
        Architecture architecture = image.architecture().orElseThrow();
        return switch (architecture) {
            case X64 -> X64UnwindInfo.read(image::read, entry.unwindData()).codes().size();
            case ARM64 -> {
                Arm64UnwindInfo info = Arm64UnwindInfo.read(image::read, entry);
                int codes = info.prolog().size();
                for (Arm64UnwindInfo.Epilog epilog : info.epilogs()) {
                    codes += epilog.codes().size();
                }
                yield codes;
            }
            case X86, ARM -> 0;
        };
    }

    static int read(Bytes file) {
        return read(PeImage.of(file));
    }
}
