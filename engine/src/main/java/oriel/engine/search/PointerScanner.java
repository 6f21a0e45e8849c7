package oriel.engine.search;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.function.IntConsumer;

/** Finds numbers that lie in a range. */
final class PointerScanner {
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private PointerScanner() {}

    /** Reports where a number begins within the first {@code own} bytes of {@code have}. */
    static void scan(
            PointerPattern pattern, byte[] data, int have, int own, long va, IntConsumer hit) {
        int width = pattern.width();
        int step = pattern.aligned() ? width : 1;
        int first = pattern.aligned() ? (int) (-va & (width - 1)) : 0;
        int end = Math.min(own, have - width + 1);
        long start = pattern.range().start();
        // a - start < size, both unsigned, is one comparison after adding the sign bit.
        long size = pattern.range().sizeBytes() ^ Long.MIN_VALUE;
        if (width == 8) {
            for (int at = first; at < end; at += step) {
                if (((long) LONG.get(data, at) - start ^ Long.MIN_VALUE) < size) {
                    hit.accept(at);
                }
            }
        } else {
            for (int at = first; at < end; at += step) {
                if ((((int) INT.get(data, at) & 0xffffffffL) - start ^ Long.MIN_VALUE) < size) {
                    hit.accept(at);
                }
            }
        }
    }
}
