package oriel.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import oriel.engine.kernel.KernelMemory.Walk;
import oriel.model.AddressRange;
import oriel.model.Diagnostic;
import oriel.model.LoadedModule;
import oriel.model.UnloadedModule;

/**
 * Reads lists of images: PsLoadedModuleList of the kernel and the loader's list of a process, whose
 * entries begin alike (KLDR_DATA_TABLE_ENTRY, LDR_DATA_TABLE_ENTRY).
 */
final class ModuleReader {
    private static final int MOST_MODULES = 10_000;
    private static final long LARGEST_IMAGE = 1L << 31;
    private static final long PAGE_MASK = 0xfff;

    /** MI_UNLOADED_DRIVERS. */
    private static final int UNLOADED_SLOTS = 50;

    private final KernelMemory memory;
    private final Consumer<Diagnostic> problems;
    private final boolean wide;

    ModuleReader(KernelMemory memory, Consumer<Diagnostic> problems) {
        this.memory = memory;
        this.problems = problems;
        this.wide = memory.pointerSize() == 8;
    }

    /** The drivers of a list, in its order. */
    List<LoadedModule> modules(long head, String subject) {
        return modules(head, subject, true);
    }

    private List<LoadedModule> modules(long head, String subject, boolean kernel) {
        Walk walk = memory.list(head, MOST_MODULES);
        if (!walk.isWhole() && !walk.entries().isEmpty()) {
            problems.accept(new Diagnostic(subject, "the list " + walk.problem()));
        }
        var modules = new ArrayList<LoadedModule>();
        for (long entry : walk.entries()) {
            module(entry, kernel).ifPresent(modules::add);
        }
        return List.copyOf(modules);
    }

    private Optional<LoadedModule> module(long entry, boolean kernel) {
        OptionalLong base = memory.nonNull(entry + (wide ? 0x30 : 0x18));
        OptionalLong size = memory.unsigned(entry + (wide ? 0x40 : 0x20), 4);
        if (base.isEmpty()
                || size.isEmpty()
                || (base.getAsLong() & PAGE_MASK) != 0
                || memory.isKernel(base.getAsLong()) != kernel
                || size.getAsLong() == 0
                || size.getAsLong() > LARGEST_IMAGE) {
            return Optional.empty();
        }
        String path =
                memory.unicodeString(entry + (wide ? 0x48 : 0x24))
                        .filter(p -> !p.isEmpty())
                        .or(() -> memory.unicodeString(entry + (wide ? 0x58 : 0x2c)))
                        .orElse("");
        Optional<MappedHeader> header = MappedHeader.read(memory.memory(), base.getAsLong());
        return Optional.of(
                new LoadedModule(
                        new AddressRange(base.getAsLong(), size.getAsLong()),
                        path,
                        header.map(MappedHeader::timestamp).orElse(0L),
                        header.map(MappedHeader::checksum).orElse(0L),
                        Optional.empty(),
                        header.flatMap(MappedHeader::pdb)));
    }

    /** The user half's images of a process, by way of its PEB. */
    List<LoadedModule> userModules(long pebVa, String subject) {
        OptionalLong loader = memory.nonNull(pebVa + (wide ? 0x18 : 0xc));
        return loader.isEmpty()
                ? List.of()
                : modules(loader.getAsLong() + (wide ? 0x10 : 0xc), subject, false);
    }

    /**
     * The drivers that were unloaded, oldest first: a ring of UNLOADED_DRIVERS.
     *
     * @param array address of the pointer to the ring
     * @param last address of the count of drivers unloaded so far
     */
    List<UnloadedModule> unloaded(long array, OptionalLong last) {
        OptionalLong ring = memory.nonNull(array);
        if (ring.isEmpty()) {
            return List.of();
        }
        OptionalLong next =
                last.isPresent() ? memory.unsigned(last.getAsLong(), 4) : OptionalLong.empty();
        int first = (int) (next.orElse(0) % UNLOADED_SLOTS);
        int width = memory.pointerSize();
        int size = wide ? 40 : 24;
        var drivers = new ArrayList<UnloadedModule>();
        for (int i = 0; i < UNLOADED_SLOTS; i++) {
            long at = ring.getAsLong() + (long) ((first + i) % UNLOADED_SLOTS) * size;
            Optional<String> name = memory.unicodeString(at);
            OptionalLong start = memory.nonNull(at + 2L * width);
            OptionalLong end = memory.nonNull(at + 3L * width);
            if (start.isPresent() && end.isPresent() && memory.isKernel(start.getAsLong())) {
                drivers.add(
                        new UnloadedModule(
                                AddressRange.between(start.getAsLong(), end.getAsLong()),
                                name.orElse(""),
                                0,
                                0));
            }
        }
        return List.copyOf(drivers);
    }
}
