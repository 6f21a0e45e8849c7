package oriel.format.minidump;

import java.util.OptionalLong;
import oriel.bytes.Bytes;

/**
 * Which threads are the handler's own: MDRawBreakpadInfo.
 *
 * @param dumpThreadId the thread that wrote the dump
 * @param requestingThreadId the thread that asked for it
 */
public record BreakpadInfo(OptionalLong dumpThreadId, OptionalLong requestingThreadId) {
    static BreakpadInfo read(Bytes in) {
        long validity = in.u32(0);
        return new BreakpadInfo(
                (validity & 1) != 0 ? OptionalLong.of(in.u32(4)) : OptionalLong.empty(),
                (validity & 2) != 0 ? OptionalLong.of(in.u32(8)) : OptionalLong.empty());
    }
}
