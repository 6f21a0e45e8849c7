package oriel.app.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import oriel.bytes.Bytes;
import oriel.engine.dump.FileKind;
import oriel.engine.symbols.BreakpadSource;
import oriel.engine.symbols.DbgSource;
import oriel.engine.symbols.SymbolSource;
import oriel.engine.symbols.pdb.PdbSymbolSource;
import oriel.format.breakpad.BreakpadModule;
import oriel.format.breakpad.BreakpadSymbols;
import oriel.format.pdb.Pdb;
import oriel.format.pe.Machine;
import oriel.format.pe.SeparateDebugFile;
import oriel.model.Architecture;
import oriel.model.LoadedModule;
import oriel.model.PdbId;

/**
 * The modules that a file has symbols of: one for symbol files and images, all modules of a dump.
 *
 * @param all in the order of the file
 * @param input the target, when the file is a dump or an image
 */
record SymbolSubjects(List<SymbolSubject> all, Optional<TargetInput> input) {
    /**
     * Opens a PDB, a DBG or Breakpad file, an image or a dump.
     *
     * @throws IOException when the file cannot be read
     * @throws oriel.bytes.FormatException when it is none of these
     */
    static SymbolSubjects open(String file, Arguments given) throws IOException {
        Bytes bytes = Bytes.open(TargetInput.path(file));
        return switch (FileKind.of(bytes)) {
            // Pdb says what it thinks of those of .NET.
            case PDB, PORTABLE_PDB -> pdb(file, given);
            case BREAKPAD_SYMBOLS -> breakpad(file, bytes);
            case DBG -> dbg(file, bytes);
            default -> target(TargetInput.open(file, given));
        };
    }

    private static SymbolSubjects pdb(String file, Arguments given) throws IOException {
        String name = LoadedModule.baseName(file.replace('\\', '/'));
        PdbSymbolSource source = PdbSymbolSource.open(TargetInput.path(file));
        return alone(stem(name), source, () -> identity(file, name, source.pdb(), given));
    }

    private static SymbolSubject.Identity identity(
            String file, String name, Pdb pdb, Arguments given) {
        PdbId id = PdbId.rsds(name, pdb.info().guid(), pdb.imageAge());
        int machine = pdb.dbi().map(d -> d.header().machine()).orElse(0);
        String cpu =
                Machine.of(machine)
                        .flatMap(Machine::architecture)
                        .map(SymbolSubjects::cpu)
                        .orElse("unknown");
        Optional<ImageOfPdb> image = ImageOfPdb.find(TargetInput.path(file), id, given);
        var module =
                new BreakpadModule(
                        "windows",
                        cpu,
                        id.key(),
                        name,
                        image.map(ImageOfPdb::key).orElse(""),
                        image.map(ImageOfPdb::name).orElse(""));
        return new SymbolSubject.Identity(module, image.map(ImageOfPdb::image));
    }

    private static SymbolSubjects dbg(String file, Bytes bytes) {
        SeparateDebugFile dbg = SeparateDebugFile.of(bytes);
        String name = LoadedModule.baseName(file.replace('\\', '/'));
        String id = String.format(Locale.ROOT, "%08X%x", dbg.timestamp(), dbg.imageSizeBytes());
        var module =
                new BreakpadModule(
                        "windows",
                        dbg.architecture().map(SymbolSubjects::cpu).orElse("unknown"),
                        id,
                        name,
                        id,
                        "");
        var source = new DbgSource(dbg, file);
        return alone(
                stem(name), source, () -> new SymbolSubject.Identity(module, Optional.empty()));
    }

    /** A file of symbols without its image. */
    private static SymbolSubjects alone(
            String label, SymbolSource source, Supplier<SymbolSubject.Identity> identity) {
        var subject = new SymbolSubject(label, 0, Long.MAX_VALUE, () -> List.of(source), identity);
        return new SymbolSubjects(List.of(subject), Optional.empty());
    }

    private static SymbolSubjects breakpad(String file, Bytes bytes) {
        BreakpadSymbols symbols = BreakpadSymbols.read(bytes);
        var source = new BreakpadSource(symbols, file);
        return alone(
                stem(symbols.module().name()),
                source,
                () -> new SymbolSubject.Identity(symbols.module(), Optional.empty()));
    }

    private static SymbolSubjects target(TargetInput input) {
        String cpu = cpu(input.target().architecture());
        var subjects = new ArrayList<SymbolSubject>();
        for (LoadedModule module : input.target().modules()) {
            subjects.add(
                    new SymbolSubject(
                            module.label(),
                            module.base(),
                            module.range().sizeBytes(),
                            () -> input.symbolizer().sources(module),
                            () -> identity(module, cpu, input)));
        }
        return new SymbolSubjects(subjects, Optional.of(input));
    }

    private static SymbolSubject.Identity identity(
            LoadedModule module, String cpu, TargetInput input) {
        String id = module.pdb().map(PdbId::key).orElse("");
        String pdb = module.pdb().map(PdbId::baseName).orElse(module.name());
        return new SymbolSubject.Identity(
                new BreakpadModule("windows", cpu, id, pdb, module.imageKey(), module.name()),
                input.image());
    }

    private static String cpu(Architecture architecture) {
        return switch (architecture) {
            case X86 -> "x86";
            case X64 -> "x86_64";
            case ARM -> "arm";
            case ARM64 -> "arm64";
        };
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
