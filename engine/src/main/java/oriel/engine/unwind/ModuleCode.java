package oriel.engine.unwind;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.format.pe.DirectoryKind;
import oriel.format.pe.FunctionEntry;
import oriel.format.pe.FunctionTable;
import oriel.format.pe.ImageBytes;
import oriel.format.pe.PeImage;
import oriel.format.pe.Section;
import oriel.model.Architecture;
import oriel.model.LoadedModule;
import oriel.model.Memory;

/**
 * What the walker has learned of one module from its mapped headers: where its code is, its
 * function table, and the unwind data of the functions that were asked for.
 */
final class ModuleCode {
    private static final int PAGE = 0x1000;

    private final LoadedModule module;
    private final ImageBytes image;
    private final List<Section> sections;
    private final Optional<FunctionTable> functions;
    private final Map<Long, Optional<X64Function>> x64 = new ConcurrentHashMap<>();
    private final Map<Long, Optional<Arm64Function>> arm64 = new ConcurrentHashMap<>();

    private ModuleCode(
            LoadedModule module,
            ImageBytes image,
            List<Section> sections,
            Optional<FunctionTable> functions) {
        this.module = module;
        this.image = image;
        this.sections = sections;
        this.functions = functions;
    }

    /** Reads the headers of a module; without them nothing but its range is known. */
    static ModuleCode of(LoadedModule module, Memory memory, Architecture architecture) {
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
            return new ModuleCode(module, image, whole ? pe.sections() : List.of(), table);
        } catch (FormatException e) {
            return new ModuleCode(module, image, List.of(), Optional.empty());
        }
    }

    LoadedModule module() {
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
        long rva = va - module.base();
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
        return x64.computeIfAbsent(rva, r -> entryAt(r).flatMap(e -> X64Function.read(image, e)));
    }

    /** Unwind data of the ARM64 function that holds an rva; empty also when it is damaged. */
    Optional<Arm64Function> arm64At(long rva) {
        return arm64.computeIfAbsent(
                rva, r -> entryAt(r).flatMap(e -> Arm64Function.read(image, e)));
    }
}
