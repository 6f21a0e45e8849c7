package oriel.format.minidump;

import oriel.bytes.Bytes;

/**
 * A failed assertion as Breakpad's handler recorded it: MDRawAssertionInfo.
 *
 * @param expression what was asserted
 * @param function where
 * @param file source file
 * @param line from 1
 * @param type 1 invalid parameter of a C runtime function, 2 call of a pure virtual function
 */
public record AssertionEntry(
        String expression, String function, String file, long line, long type) {
    private static final int TEXT = 256;

    static AssertionEntry read(Bytes in) {
        return new AssertionEntry(
                Text.utf16(in, 0, TEXT),
                Text.utf16(in, TEXT, TEXT),
                Text.utf16(in, 2 * TEXT, TEXT),
                in.u32(3 * TEXT),
                in.u32(3 * TEXT + 4));
    }
}
