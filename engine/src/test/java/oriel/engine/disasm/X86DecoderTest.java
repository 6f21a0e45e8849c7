package oriel.engine.disasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oriel.engine.disasm.Operand.Access;
import oriel.model.Architecture;
import oriel.model.RegisterSet;

/** What the decoder tells of an instruction besides its text. */
class X86DecoderTest {
    private static final int CARRY = 1;
    private static final int ZERO = 0x40;
    private static final int ARITHMETIC = 0x8d5;

    private static Instruction decode(Architecture architecture, String hex) {
        byte[] code = HexFormat.of().parseHex(hex);
        var instruction = new Instruction();
        Disassembler.of(architecture).decode(code, 0, code.length, 0x1000, instruction);
        return instruction;
    }

    private static Instruction x64(String hex) {
        return decode(Architecture.X64, hex);
    }

    @ParameterizedTest
    @CsvSource({
        "c3,RETURN", "e800000000,CALL", "ffd0,INDIRECT_CALL", "eb00,JUMP", "ff20,INDIRECT_JUMP",
        "7400,CONDITIONAL", "e200,CONDITIONAL", "cc,INTERRUPT", "0f05,INTERRUPT", "0f0b,UNDEFINED",
        "90,NEXT", "cf,RETURN", "0f8400000000,CONDITIONAL"
    })
    void knowsWhereExecutionGoes(String hex, FlowKind flow) {
        assertThat(x64(hex).flow()).isEqualTo(flow);
    }

    @Test
    void worksOutTargets() {
        assertThat(x64("ebfe").branchTarget()).hasValue(0x1000);
        assertThat(x64("e8fbffffff").branchTarget()).hasValue(0x1000);
        assertThat(decode(Architecture.X86, "e9fbefffff").branchTarget()).hasValue(0);
        assertThat(x64("488b0510000000").pcRelativeTarget()).hasValue(0x1017);
        assertThat(x64("c7050000000001000000").pcRelativeTarget()).hasValue(0x100a);
        assertThat(x64("90").branchTarget()).isEmpty();
    }

    @Test
    void tellsHowOperandsAreUsed() {
        Instruction add = x64("480103");
        assertThat(add.operand(0).access()).isEqualTo(Access.READ_WRITE);
        assertThat(add.operand(0).isMemory()).isTrue();
        assertThat(add.operand(0).sizeBytes()).isEqualTo(8);
        assertThat(add.operand(0).base().name()).isEqualTo("rbx");
        assertThat(add.operand(0).segment().name()).isEqualTo("ds");
        assertThat(add.operand(1).access()).isEqualTo(Access.READ);
        assertThat(add.operand(1).register().name()).isEqualTo("rax");
        assertThat(x64("488b442408").operand(0).access()).isEqualTo(Access.WRITE);
        assertThat(x64("488b442408").operand(1).segment().name()).isEqualTo("ss");
        assertThat(x64("488d4508").operand(1).access()).isEqualTo(Access.NONE);
        assertThat(x64("3b03").operand(0).access()).isEqualTo(Access.READ);
        assertThat(x64("0f5803").operand(0).access()).isEqualTo(Access.READ_WRITE);
        assertThat(x64("c5fc5803").operand(0).access()).isEqualTo(Access.WRITE);
        assertThat(x64("62f17c4a58c1").operand(0).access()).isEqualTo(Access.READ_WRITE);
        assertThat(x64("62f17cca58c1").operand(0).access()).isEqualTo(Access.WRITE);
        assertThat(x64("0f22d8").privileged()).isTrue();
        assertThat(x64("6aff").operand(0).value()).isEqualTo(-1);
        assertThat(x64("6aff").operand(0).signed()).isTrue();
    }

    @Test
    void tellsWhatIsNotWritten() {
        Instruction push = x64("50");
        assertThat(push.implicitRead(0).name()).isEqualTo("rsp");
        assertThat(push.implicitWrite(0).name()).isEqualTo("rsp");
        Instruction stos = x64("f3aa");
        assertThat(stos.implicitRead(0).name()).isEqualTo("rcx");
        assertThat(stos.implicitWriteCount()).isEqualTo(2);
        Instruction mul = x64("f7e1");
        assertThat(mul.implicitRead(0).name()).isEqualTo("eax");
        assertThat(mul.implicitWrite(1).name()).isEqualTo("edx");
        assertThat(x64("6699").implicitWrite(0).name()).isEqualTo("dx");
    }

