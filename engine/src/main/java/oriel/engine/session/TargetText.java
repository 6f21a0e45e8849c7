package oriel.engine.session;

import java.nio.charset.StandardCharsets;
import oriel.model.Architecture;
import oriel.model.Memory;

/** Text of a program, up to its terminator. */
final class TargetText {
    private static final int MOST = 4096;
    private static final int LONGEST = 1 << 20;

    private TargetText() {}

    /** Text of a number of characters; of as many as there are when that is too many. */
    static String read(Memory memory, long va, int count, boolean wide) {
        int width = wide ? 2 : 1;
        byte[] bytes = memory.readUpTo(va, Math.clamp(count, 0, LONGEST) * width);
        return new String(bytes, wide ? StandardCharsets.UTF_16LE : StandardCharsets.ISO_8859_1);
    }

    static String read(Memory memory, long va, boolean wide) {
        int width = wide ? 2 : 1;
        byte[] bytes = memory.readUpTo(va, MOST * width);
        int end = 0;
        while (end + width <= bytes.length && (bytes[end] != 0 || wide && bytes[end + 1] != 0)) {
            end += width;
        }
        return new String(
                bytes, 0, end, wide ? StandardCharsets.UTF_16LE : StandardCharsets.ISO_8859_1);
    }

    /** The text of a UNICODE_STRING: Length and MaximumLength in bytes, then an address. */
    static String counted(Memory memory, long va, Architecture architecture) {
        int length = (int) memory.unsigned(va, 2).orElse(0);
        long text = memory.pointer(va + architecture.pointerSize(), architecture).orElse(0);
        return read(memory, text, length / 2, true);
    }
}
