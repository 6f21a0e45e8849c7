package oriel.engine.kernel;

import java.util.Optional;
import java.util.OptionalLong;
import oriel.model.Architecture;
import oriel.model.Memory;

/**
 * What the object manager knows of an object: its type, its name and who holds it. Where all that
 * lies differs from version to version, so the kernel's PDB must tell. Stateless.
 */
public final class KernelObjects {
    private static final String HEADER = "_OBJECT_HEADER";
    private static final int HAS_NAME = 2;

    private final KernelMemory memory;
    private final KernelSymbols symbols;

    /** Reads objects from an address space of a kernel. */
    public KernelObjects(Memory memory, Architecture architecture, KernelSymbols symbols) {
        this.memory = new KernelMemory(memory, architecture);
        this.symbols = symbols;
    }

    /**
     * An object.
     *
     * @param headerVa address of its OBJECT_HEADER
     * @param pointers references to it, as the system counts them
     * @param handles open handles
     * @param typeVa address of its OBJECT_TYPE
     * @param type {@code Process}, {@code File}
     * @param name within its directory, for files their path; may be empty
     * @param directoryVa the directory it is in; 0 for none
     */
    public record KernelObject(
            long headerVa,
            long pointers,
            long handles,
            long typeVa,
            String type,
            String name,
            long directoryVa) {}

    /** Whether symbols tell where headers of objects are. */
    public boolean isPossible() {
        return symbols.offset(HEADER, "Body").isPresent()
                && symbols.offset("_OBJECT_TYPE", "Name").isPresent();
    }

    /** The object whose body is at an address; empty when there is none. */
    public Optional<KernelObject> object(long va) {
        OptionalLong body = symbols.offset(HEADER, "Body");
        OptionalLong typeName = symbols.offset("_OBJECT_TYPE", "Name");
        if (body.isEmpty() || typeName.isEmpty() || !memory.isKernel(va)) {
            return Optional.empty();
        }
        long header = va - body.getAsLong();
        OptionalLong type = type(header);
        OptionalLong pointers = memory.pointer(header);
        OptionalLong handles = memory.pointer(header + memory.pointerSize());
        if (type.isEmpty() || pointers.isEmpty() || handles.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> kind =
                memory.unicodeString(type.getAsLong() + typeName.getAsLong())
                        .filter(KernelObjects::isName);
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        OptionalLong info = nameInfo(header);
        String name = "";
        long directory = 0;
        if (info.isPresent()) {
            name = memory.unicodeString(info.getAsLong() + memory.pointerSize()).orElse("");
            directory = memory.pointer(info.getAsLong()).orElse(0);
        }
        if (name.isEmpty() && kind.get().equals("File")) {
            // FILE_OBJECT.FileName, which wdm.h lays out.
            name = memory.unicodeString(va + (memory.pointerSize() == 8 ? 0x58 : 0x30)).orElse("");
        }
        return Optional.of(
                new KernelObject(
                        header,
                        pointers.getAsLong(),
                        handles.getAsLong(),
                        type.getAsLong(),
                        kind.get(),
                        name,
                        directory));
    }

    /** Types have names of what ASCII can print. */
    private static boolean isName(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }

    private OptionalLong type(long header) {
        OptionalLong index = symbols.offset(HEADER, "TypeIndex");
        if (index.isEmpty()) {
            // Before Windows 7.
            OptionalLong pointer = symbols.offset(HEADER, "Type");
            return pointer.isPresent()
                    ? memory.nonNull(header + pointer.getAsLong())
                    : OptionalLong.empty();
        }
        OptionalLong table = symbols.address("ObTypeIndexTable");
        OptionalLong stored = memory.unsigned(header + index.getAsLong(), 1);
        if (table.isEmpty() || stored.isEmpty()) {
            return OptionalLong.empty();
        }
        long number = stored.getAsLong();
        OptionalLong cookie = symbols.address("ObHeaderCookie");
        if (cookie.isPresent()) {
            // From Windows 10 on: mixed with the second byte of the header's address.
            number ^= memory.unsigned(cookie.getAsLong(), 1).orElse(0) ^ header >>> 8 & 0xff;
        }
        return memory.nonNull(table.getAsLong() + number * memory.pointerSize());
    }

    /** OBJECT_HEADER_NAME_INFO: the directory, then the name. */
    private OptionalLong nameInfo(long header) {
        OptionalLong before = symbols.offset(HEADER, "NameInfoOffset");
        if (before.isPresent()) {
            long distance = memory.unsigned(header + before.getAsLong(), 1).orElse(0);
            return distance == 0 ? OptionalLong.empty() : OptionalLong.of(header - distance);
        }
        OptionalLong maskAt = symbols.offset(HEADER, "InfoMask");
        OptionalLong distances = symbols.address("ObpInfoMaskToOffset");
        if (maskAt.isEmpty() || distances.isEmpty()) {
            return OptionalLong.empty();
        }
        long mask = memory.unsigned(header + maskAt.getAsLong(), 1).orElse(0);
        if ((mask & HAS_NAME) == 0) {
            return OptionalLong.empty();
        }
        OptionalLong distance =
                memory.unsigned(distances.getAsLong() + (mask & 2 * HAS_NAME - 1), 1);
        return distance.isPresent()
                ? OptionalLong.of(header - distance.getAsLong())
                : OptionalLong.empty();
    }
}
