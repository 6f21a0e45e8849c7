package oriel.engine.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import oriel.engine.disasm.FlowKind;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.Memory;

class CodeTest {
    private static final long BASE = 0x140001000L;

    private static Memory memory(String hex) {
        byte[] code = HexFormat.of().parseHex(hex.replace(" ", ""));
        return (va, into, offset, length) -> {
            long at = va - BASE;
            if (at < 0 || at >= code.length) {
                return 0;
            }
            int count = (int) Math.min(length, code.length - at);
            System.arraycopy(code, (int) at, into, offset, count);
            return count;
        };
    }

    @Test
    void findsInstructionsBeforeAnAddress() {
        // push rbx; sub rsp,20h; mov rbx,rcx; mov rax,[rcx]; call [rax+8]; add rsp,20h; pop rbx;
        // ret
        Memory code = memory("4053 4883ec20 488bd9 488b01 ff5008 4883c420 5b c3");
        assertThat(PrecedingCode.starts(Architecture.X64, code, BASE + 15, 10))
                .containsExactly(BASE, BASE + 2, BASE + 6, BASE + 9, BASE + 12);
        assertThat(PrecedingCode.starts(Architecture.X64, code, BASE + 15, 2))
                .containsExactly(BASE + 9, BASE + 12);
        assertThat(PrecedingCode.starts(Architecture.X64, code, BASE, 3)).isEmpty();
    }

    @Test
    void findsWordsBeforeAnAddress() {
        Memory code = memory("fd7bbea9 fd030091 00008052 c0035fd6");
        assertThat(PrecedingCode.starts(Architecture.ARM64, code, BASE + 12, 2))
                .containsExactly(BASE + 4, BASE + 8);
    }

    @Test
    void recognisesPrologues() {
        assertThat(Prologue.isAt(Architecture.X64, memory("4053 4883ec20 c3"), BASE)).isTrue();
        assertThat(Prologue.isAt(Architecture.X64, memory("48895c2408 57 c3"), BASE)).isTrue();
        assertThat(Prologue.isAt(Architecture.X64, memory("488bc4 48895808 c3"), BASE)).isFalse();
        assertThat(Prologue.isAt(Architecture.X86, memory("8bff 55 8bec c3"), BASE)).isTrue();
        assertThat(Prologue.isAt(Architecture.ARM64, memory("7f2303d5 fd7bbea9"), BASE)).isTrue();
        assertThat(Prologue.isAt(Architecture.X64, memory("33c0 c3 cc cc cc"), BASE)).isFalse();
        assertThat(Prologue.isAt(Architecture.X64, Memory.EMPTY, BASE)).isFalse();
    }

    @Test
    void findsBlocksCallsAndTheEnd() {
        // 0 test ecx,ecx; 2 je 9; 4 call +0x100; 9 xor eax,eax; 11 ret; then padding
        Memory code = memory("85c9 7405 e800010000 33c0 c3 cccccccc 90");
        CodeGraph graph = CodeGraph.of(Architecture.X64, code, new AddressRange(BASE, 64));
        assertThat(graph.end()).isEqualTo(BASE + 12);
        assertThat(graph.callTargets()).containsExactly(BASE + 9 + 0x100);
        assertThat(graph.blocks())
                .containsExactly(
                        new BasicBlock(
                                new AddressRange(BASE, 4),
                                2,
                                FlowKind.CONDITIONAL,
                                List.of(BASE + 4, BASE + 9)),
                        new BasicBlock(
                                new AddressRange(BASE + 4, 5), 1, FlowKind.NEXT, List.of(BASE + 9)),
                        new BasicBlock(
                                new AddressRange(BASE + 9, 3), 2, FlowKind.RETURN, List.of()));
    }

    @Test
    void stopsAtLoopsAndFastFail() {
        // 0 jmp 0 | mov ecx,2; int 29h
        assertThat(
                        CodeGraph.of(Architecture.X64, memory("ebfe 90"), new AddressRange(BASE, 3))
                                .end())
                .isEqualTo(BASE + 2);
        assertThat(
                        CodeGraph.of(
                                        Architecture.X64,
                                        memory("b902000000 cd29 9090"),
                                        new AddressRange(BASE, 9))
                                .end())
                .isEqualTo(BASE + 7);
    }

    @Test
    void tellsTailCallsFromMoreOfAFunction() {
        // 0 test ecx,ecx; 2 jne 8; 4 xor eax,eax; 6 ret; 7 nop; 8 jmp 10h; int3 ...; 10h ret
        Memory tail = memory("85c9 7504 33c0 c3 90 eb06 cccccccccccc c3");
        CodeGraph graph = CodeGraph.of(Architecture.X64, tail, new AddressRange(BASE, 0x11));
        assertThat(graph.end()).isEqualTo(BASE + 10);
        // 0 jmp 3; 2 a byte of data; 3 ret
        Memory over = memory("eb01 00 c3 cc");
        assertThat(CodeGraph.of(Architecture.X64, over, new AddressRange(BASE, 5)).end())
                .isEqualTo(BASE + 4);
    }
}
