package oriel.format.pe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.format.pe.Arm64UnwindCode.Kind;

/**
 * Unwind data of an ARM64 function or fragment, packed or as a full {@code .xdata} record, from
 * Microsoft's "ARM64 exception handling".
 *
 * @param packed whether the data was in the table entry itself
 * @param prolog what the prologue did, last instruction first, up to and with END
 * @param epilogs where epilogues begin
 * @param handlerRva language handler, when there is one
 */
public record Arm64UnwindInfo(
        boolean packed,
        List<Arm64UnwindCode> prolog,
        List<Epilog> epilogs,
        Optional<Long> handlerRva) {
    private static final int MAX_HEADER = 8;

    /** Copies the lists. */
    public Arm64UnwindInfo {
        prolog = List.copyOf(prolog);
        epilogs = List.copyOf(epilogs);
    }

    /**
     * An epilogue.
     *
     * @param startBytes its distance from the start of the function
     * @param source decodes its codes; many epilogues may share the same bytes
     */
    public record Epilog(long startBytes, Supplier<List<Arm64UnwindCode>> source) {
        /** More bytes than the longest epilogue can have. */
        public static final int MAX_SIZE = 4 * (255 * 4 + 1);

        /** In the order of its instructions, up to and with END, which is the return. */
        public List<Arm64UnwindCode> codes() {
            return source.get();
        }

        /** Length of the epilogue with its return. */
        public long sizeBytes() {
            return instructions(codes()) * 4L + 4;
        }
    }

    /** Length of the prologue. */
    public long prologSizeBytes() {
        return instructions(prolog) * 4L;
    }

    /** How many instructions codes stand for: those before END or END_C. */
    private static int instructions(List<Arm64UnwindCode> codes) {
        int count = 0;
        while (count < codes.size()
                && codes.get(count).kind() != Kind.END
                && codes.get(count).kind() != Kind.END_C) {
            count++;
        }
        return count;
    }

    /**
     * Reads the data of an entry through an image.
     *
     * @throws FormatException when it is not there or of another version
     */
    public static Arm64UnwindInfo read(ImageBytes image, FunctionEntry entry) {
        int flag = (int) entry.unwindData() & 3;
        return switch (flag) {
            case 0 -> full(image, entry.unwindData());
            case 3 -> throw problem(entry.beginRva(), "packed data of a reserved kind");
            default -> packed(entry, flag == 1);
        };
    }

    private static Arm64UnwindInfo packed(FunctionEntry entry, boolean whole) {
        var packed = new Arm64PackedUnwind(entry.unwindData());
        List<Arm64UnwindCode> prolog = packed.prolog();
        if (!whole) {
            var fragment = new ArrayList<Arm64UnwindCode>();
            fragment.add(Arm64UnwindCode.plain(Kind.END_C));
            fragment.addAll(prolog);
            return new Arm64UnwindInfo(true, fragment, List.of(), Optional.empty());
        }
        Epilog last = last(entry.endRva() - entry.beginRva(), packed::epilog);
        return new Arm64UnwindInfo(true, prolog, List.of(last), Optional.empty());
    }

    private static Arm64UnwindInfo full(ImageBytes image, long rva) {
        Bytes header = window(image, rva, 0, MAX_HEADER);
        long first = header.u32(0);
        if ((first >>> 18 & 3) != 0) {
            throw header.error(0, "version " + (first >>> 18 & 3) + " is not known");
        }
        boolean oneEpilog = (first >>> 21 & 1) != 0;
        int epilogs = (int) (first >>> 22 & 31);
        int words = (int) (first >>> 27 & 31);
        long at = 4;
        if (epilogs == 0 && words == 0) {
            epilogs = header.u16(4);
            words = header.u8(6);
            at = MAX_HEADER;
        }
        int scopeBytes = oneEpilog ? 0 : epilogs * 4;
        Bytes rest = window(image, rva, at, scopeBytes + words * 4 + 4);
        Bytes codes = rest.slice(scopeBytes, Math.min(words * 4L, rest.size() - scopeBytes));
        Optional<Long> handler = Optional.empty();
        if ((first >>> 20 & 1) != 0 && rest.contains(scopeBytes + words * 4L, 4)) {
            handler = Optional.of(rest.u32(scopeBytes + words * 4L));
        }
        long length = (first & 0x3ffff) * 4;
        int index = epilogs;
        List<Epilog> list =
                oneEpilog
                        ? List.of(last(length, () -> Arm64CodeReader.sequence(codes, index)))
                        : scopes(rest, epilogs, codes);
        return new Arm64UnwindInfo(false, Arm64CodeReader.sequence(codes, 0), list, handler);
    }

    /** The epilogue that ends with the function. */
    private static Epilog last(long length, Supplier<List<Arm64UnwindCode>> source) {
        return new Epilog(length - new Epilog(0, source).sizeBytes(), source);
    }

    private static List<Epilog> scopes(Bytes rest, int count, Bytes codes) {
        var list = new ArrayList<Epilog>(count);
        for (int i = 0; i < count; i++) {
            long scope = rest.u32(i * 4L);
            int index = (int) (scope >>> 22);
            list.add(
                    new Epilog(
                            (scope & 0x3ffff) * 4, () -> Arm64CodeReader.sequence(codes, index)));
        }
        return list;
    }

    private static Bytes window(ImageBytes image, long rva, long at, int length) {
        var raw = new byte[length];
        int got = image.read(rva + at, raw, 0, length);
        return Bytes.of(raw, "unwind data at rva 0x" + Long.toHexString(rva)).slice(0, got);
    }

    private static FormatException problem(long rva, String text) {
        return new FormatException("function at rva 0x" + Long.toHexString(rva), 0, text);
    }
}
