package oriel.format.userdump;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oriel.bytes.Bytes;

/**
 * The debug event for which the dump was written: DEBUG_EVENT.
 *
 * @param kind dwDebugEventCode: 1 is an exception
 * @param processId unsigned 32 bits
 * @param threadId unsigned 32 bits
 * @param exception what was raised, for kind 1
 */
public record UserDumpEvent(
        long kind, long processId, long threadId, Optional<Exception> exception) {
    private static final int EXCEPTION = 1;
    private static final int MOST_PARAMETERS = 15;

    /**
     * EXCEPTION_DEBUG_INFO.
     *
     * @param code ExceptionCode
     * @param flags ExceptionFlags
     * @param nestedVa address of the record that was being handled, 0 for none
     * @param address where
     * @param parameters at most 15
     * @param firstChance whether the program may still handle it
     */
    public record Exception(
            int code,
            int flags,
            long nestedVa,
            long address,
            List<Long> parameters,
            boolean firstChance) {
        /** Copies the list. */
        public Exception {
            parameters = List.copyOf(parameters);
        }
    }

    static UserDumpEvent read(Bytes in, boolean is64) {
        long kind = in.u32(0);
        Optional<Exception> exception =
                kind == EXCEPTION
                        ? Optional.of(is64 ? exception64(in.from(16)) : exception32(in.from(12)))
                        : Optional.empty();
        return new UserDumpEvent(kind, in.u32(4), in.u32(8), exception);
    }

    private static Exception exception32(Bytes in) {
        var parameters = new ArrayList<Long>();
        for (int i = 0; i < Math.min(in.u32(16), MOST_PARAMETERS); i++) {
            parameters.add(in.u32(20 + 4L * i));
        }
        return new Exception(
                in.s32(0), in.s32(4), in.u32(8), in.u32(12), parameters, in.u32(80) != 0);
    }

    private static Exception exception64(Bytes in) {
        var parameters = new ArrayList<Long>();
        for (int i = 0; i < Math.min(in.u32(24), MOST_PARAMETERS); i++) {
            parameters.add(in.u64(32 + 8L * i));
        }
        return new Exception(
                in.s32(0), in.s32(4), in.u64(8), in.u64(16), parameters, in.u32(152) != 0);
    }
}
