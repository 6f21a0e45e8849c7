package oriel.engine.disasm;

/** The immediates of logical instructions: a run of ones, rotated and repeated. */
final class Arm64BitMask {
    private Arm64BitMask() {}

    /**
     * The 64-bit mask of the fields N, imms and immr, or 0 (which cannot be encoded) if reserved.
     */
    static long decode(int n, int imms, int immr) {
        int length = 31 - Integer.numberOfLeadingZeros(n << 6 | ~imms & 0x3f);
        if (length < 1) {
            return 0;
        }
        int size = 1 << length;
        int ones = (imms & size - 1) + 1;
        int rotation = immr & size - 1;
        if (ones == size) {
            return 0;
        }
        long run = (1L << ones) - 1;
        if (size == 64) {
            return Long.rotateRight(run, rotation);
        }
        long element = (run >>> rotation | run << size - rotation) & (1L << size) - 1;
        for (int width = size; width < 64; width *= 2) {
            element |= element << width;
        }
        return element;
    }
}
