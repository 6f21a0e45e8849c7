package oriel.engine.disasm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oriel.model.Architecture;
import oriel.model.RegisterSet;

class Arm64DecoderTest {
    private static final Disassembler DISASSEMBLER = Disassembler.of(Architecture.ARM64);
    private static final InstructionFormatter PLAIN =
            InstructionFormatter.of(Architecture.ARM64, FormatOptions.NASM);
    private static final InstructionFormatter WINDBG =
            InstructionFormatter.of(Architecture.ARM64, FormatOptions.WINDBG);
    private static final InstructionFormatter WITH_BYTES =
            InstructionFormatter.of(Architecture.ARM64, FormatOptions.WINDBG.withBytes(4));

    private static Instruction decode(long word) {
        var instruction = new Instruction();
        DISASSEMBLER.decode(bytes(word), 0, 4, 0x140001000L, instruction);
        return instruction;
    }

    private static byte[] bytes(long word) {
        return new byte[] {
            (byte) word, (byte) (word >> 8), (byte) (word >> 16), (byte) (word >> 24)
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a9be7bfd | stp x29, x30, [sp, #-0x20]!",
                "a8c27bfd | ldp x29, x30, [sp], #0x20",
                "910003fd | mov x29, sp",
                "d10083ff | sub sp, sp, #0x20",
                "aa0103e0 | mov x0, x1",
                "d2800020 | mov x0, #1",
                "92800000 | mov x0, #-1",
                "b2407be0 | mov x0, #0x7fffffff",
                "f2a00020 | movk x0, #1, lsl #16",
                "7100041f | cmp w0, #1",
                "1a9f17e0 | cset w0, eq",
                "d3607c00 | lsl x0, x0, #0x20",
                "53001c00 | uxtb w0, w0",
                "f8627820 | ldr x0, [x1, x2, lsl #3]",
                "b8a2d820 | ldrsw x0, [x1, w2, sxtw #2]",
                "c85f7c20 | ldxr x0, [x1]",
                "c8effc20 | casal x15, x0, [x1]",
                "f8e00020 | ldaddal x0, x0, [x1]",
                "d53bd040 | mrs x0, tpidr_el0",
                "d5033bbf | dmb ish",
                "d503237f | pacibsp",
                "d65f0bff | retaa",
                "d503245f | bti c",
                "1e6e1000 | fmov d0, #1.0",
                "4ea21c20 | orr v0.16b, v1.16b, v2.16b",
                "4c407000 | ld1 { v0.16b }, [x0]",
                "0e043c20 | mov w0, v1.s[0]",
                "6f00e400 | movi v0.2d, #0",
                "4e284820 | aese v0.16b, v1.16b",
                "d43e0000 | brk #0xf000",
                "00000000 | udf #0",
                "04200000 | .inst 0x4200000",
            })
    void writesAsLlvmDoes(String word, String text) {
        Instruction instruction = decode(Long.parseLong(word, 16));
        assertThat(PLAIN.format(instruction)).isEqualTo(text);
    }

    /** Words and text of transcripts of WinDbg and listings of Microsoft's compiler. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a9be7bfd | stp         fp,lr,[sp,#-0x20]!",
                "f944c648 | ldr         x8,[xpr,#0x988]",
                "f9405900 | ldr         x0,[x8,#0xB0]",
                "b9000fe1 | str         w1,[sp,#0xC]",
                "b8a85928 | ldrsw       x8,[x9,w8 uxtw #2]",
                "8b29c2a8 | add         x8,x21,w9,sxtw #0",
                "d63f0220 | blr         xip1",
                "54000043 | blo         00000001`40001008",
                "94000004 | bl          00000001`40001010",
                "d503237f | pacibsp",
                "d65f03c0 | ret",
                "d43e0000 | brk         #0xF000",
            })
    void writesAsWinDbgDoes(String word, String text) {
        Instruction instruction = decode(Long.parseLong(word, 16));
        assertThat(WINDBG.format(instruction)).isEqualTo(text);
        assertThat(WITH_BYTES.format(instruction)).isEqualTo(word + "  " + text);
    }

    @ParameterizedTest
    @CsvSource({
        "94000004, CALL, 140001010",
        "14000004, JUMP, 140001010",
        "54000040, CONDITIONAL, 140001008",
        "b5ffffe0, CONDITIONAL, 140000ffc",
        "37080040, CONDITIONAL, 140001008",
        "d63f0100, INDIRECT_CALL, 0",
        "d61f0100, INDIRECT_JUMP, 0",
        "d65f03c0, RETURN, 0",
        "d4000001, INTERRUPT, 0",
        "d43e0000, INTERRUPT, 0",
        "00000000, UNDEFINED, 0",
        "91000400, NEXT, 0",
    })
    void knowsWhereExecutionGoes(String word, FlowKind flow, String target) {
        Instruction instruction = decode(Long.parseLong(word, 16));
        assertThat(instruction.valid()).isTrue();
        assertThat(instruction.flow()).isEqualTo(flow);
        assertThat(instruction.branchTarget().orElse(0)).isEqualTo(Long.parseLong(target, 16));
    }

    @Test
    void knowsAddressesRelativeToThePc() {
        assertThat(decode(0x90000000L).pcRelativeTarget()).hasValue(0x140001000L);
        assertThat(decode(0xb0000008L).pcRelativeTarget()).hasValue(0x140002000L);
        assertThat(decode(0x10000040L).pcRelativeTarget()).hasValue(0x140001008L);
        assertThat(decode(0x58000040L).pcRelativeTarget()).hasValue(0x140001008L);
        assertThat(decode(0x58000040L).branchTarget()).isEmpty();
    }

    @Test
    void knowsWhatMovesTheStack() {
        assertThat(decode(0xa9be7bfdL).stackDelta()).hasValue(-0x20);
        assertThat(decode(0xa8c27bfdL).stackDelta()).hasValue(0x20);
        assertThat(decode(0xd10083ffL).stackDelta()).hasValue(-0x20);
        assertThat(decode(0x910003bfL).stackDelta()).isEmpty();
    }

    @Test
    void worksOutAddresses() {
        RegisterSet registers =
                RegisterSet.unknown(Architecture.ARM64).with("x1", 0x1000).with("x2", 0xffffffffL);
        Instruction signed = decode(0xb8a2d820L);
        assertThat(signed.effectiveAddress(signed.operand(1), registers)).hasValue(0xffc);
        Instruction after = decode(0xf8408420L);
        assertThat(PLAIN.format(after)).isEqualTo("ldr x0, [x1], #8");
        assertThat(after.effectiveAddress(after.operand(1), registers)).hasValue(0x1000);
        assertThat(after.operand(1).access()).isEqualTo(Operand.Access.READ);
        assertThat(after.operand(0).access()).isEqualTo(Operand.Access.WRITE);
    }

    @Test
    void acceptsNoPartOfAWord() {
        var instruction = new Instruction();
        assertThat(DISASSEMBLER.decode(new byte[] {1, 2, 3}, 0, 3, 0, instruction)).isFalse();
        assertThat(instruction.length()).isEqualTo(3);
        assertThat(PLAIN.format(instruction)).startsWith(".inst");
    }
}
