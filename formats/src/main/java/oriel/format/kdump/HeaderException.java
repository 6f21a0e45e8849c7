package oriel.format.kdump;

import java.util.ArrayList;
import java.util.List;
import oriel.bytes.Bytes;

/**
 * EXCEPTION_RECORD32 or 64.
 *
 * @param code ExceptionCode; 0 or the letters PAGE when there is none
 * @param flags ExceptionFlags
 * @param nestedVa address of the record that was being handled; 0 for none
 * @param address where
 * @param parameters as many of ExceptionInformation as are in use, at most 15
 */
public record HeaderException(
        int code, int flags, long nestedVa, long address, List<Long> parameters) {
    private static final int MOST_PARAMETERS = 15;
    private static final int FILL = 0x45474150;

    /** Copies the list. */
    public HeaderException {
        parameters = List.copyOf(parameters);
    }

    /** Reads a record: 152 bytes, or 80 with pointers of 4 bytes. */
    public static HeaderException read(Bytes in, boolean is64) {
        long claimed = in.u32(is64 ? 24 : 16);
        int count = claimed > MOST_PARAMETERS ? 0 : (int) claimed;
        var parameters = new ArrayList<Long>(count);
        for (int i = 0; i < count; i++) {
            parameters.add(is64 ? in.u64(32 + 8L * i) : in.u32(20 + 4L * i));
        }
        return new HeaderException(
                in.s32(0),
                in.s32(4),
                is64 ? in.u64(8) : in.u32(8),
                is64 ? in.u64(16) : in.u32(12),
                parameters);
    }

    /** Whether there is one at all. */
    public boolean isPresent() {
        return code != 0 && code != FILL;
    }
}
