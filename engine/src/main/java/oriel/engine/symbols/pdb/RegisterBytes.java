package oriel.engine.symbols.pdb;

import oriel.model.Memory;

/**
 * The memory of a target with a few bytes more, at an address where there is nothing: lets values
 * in registers be read like those in memory.
 */
final class RegisterBytes implements Memory {
    /** Not canonical on x64, beyond the last page on 32-bit machines and ARM64 user space. */
    static final long VA = 0x7fff_dead_0000_0000L;

    private final byte[] bytes;
    private final Memory memory;

    RegisterBytes(byte[] bytes, Memory memory) {
        this.bytes = bytes;
        this.memory = memory;
    }

    @Override
    public int read(long va, byte[] into, int offset, int length) {
        long at = va - VA;
        if (at < 0 || at >= bytes.length) {
            return memory.read(va, into, offset, length);
        }
        int count = (int) Math.min(length, bytes.length - at);
        System.arraycopy(bytes, (int) at, into, offset, count);
        return count;
    }
}
