package oriel.engine.disasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oriel.model.Architecture;

class X86AttFormatterTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "48895c2410 | mov %rbx,0x10(%rsp)",
                "c744241001000000 | movl $1,0x10(%rsp)",
                "488b04c8 | mov (%rax,%rcx,8),%rax",
                "0fb601 | movzbl (%rcx),%eax",
                "ff1510000000 | call *0x10(%rip)",
                "ff28 | ljmp *(%rax)",
                "cb | lret",
                "48b88877665544332211 | movabs $0x1122334455667788,%rax",
                "0f9401 | sete (%rcx)",
                "f20f2a01 | cvtsi2sdl (%rcx),%xmm0",
                "dce9 | fsubr %st,%st(1)",
                "d8e1 | fsub %st(1),%st",
                "ec | in (%dx),%al",
                "2e7400 | je,pn 0x401003",
                "ffd0 | call *%rax",
                "e8fbffffff | call 0x401000",
                "4883ec28 | sub $0x28,%rsp",
                "4898 | cltq",
                "d905fcffffff | flds -4(%rip)",
                "65488b042530000000 | mov %gs:0x30,%rax",
                "c3 | ret",
            })
    void writesAsGnuDoes(String bytes, String text) {
        byte[] code = HexFormat.of().parseHex(bytes);
        var instruction = new Instruction();
        Disassembler.of(Architecture.X64).decode(code, 0, code.length, 0x401000, instruction);
        var formatter =
                InstructionFormatter.of(Architecture.X64, FormatOptions.NASM.with(Syntax.ATT));
        assertThat(formatter.format(instruction)).isEqualTo(text);
    }
}
