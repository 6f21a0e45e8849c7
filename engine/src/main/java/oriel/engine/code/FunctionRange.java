package oriel.engine.code;

import java.util.Optional;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.format.pe.DirectoryKind;
import oriel.format.pe.FunctionEntry;
import oriel.format.pe.FunctionTable;
import oriel.format.pe.ImageBytes;
import oriel.format.pe.PeImage;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.model.Target;

/** How far a function goes when no symbol tells. */
public final class FunctionRange {
    private static final int PAGE = 0x1000;

    /** Longest function that is followed by its branches. */
    private static final int MOST_BYTES = 1 << 20;

    /** UNW_FLAG_CHAININFO in the first byte of UNWIND_INFO. */
    private static final int CHAINED = 4 << 3;

    private FunctionRange() {}

    /**
     * From an address to the end of its function: as the table of functions of its module says
     * ({@code .pdata}), else as far as its branches go.
     */
    public static AddressRange from(Target target, long va, FunctionNames names) {
        Optional<LoadedModule> module = target.moduleAt(va);
        long end =
                module.map(found -> byTable(found, target, va))
                        .filter(found -> found != 0)
                        .orElseGet(() -> byBranches(module, target, va, names));
        return new AddressRange(va, end - va);
    }

    private static long byBranches(
            Optional<LoadedModule> module, Target target, long va, FunctionNames names) {
        long room = module.map(found -> found.range().end() - va).orElse((long) MOST_BYTES);
        var range = new AddressRange(va, Math.min(room, MOST_BYTES));
        return CodeGraph.of(target.architecture(), target.memory(), range, names).end();
    }

    private static long byTable(LoadedModule module, Target target, long va) {
        Memory memory = target.memory();
        long base = module.base();
        byte[] page = memory.readUpTo(base, (int) Math.min(PAGE, module.range().sizeBytes()));
        ImageBytes image = (rva, into, at, length) -> memory.read(base + rva, into, at, length);
        Architecture architecture = target.architecture();
        try {
            Bytes headers = Bytes.of(page, module.name());
            PeImage pe = PeImage.of(headers, PeImage.Layout.MAPPED, problem -> {});
            return FunctionTable.of(image, architecture, pe.directory(DirectoryKind.EXCEPTION))
                    .map(table -> base + end(table, image, architecture, va - base))
                    .filter(end -> end != base)
                    .orElse(0L);
        } catch (FormatException e) {
            return 0;
        }
    }

    /** The end of a function and of the fragments of it that lie behind; 0 when it has no entry. */
    private static long end(
            FunctionTable table, ImageBytes image, Architecture architecture, long rva) {
        Optional<FunctionEntry> entry = table.find(rva);
        long end = 0;
        while (entry.isPresent() && entry.get().endRva() > end) {
            end = entry.get().endRva();
            long next = end;
            entry =
                    table.find(next)
                            .filter(found -> found.beginRva() == next)
                            .filter(found -> architecture == Architecture.X64)
                            .filter(found -> isChained(found, image));
        }
        return end;
    }

    private static boolean isChained(FunctionEntry entry, ImageBytes image) {
        var first = new byte[1];
        return image.read(entry.unwindData(), first, 0, 1) == 1 && (first[0] & CHAINED) != 0;
    }
}
