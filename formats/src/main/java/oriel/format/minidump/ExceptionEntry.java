package oriel.format.minidump;

import java.util.ArrayList;
import java.util.List;
import oriel.bytes.Bytes;

/**
 * Why the dump was written: MINIDUMP_EXCEPTION_STREAM.
 *
 * @param threadId who raised it, unsigned 32 bits
 * @param code ExceptionCode
 * @param flags ExceptionFlags
 * @param nestedVa address of the record that was being handled, 0 for none
 * @param address where
 * @param parameters as many of ExceptionInformation as are in use, at most 15
 * @param context CONTEXT at the exception; may be empty
 */
public record ExceptionEntry(
        long threadId,
        int code,
        int flags,
        long nestedVa,
        long address,
        List<Long> parameters,
        Location context) {
    private static final int MOST_PARAMETERS = 15;
    private static final int CONTEXT = 160;

    static ExceptionEntry read(Bytes in) {
        int count = (int) Math.min(in.u32(32), MOST_PARAMETERS);
        var parameters = new ArrayList<Long>(count);
        for (int i = 0; i < count; i++) {
            parameters.add(in.u64(40 + 8L * i));
        }
        return new ExceptionEntry(
                in.u32(0),
                in.s32(8),
                in.s32(12),
                in.u64(16),
                in.u64(24),
                List.copyOf(parameters),
                in.contains(CONTEXT, 8) ? Location.read(in, CONTEXT) : new Location(0, 0));
    }
}
