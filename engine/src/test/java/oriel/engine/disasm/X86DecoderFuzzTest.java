package oriel.engine.disasm;

import com.code_intelligence.jazzer.junit.FuzzTest;
import oriel.model.Architecture;

/** Whatever the bytes are, decoding ends, advances, stays in bounds and can be written. */
class X86DecoderFuzzTest {
    @FuzzTest
    void decodesAnything(byte[] code) {
        sweep(Architecture.X64, code);
        sweep(Architecture.X86, code);
    }

    private static void sweep(Architecture architecture, byte[] code) {
        Disassembler disassembler = Disassembler.of(architecture);
        InstructionFormatter formatter =
                InstructionFormatter.of(architecture, FormatOptions.WINDBG);
        var instruction = new Instruction();
        var text = new StringBuilder();
        for (int offset = 0; offset < code.length; offset += instruction.length()) {
            boolean valid = disassembler.decode(code, offset, code.length, offset, instruction);
            if (valid != instruction.valid()
                    || instruction.length() < 1
                    || instruction.length() > Disassembler.LONGEST
                    || offset + instruction.length() > code.length) {
                throw new AssertionError("at " + offset + ": " + instruction.length());
            }
            formatter.format(instruction, text);
            instruction.stackDelta();
            text.setLength(0);
        }
    }
}
