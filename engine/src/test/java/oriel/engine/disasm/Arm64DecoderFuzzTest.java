package oriel.engine.disasm;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import oriel.model.Architecture;

class Arm64DecoderFuzzTest {
    @FuzzTest
    void neverFails(byte[] code) {
        Disassembler disassembler = Disassembler.of(Architecture.ARM64);
        var formatter = InstructionFormatter.of(Architecture.ARM64, FormatOptions.NASM);
        var instruction = new Instruction();
        for (int at = 0; at < code.length; at += instruction.length()) {
            disassembler.decode(code, at, code.length, at, instruction);
            assertThat(instruction.length()).isBetween(1, 4);
            assertThat(formatter.format(instruction)).isNotEmpty();
        }
    }
}