    @Test
    void tellsWhichFlagsCount() {
        assertThat(x64("01c8").flagsWritten()).isEqualTo(ARITHMETIC);
        assertThat(x64("11c8").flagsRead()).isEqualTo(CARRY);
        assertThat(x64("ffc0").flagsWritten()).isEqualTo(ARITHMETIC & ~CARRY);
        assertThat(x64("7400").flagsRead()).isEqualTo(ZERO);
        assertThat(x64("31c0").flagsUndefined()).isEqualTo(0x10);
        assertThat(x64("4889c8").flagsWritten()).isZero();
    }

    @Test
    void addsUpTheStack() {
        assertThat(x64("50").stackDelta()).isEqualTo(OptionalInt.of(-8));
        assertThat(x64("6650").stackDelta()).isEqualTo(OptionalInt.of(-2));
        assertThat(x64("c20800").stackDelta()).isEqualTo(OptionalInt.of(16));
        assertThat(x64("4883ec28").stackDelta()).isEqualTo(OptionalInt.of(-0x28));
        assertThat(x64("4881c400010000").stackDelta()).isEqualTo(OptionalInt.of(0x100));
        assertThat(x64("488d642408").stackDelta()).isEqualTo(OptionalInt.of(8));
        assertThat(x64("c9").stackDelta()).isEmpty();
        assertThat(x64("4889ec").stackDelta()).isEmpty();
        assertThat(decode(Architecture.X86, "60").stackDelta()).isEqualTo(OptionalInt.of(-32));
        assertThat(x64("90").stackDelta()).isEqualTo(OptionalInt.of(0));
    }

    @Test
    void addsUpTheX87Stack() {
        assertThat(x64("d9e8").x87Delta()).hasValue(-1);
        assertThat(x64("ddd8").x87Delta()).hasValue(1);
        assertThat(x64("ded9").x87Delta()).hasValue(2);
        assertThat(x64("d8c1").x87Delta()).hasValue(0);
        assertThat(x64("dbe3").x87Delta()).isEmpty();
        assertThat(x64("0f6f00").x87Delta()).isEmpty();
        assertThat(x64("4889c8").x87Delta()).hasValue(0);
    }

    @Test
    void knowsWhatMayFault() {
        assertThat(x64("8b00").mayFault()).isTrue();
        assertThat(x64("f7f1").mayFault()).isTrue();
        assertThat(x64("0f30").mayFault()).isTrue();
        assertThat(x64("0f30").privileged()).isTrue();
        assertThat(x64("50").mayFault()).isTrue();
        assertThat(x64("01c8").mayFault()).isFalse();
        assertThat(x64("488d00").mayFault()).isFalse();
        assertThat(x64("0f1f00").mayFault()).isFalse();
    }

    @Test
    void worksOutAddresses() {
        RegisterSet registers =
                RegisterSet.builder(Architecture.X64)
                        .set("rax", 0xfefefefefefefe00L)
                        .set("rcx", 3)
                        .build();
        Instruction load = x64("8b44c810");
        assertThat(load.effectiveAddress(load.operand(1), registers))
                .isEqualTo(OptionalLong.of(0xfefefefefefefe28L));
        Instruction unknown = x64("8b4310");
        assertThat(unknown.effectiveAddress(unknown.operand(1), registers)).isEmpty();
        Instruction teb = x64("65488b042530000000");
        assertThat(teb.effectiveAddress(teb.operand(1), registers)).isEmpty();
        assertThat(teb.effectiveAddress(teb.operand(1), registers, 0x7ff00000L))
                .isEqualTo(OptionalLong.of(0x7ff00030L));
        Instruction narrow = x64("678b44c810");
        assertThat(narrow.effectiveAddress(narrow.operand(1), registers))
                .isEqualTo(OptionalLong.of(0xfefefe28L));
    }

