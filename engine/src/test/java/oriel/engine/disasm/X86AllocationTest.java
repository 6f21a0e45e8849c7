package oriel.engine.disasm;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import oriel.model.Architecture;

/** Decoding makes no garbage once the rows that it meets are read. */
class X86AllocationTest {
    private static final int ROUNDS = 20_000;

    private final byte[] code =
            HexFormat.of()
                    .parseHex(
                            "48895c24084883ec28e8fb0f0000488b0510000000f00fb111f348ab"
                                    + "c5fc580162f17cdb58414062f27d4992440a010f1f440000c20800d9c0");

    @Test
    void allocatesNothing() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var instruction = new Instruction();
        sweep(instruction);
        long before = threads.getCurrentThreadAllocatedBytes();
        int instructions = 0;
        for (int i = 0; i < ROUNDS; i++) {
            instructions += sweep(instruction);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(instructions).isGreaterThanOrEqualTo(12 * ROUNDS);
        assertThat(allocated).isLessThan(ROUNDS);
    }

    private int sweep(Instruction instruction) {
        Disassembler x64 = Disassembler.of(Architecture.X64);
        int count = 0;
        for (int at = 0; at < code.length; at += instruction.length()) {
            assertValid(x64.decode(code, at, code.length, at, instruction));
            instruction.operandCount();
            count++;
        }
        return count;
    }

    private static void assertValid(boolean valid) {
        if (!valid) {
            throw new AssertionError("not an instruction");
        }
    }
}
