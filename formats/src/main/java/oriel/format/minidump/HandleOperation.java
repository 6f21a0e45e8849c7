package oriel.format.minidump;

import java.util.ArrayList;
import java.util.List;
import oriel.bytes.Bytes;

/**
 * Something that was done with a handle, recorded by Application Verifier: AVRF_HANDLE_OPERATION of
 * avrfsdk.h.
 *
 * @param handle the handle
 * @param processId who did it, unsigned 32 bits
 * @param threadId unsigned 32 bits
 * @param kind what was done
 * @param returnVas return addresses of the stack at that time, innermost first
 */
public record HandleOperation(
        long handle, long processId, long threadId, Kind kind, List<Long> returnVas) {
    static final int SIZE = 32;
    private static final int MOST_ADDRESSES = 32;

    /** OperationDb* of eHANDLE_TRACE_OPERATIONS. */
    public enum Kind {
        OPEN,
        CLOSE,
        /** A handle was used that is none, or of another kind. */
        BAD_REFERENCE,
        UNKNOWN
    }

    /** Copies the addresses. */
    public HandleOperation {
        returnVas = List.copyOf(returnVas);
    }

    static HandleOperation read(Bytes in) {
        long room = (in.size() - SIZE) / 8;
        int depth = (int) Math.min(Math.min(in.u32(24), room), MOST_ADDRESSES);
        var addresses = new ArrayList<Long>(depth);
        for (int i = 0; i < depth; i++) {
            addresses.add(in.u64(SIZE + 8L * i));
        }
        return new HandleOperation(in.u64(0), in.u32(8), in.u32(12), kind(in.u32(16)), addresses);
    }

    private static Kind kind(long number) {
        return switch ((int) number) {
            case 1 -> Kind.OPEN;
            case 2 -> Kind.CLOSE;
            case 3 -> Kind.BAD_REFERENCE;
            default -> Kind.UNKNOWN;
        };
    }
}
