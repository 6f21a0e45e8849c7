package oriel.format.pe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.format.pe.X64UnwindCode.Kind;

/**
 * UNWIND_INFO of x64, version 1 or 2, from Microsoft's "x64 exception handling".
 *
 * @param version 1 or 2
 * @param flags UNW_FLAG_EHANDLER 1, UHANDLER 2, CHAININFO 4
 * @param prologSizeBytes length of the prologue
 * @param frameRegister number of the frame register, 0 when there is none
 * @param frameOffsetBytes distance of the frame register from the stack pointer when it was set
 * @param codes last step of the prologue first
 * @param handlerRva language handler, when the flags say there is one
 * @param chained the primary function whose unwind data continues this one
 */
public record X64UnwindInfo(
        int version,
        int flags,
        int prologSizeBytes,
        int frameRegister,
        int frameOffsetBytes,
        List<X64UnwindCode> codes,
        Optional<Long> handlerRva,
        Optional<FunctionEntry> chained) {
    private static final int HEADER = 4;
    private static final int SLOT = 2;
    private static final int HANDLER_FLAGS = 3;
    private static final int CHAIN_FLAG = 4;
    private static final Kind[] KINDS = Kind.values();

    /** Copies the codes. */
    public X64UnwindInfo {
        codes = List.copyOf(codes);
    }

    /**
     * Reads unwind data through an image.
     *
     * @throws FormatException when it is not there, of another version, or holds unknown codes
     */
    public static X64UnwindInfo read(ImageBytes image, long rva) {
        var raw = new byte[HEADER + 256 * SLOT + FunctionEntry.X64_SIZE];
        int got = image.read(rva, raw, 0, raw.length);
        return read(Bytes.of(raw, "unwind data at rva 0x" + Long.toHexString(rva)).slice(0, got));
    }

    private static X64UnwindInfo read(Bytes in) {
        int version = in.u8(0) & 7;
        int flags = in.u8(0) >> 3;
        if (version != 1 && version != 2) {
            throw in.error(0, "version " + version + " is not known");
        }
        int slots = in.u8(2);
        List<X64UnwindCode> codes = readCodes(in.slice(HEADER, (long) slots * SLOT), slots);
        long after = HEADER + (long) (slots + 1 & ~1) * SLOT;
        Optional<Long> handler = Optional.empty();
        Optional<FunctionEntry> chained = Optional.empty();
        if ((flags & CHAIN_FLAG) != 0) {
            chained = Optional.of(FunctionEntry.readX64(in, after));
        } else if ((flags & HANDLER_FLAGS) != 0) {
            handler = Optional.of(in.u32(after));
        }
        int frame = in.u8(3);
        return new X64UnwindInfo(
                version, flags, in.u8(1), frame & 15, (frame >> 4) * 16, codes, handler, chained);
    }

    private static List<X64UnwindCode> readCodes(Bytes in, int slots) {
        var codes = new ArrayList<X64UnwindCode>(slots);
        int at = 0;
        while (at < slots) {
            int number = in.u8(at * SLOT + 1) & 15;
            int info = in.u8(at * SLOT + 1) >> 4;
            if (number >= KINDS.length) {
                throw in.error(at * SLOT + 1, "unwind code " + number + " is not known");
            }
            Kind kind = KINDS[number];
            codes.add(new X64UnwindCode(in.u8(at * SLOT), kind, info, value(in, at, kind, info)));
            at += slots(kind, info);
        }
        return codes;
    }

    private static int slots(Kind kind, int info) {
        return switch (kind) {
            case PUSH_NONVOL, ALLOC_SMALL, SET_FPREG, PUSH_MACHFRAME, EPILOG -> 1;
            case SAVE_NONVOL, SAVE_XMM128 -> 2;
            case SAVE_NONVOL_FAR, SAVE_XMM128_FAR, SPARE -> 3;
            case ALLOC_LARGE -> info == 0 ? 2 : 3;
        };
    }

    private static long value(Bytes in, int at, Kind kind, int info) {
        long next = (at + 1L) * SLOT;
        return switch (kind) {
            case PUSH_NONVOL, SET_FPREG, PUSH_MACHFRAME, EPILOG, SPARE -> 0;
            case ALLOC_SMALL -> info * 8L + 8;
            case ALLOC_LARGE -> info == 0 ? in.u16(next) * 8L : in.u32(next);
            case SAVE_NONVOL -> in.u16(next) * 8L;
            case SAVE_XMM128 -> in.u16(next) * 16L;
            case SAVE_NONVOL_FAR, SAVE_XMM128_FAR -> in.u32(next);
        };
    }
}
