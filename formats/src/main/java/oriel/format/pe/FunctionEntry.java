package oriel.format.pe;

import oriel.bytes.Bytes;

/**
 * An entry of the exception directory (RUNTIME_FUNCTION, IMAGE_ARM64_RUNTIME_FUNCTION_ENTRY).
 *
 * @param beginRva first byte of the function or fragment
 * @param endRva first byte after it; equal to the begin when its length cannot be read
 * @param unwindData rva of the unwind data, or the data itself in packed form (ARM, ARM64);
 *     unsigned 32 bits
 */
public record FunctionEntry(long beginRva, long endRva, long unwindData) {
    static final int X64_SIZE = 12;

    /**
     * Reads an x64 entry through an image.
     *
     * @throws oriel.bytes.FormatException when it is not there
     */
    public static FunctionEntry readX64(ImageBytes image, long rva) {
        var raw = new byte[X64_SIZE];
        int got = image.read(rva, raw, 0, X64_SIZE);
        String name = "function entry at rva 0x" + Long.toHexString(rva);
        return readX64(Bytes.of(raw, name).slice(0, got), 0);
    }

    static FunctionEntry readX64(Bytes in, long at) {
        return new FunctionEntry(in.u32(at), in.u32(at + 4), in.u32(at + 8));
    }

    /** Whether an rva lies within the function. */
    public boolean contains(long rva) {
        return rva >= beginRva && rva < endRva;
    }
}
