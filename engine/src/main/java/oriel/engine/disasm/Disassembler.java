package oriel.engine.disasm;

import oriel.model.Architecture;

/** Decodes machine code of one architecture. Stateless: one instance serves any thread. */
public interface Disassembler {
    /**
     * Longest instruction of any architecture, in bytes: give {@link #decode} that much to read.
     */
    int LONGEST = 15;

    /**
     * The decoder of an architecture.
     *
     * @throws IllegalArgumentException for ARM (32-bit), which has none
     */
    static Disassembler of(Architecture architecture) {
        // not a switch, whose two more classes would take a tenth of a first decode
        if (architecture == Architecture.X64) {
            return X86Decoder.BITS_64;
        }
        if (architecture == Architecture.X86) {
            return X86Decoder.BITS_32;
        }
        if (architecture == Architecture.ARM64) {
            return Arm64Decoder.INSTANCE;
        }
        throw new IllegalArgumentException("no decoder for ".concat(architecture.name()));
    }

    /**
     * Decodes one instruction. Allocates nothing.
     *
     * <p>When the bytes are no instruction, or stop in the middle of one, {@code into} is not
     * {@link Instruction#valid}: its length is that of the unit to skip (1 byte on x86, 4 on ARM64,
     * fewer when fewer are there) and formatters print it as data.
     *
     * @param code where the bytes are
     * @param offset index of the first
     * @param limit index after the last byte that may be read
     * @param va address at which the instruction lies, for targets
     * @param into overwritten
     * @return whether it is valid
     * @throws IndexOutOfBoundsException unless {@code 0 <= offset < limit <= code.length}
     */
    boolean decode(byte[] code, int offset, int limit, long va, Instruction into);
}
