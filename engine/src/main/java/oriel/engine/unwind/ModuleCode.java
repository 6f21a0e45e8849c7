package oriel.engine.unwind;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.format.pe.DirectoryKind;
import oriel.format.pe.FunctionEntry;
import oriel.format.pe.FunctionTable;
import oriel.format.pe.ImageBytes;
import oriel.format.pe.PeImage;
import oriel.format.pe.Section;
import oriel.model.Architecture;
import oriel.model.Diagnostic;
import oriel.model.DynamicFunctions;
import oriel.model.LoadedModule;
import oriel.model.Memory;

/**
 * What the walker has learned of one module from its mapped headers: where its code is, its
 * function table, and the unwind data of the functions that were asked for.
 */
final class ModuleCode {
    private static final int PAGE = 0x1000;

    private final Optional<LoadedModule> module;
    private final long base;
    private final Problems problems;
    private final ImageBytes image;
    private final List<Section> sections;
    private final Optional<FunctionTable> functions;
    private final Map<Long, Optional<X64Function>> x64 = new ConcurrentHashMap<>();
    private final Map<Long, Optional<Arm64Function>> arm64 = new ConcurrentHashMap<>();

    /** Tells of the first problem with unwind data, which has likely the same cause as others. */
    private static final class Problems implements Consumer<String> {
        private final String subject;
        private final Consumer<Diagnostic> sink;
        private final AtomicBoolean told = new AtomicBoolean();

        Problems(String subject, Consumer<Diagnostic> sink) {
            this.subject = subject;
            this.sink = sink;
        }

        @Override
        public void accept(String problem) {
            if (told.compareAndSet(false, true)) {
                sink.accept(
                        new Diagnostic(
                                subject, problem + ": callers are looked for by other means"));
            }
        }
    }

    private ModuleCode(
            Optional<LoadedModule> module,
            long base,
            Problems problems,
            ImageBytes image,
            List<Section> sections,
            Optional<FunctionTable> functions) {
        this.module = module;
        this.base = base;
        this.problems = problems;
        this.image = image;
        this.sections = sections;
        this.functions = functions;
    }

    /** Reads the headers of a module; without them nothing but its range is known. */
    static ModuleCode of(
            LoadedModule module,
            Memory memory,
            Architecture architecture,
            Consumer<Diagnostic> sink) {
        var problems = new Problems(module.name(), sink);
        long base = module.base();
        ImageBytes image = (rva, into, at, length) -> memory.read(base + rva, into, at, length);
        byte[] page = memory.readUpTo(base, (int) Math.min(PAGE, module.range().sizeBytes()));
        try {
            Bytes headers = Bytes.of(page, module.name());
            PeImage pe = PeImage.of(headers, PeImage.Layout.MAPPED, problem -> {});
            Optional<FunctionTable> table =
                    FunctionTable.of(image, architecture, pe.directory(DirectoryKind.EXCEPTION))
                            .filter(FunctionTable::isReadable);
            boolean whole = pe.sections().size() == pe.coffHeader().sectionCount();
            return new ModuleCode(
                    Optional.of(module),
                    base,
                    problems,
                    image,
                    whole ? pe.sections() : List.of(),
                    table);
        } catch (FormatException e) {
            return new ModuleCode(
                    Optional.of(module), base, problems, image, List.of(), Optional.empty());
        }
    }

    /** What is known of code that was made at run time and registered with the system. */
    static ModuleCode of(
            DynamicFunctions dynamic,
            Memory memory,
            Architecture architecture,
            Consumer<Diagnostic> sink) {
        long base = dynamic.baseVa();
        ImageBytes code = (rva, into, at, length) -> memory.read(base + rva, into, at, length);
        return new ModuleCode(
                Optional.empty(),
                base,
                new Problems("code made at run time", sink),
                code,
                List.of(),
                FunctionTable.of(dynamic.entries(), code, architecture));
    }

    /** Address that rvas are relative to. */
    long base() {
        return base;
    }

    /** The image; empty for code that was made at run time. */
    Optional<LoadedModule> module() {
        return module;
    }

    /** Reads the image by rva through the target's memory. */
    ImageBytes image() {
        return image;
    }

    /** Whether an address may hold code, as far as the section headers are known. */
    boolean mayExecute(long va) {
        if (sections.isEmpty()) {
            return true;
        }
        long rva = va - base;
        for (Section section : sections) {
            if (section.isExecutable() && section.contains(rva)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the function table can be read, so that a function it does not list has none. */
    boolean hasFunctions() {
        return functions.isPresent();
    }

    /** The entry of the function table that holds an rva. */
    Optional<FunctionEntry> entryAt(long rva) {
        return functions.flatMap(table -> table.find(rva));
    }

    /** Unwind data of the x64 function that holds an rva; empty also when it is damaged. */
    Optional<X64Function> x64At(long rva) {
        return x64.computeIfAbsent(
                rva, r -> entryAt(r).flatMap(e -> X64Function.read(image, e, problems)));
    }

    /** Unwind data of the ARM64 function that holds an rva; empty also when it is damaged. */
    Optional<Arm64Function> arm64At(long rva) {
        return arm64.computeIfAbsent(
                rva, r -> entryAt(r).flatMap(e -> Arm64Function.read(image, e, problems)));
    }
}
