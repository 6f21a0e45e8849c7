package oriel.engine.symbols;

import oriel.model.Memory;

/** Words on a stack, for tests of unwinding. */
record StackMemory(long start, int wordSize, long... words) implements Memory {
    @Override
    public int read(long va, byte[] into, int offset, int length) {
        int done = 0;
        while (done < length) {
            long within = va + done - start;
            if (within < 0 || within >= (long) words.length * wordSize) {
                break;
            }
            long word = words[(int) (within / wordSize)];
            into[offset + done] = (byte) (word >>> 8 * (within % wordSize));
            done++;
        }
        return done;
    }
}