    @Test
    void mapsPartsOntoFullRegisters() {
        RegisterSet registers =
                RegisterSet.unknown(Architecture.X64).with("rbx", 0x1122334455667788L);
        assertThat(x64("b701").operand(0).register().value(registers)).hasValue(0x77);
        assertThat(x64("b301").operand(0).register().value(registers)).hasValue(0x88);
        assertThat(x64("bb00000000").operand(0).register().value(registers)).hasValue(0x55667788);
        CodeRegister ymm = x64("c5fc58d9").operand(0).register();
        assertThat(ymm.in(Architecture.X64))
                .hasValueSatisfying(r -> assertThat(r.name()).isEqualTo("xmm3"));
        assertThat(X86SpecialRegisters.ZMM[20].in(Architecture.X64)).isEmpty();
    }

    @Test
    void leavesNothingOfTheLastDecode() {
        var instruction = new Instruction();
        Disassembler x64 = Disassembler.of(Architecture.X64);
        byte[] masked = HexFormat.of().parseHex("62f17cdb584140");
        for (String next : new String[] {"e800000000", "50", "6a01", "48895c2410", "c5fc58c1"}) {
            byte[] code = HexFormat.of().parseHex(next);
            x64.decode(masked, 0, masked.length, 0, instruction);
            assertThat(instruction.operand(0).zeroing()).isTrue();
            x64.decode(code, 0, code.length, 0, instruction);
            for (int i = 0; i < instruction.operandCount(); i++) {
                assertThat(instruction.operand(i).zeroing()).as(next).isFalse();
                assertThat(instruction.operand(i).mask().isPresent()).as(next).isFalse();
                assertThat(instruction.operand(i).broadcast()).as(next).isZero();
            }
        }
    }

    @Test
    void stopsAtFifteenBytes() {
        String prefixes = "66".repeat(13);
        assertThat(x64(prefixes + "01c8").length()).isEqualTo(15);
        assertThat(x64(prefixes + "01c8").valid()).isTrue();
        assertThat(x64("66" + prefixes + "01c8").valid()).isFalse();
        assertThat(x64("66" + prefixes + "01c8").length()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "48895c24",
        "e80000",
        "0f",
        "f3",
        "c5fc58",
        "62f17c48",
        "48",
        "660f3a0fc1",
        "a10000"
    })
    void refusesWhatIsCutShort(String hex) {
        assertThat(x64(hex).valid()).isFalse();
        assertThat(x64(hex).mnemonic()).isEmpty();
    }

    @Test
    void laterPrefixesWin() {
        assertThat(x64("64658b00").operand(1).segment().name()).isEqualTo("gs");
        assertThat(x64("66f20f10c1").mnemonic()).isEqualTo("movsd");
        assertThat(x64("f2f30f10c1").mnemonic()).isEqualTo("movss");
        assertThat(x64("66676648c3").valid()).isTrue();
    }

    @Test
    void takesRexOnlyBeforeTheOpcode() {
        assertThat(x64("664801c8").operand(0).register().name()).isEqualTo("rax");
        assertThat(x64("486601c8").valid()).isFalse();
        assertThat(x64("404801c8").valid()).isFalse();
        assertThat(x64("48c5fc58c1").valid()).isFalse();
    }

    @Test
    void refusesEmptyRanges() {
        var instruction = new Instruction();
        Disassembler x64 = Disassembler.of(Architecture.X64);
        assertThatThrownBy(() -> x64.decode(new byte[4], 2, 2, 0, instruction))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> x64.decode(new byte[4], 0, 5, 0, instruction))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void operandsStayThoseOfTheBytesThatWereDecoded() {
        byte[] code = HexFormat.of().parseHex("48c7442420785634129090");
        var instruction = new Instruction();
        Disassembler.of(Architecture.X64).decode(code, 0, code.length, 0x1000, instruction);
        Arrays.fill(code, (byte) 0xcc);
        assertThat(instruction.mnemonic()).isEqualTo("mov");
        assertThat(instruction.operand(0).displacement()).isEqualTo(0x20);
        assertThat(instruction.operand(0).base().name()).isEqualTo("rsp");
        assertThat(instruction.operand(1).value()).isEqualTo(0x12345678);
    }

