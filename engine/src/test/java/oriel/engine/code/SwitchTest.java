package oriel.engine.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oriel.engine.disasm.FlowKind;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.Memory;

/** The cases of switches, in code as compilers write it. */
class SwitchTest {
    private static final long BASE = 0x401000;

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

    /** Three cases at 0x20, 0x24 and 0x28, a table at 0x40, its own table of bytes at 0x50. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // cmp ecx,2; ja +1ch; lea r8,[table]; movsxd rcx,[r8+rcx*4]; add rcx,r8; jmp rcx
                "X64 | 83f902 771b 4c8d0534000000 49630c88 4c01c1 ffe1"
                        + "| e0ffffff e4ffffff e8ffffff",
                // mov eax,ecx; cmp ecx,2; jbe +1; ret; lea rdx,[base]; mov ecx,[rdx+rax*4+1040h];
                // add rcx,rdx; jmp rcx
                "X64 | 89c8 83f902 7601 c3 488d15f1efffff 8b8c8240100000 4801d1 ffe1"
                        + "| 20100000 24100000 28100000",
                // as unoptimised: mov [rsp],rcx; sub ecx,2; ja; mov rax,[rsp]; lea rcx,[table]; ...
                "X64 | 48890c24 83e902 7718 488b0424 488d0d2c000000 48630481 4801c8 ffe0"
                        + "| e0ffffff e4ffffff e8ffffff",
                // mov eax,[esp+4]; dec eax; cmp eax,2; ja +14h; jmp [eax*4+401040h]
                "X86 | 8b442404 48 83f802 7714 ff248540104000 | 20104000 24104000 28104000",
                // cmp eax,2; ja +19h; movzx eax,byte ptr [eax+401050h]; jmp [eax*4+401040h]
                "X86 | 83f802 7719 0fb68050104000 ff248540104000 | 28104000 24104000 20104000",
                // cmp w0,#2; b.hi 28h; adr x9,40h; adr x10,20h; ldrb w8,[x9,x0]; add x10,x10,x8,lsl
                // #2; br x10
                "ARM64 | 1f080071 28010054 c9010010 aa000010 28696038 4a09088b 40011fd6 | 000102"
            })
    void findsCases(Architecture architecture, String code, String table) {
        boolean arm = architecture == Architecture.ARM64;
        String ret = arm ? "c0035fd6" : "c3909090";
        var text = new StringBuilder(code.replace(" ", ""));
        while (text.length() < 0x20 * 2) {
            text.append("90");
        }
        text.append(ret.repeat(3));
        while (text.length() < 0x40 * 2) {
            text.append("cc");
        }
        text.append(table.replace(" ", ""));
        while (text.length() < 0x50 * 2) {
            text.append("00");
        }
        text.append("000102");
        CodeGraph graph =
                CodeGraph.of(architecture, memory(text.toString()), new AddressRange(BASE, 0x30));
        assertThat(graph.blocks())
                .filteredOn(block -> block.flow() == FlowKind.INDIRECT_JUMP)
                .singleElement()
                .satisfies(
                        block ->
                                assertThat(block.successors())
                                        .containsExactly(BASE + 0x20, BASE + 0x24, BASE + 0x28));
        assertThat(graph.blocks()).extracting(block -> block.range().start()).contains(BASE + 0x28);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // no comparison: lea r8,[table]; movsxd rcx,[r8+rcx*4]; add rcx,r8; jmp rcx
                "4c8d0539000000 49630c88 4c01c1 ffe1",
                // the index changes after the comparison: inc ecx by way of another register
                "83f902 771b 8b0a 4c8d0530000000 49630c88 4c01c1 ffe1",
                // a function pointer: cmp ecx,2; ja; jmp [rdx+8]
                "83f902 771b ff6208",
            })
    void guessesNothing(String code) {
        CodeGraph graph =
                CodeGraph.of(Architecture.X64, memory(code), new AddressRange(BASE, 0x60));
        assertThat(graph.blocks())
                .filteredOn(block -> block.flow() == FlowKind.INDIRECT_JUMP)
                .singleElement()
                .satisfies(block -> assertThat(block.successors()).isEmpty());
    }
}