    @Test
    void forgetsWhatWasDecodedBefore() {
        var instruction = new Instruction();
        Disassembler x64 = Disassembler.of(Architecture.X64);
        byte[] rounding = HexFormat.of().parseHex("62f17cdb584140");
        byte[] store = HexFormat.of().parseHex("62f17c5858c1");
        byte[] move = HexFormat.of().parseHex("8bc1");
        x64.decode(rounding, 0, rounding.length, 0, instruction);
        assertThat(instruction.operand(0).mask().name()).isEqualTo("k3");
        x64.decode(store, 0, store.length, 0, instruction);
        assertThat(instruction.rounding()).isNotEqualTo(Instruction.Rounding.NONE);
        x64.decode(move, 0, move.length, 0, instruction);
        assertThat(instruction.rounding()).isEqualTo(Instruction.Rounding.NONE);
        assertThat(instruction.operand(0).mask().isPresent()).isFalse();
        assertThat(x64.decode(new byte[] {0x06}, 0, 1, 0, instruction)).isFalse();
        assertThat(instruction.operandCount()).isZero();
        assertThat(instruction.mnemonic()).isEmpty();
        assertThat(instruction.flow()).isEqualTo(FlowKind.NEXT);
    }

    @Test
    void endsWhereTheBytesEnd() {
        byte[] code = HexFormat.of().parseHex("48c7842400100000785634129090909090909090".repeat(4));
        var instruction = new Instruction();
        Disassembler x64 = Disassembler.of(Architecture.X64);
        for (int limit = 1; limit < code.length; limit++) {
            boolean valid = x64.decode(code, 0, limit, 0, instruction);
            assertThat(valid).as("%d bytes", limit).isEqualTo(limit >= 12);
            assertThat(instruction.length()).isEqualTo(limit >= 12 ? 12 : 1);
        }
    }

    @Test
    void lockMayFaultWhereItHasNoMeaning() {
        assertThat(x64("f00f0b").mayFault()).isTrue();
        assertThat(x64("f0e200").mayFault()).isTrue();
        assertThat(x64("e200").mayFault()).isFalse();
    }

    /** movdir64b r8,zmmword ptr [rcx+rdx]; enqcmd eax,zmmword ptr [ecx+edx]. */
    @ParameterizedTest
    @CsvSource({"66440f38f80411, r8", "67f20f38f80411, eax"})
    void directStoresWriteAtTheirRegister(String hex, String base) {
        Instruction store = x64(hex);
        assertThat(store.operandCount()).isEqualTo(3);
        Operand to = store.operand(2);
        assertThat(to.segment().name() + ":" + to.base().name()).isEqualTo("es:" + base);
        assertThat(to.sizeBytes()).isEqualTo(64);
        assertThat(to.access()).isEqualTo(Operand.Access.WRITE);
        assertThat(InstructionFormatter.of(Architecture.X64, FormatOptions.NASM).format(store))
                .doesNotContain("es:")
                .endsWith("dx]");
    }

    @ParameterizedTest
    @CsvSource({
        "0ff7c1, 'maskmovq mm0,mm1', 8, ds, rdi",
        "660ff7c1, 'maskmovdqu xmm0,xmm1', 16, ds, rdi",
        "6764660ff7c1, 'maskmovdqu xmm0,xmm1', 16, fs, edi",
        "c5f9f7c1, 'vmaskmovdqu xmm0,xmm1', 16, ds, rdi"
    })
    void maskedStoresWriteMemoryThatNoTextNames(
            String hex, String text, int bytes, String segment, String base) {
        Instruction store = x64(hex);
        Operand memory = store.memoryOperand().orElseThrow();
        assertThat(memory.sizeBytes()).isEqualTo(bytes);
        assertThat(memory.segment().name()).isEqualTo(segment);
        assertThat(memory.base().name()).isEqualTo(base);
        assertThat(memory.access().writes()).isTrue();
        assertThat(store.mayFault()).isTrue();
        FormatOptions plain = FormatOptions.WINDBG.with(Syntax.MASM).withMnemonicWidth(0);
        assertThat(InstructionFormatter.of(Architecture.X64, plain).format(store)).isEqualTo(text);
        RegisterSet registers =
                RegisterSet.builder(Architecture.X64).set("rdi", 0x7ff612345678L).build();
        assertThat(store.effectiveAddress(memory, registers, 0))
                .hasValue(base.equals("edi") ? 0x12345678 : 0x7ff612345678L);
    }
}
