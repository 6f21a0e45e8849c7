package oriel.engine.disasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oriel.model.Architecture;

/** Text of instructions whose bytes were laid by hand from the processor manuals. */
class X86TextTest {
    private static String text(Architecture architecture, FormatOptions options, String hex) {
        byte[] code = HexFormat.of().parseHex(hex);
        var instruction = new Instruction();
        Disassembler.of(architecture).decode(code, 0, code.length, 0x140001000L, instruction);
        assertThat(instruction.length()).isEqualTo(instruction.valid() ? code.length : 1);
        return InstructionFormatter.of(architecture, options).format(instruction);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "48895c2410 | mov qword ptr [rsp+10h],rbx",
                "4883ec28 | sub rsp,28h",
                "488d0d10000000 | lea rcx,[00000001`40001017]",
                "65488b042530000000 | mov rax,qword ptr gs:[30h]",
                "e8fbffffff | call 00000001`40001000",
                "ff15faffffff | call qword ptr [00000001`40001000]",
                "f3a4 | rep movs byte ptr [rdi],byte ptr [rsi]",
                "f348ab | rep stos qword ptr [rdi]",
                "f2ae | repne scas byte ptr [rdi]",
                "f3a6 | repe cmps byte ptr [rsi],byte ptr [rdi]",
                "83f8ff | cmp eax,0FFFFFFFFh",
                "4883e4f0 | and rsp,0FFFFFFFFFFFFFFF0h",
                "48b88877665544332211 | mov rax,1122334455667788h",
                "c3 | ret",
                "c20800 | ret 8",
                "cc | int 3",
                "cd29 | int 29h",
                "0f05 | syscall",
                "0f0b | ud2",
                "8845f8 | mov byte ptr [rbp-8],al",
                "40b604 | mov sil,4",
                "b604 | mov dh,4",
                "4c63c0 | movsxd r8,eax",
                "f00fb111 | lock cmpxchg dword ptr [rcx],edx",
                "f2ff25f9ffffff | bnd jmp qword ptr [00000001`40001000]",
                "3effe0 | notrack jmp rax",
                "0f1f440000 | nop dword ptr [rax+rax]",
                "f390 | pause",
                "6690 | xchg ax,ax",
                "f0480fc70f | lock cmpxchg16b oword ptr [rdi]",
                "0f0d4b08 | prefetchw [rbx+8]",
                "4190 | xchg eax,r8d",
                "f30f1efa | endbr64",
                "2e7500 | hnt jne 00000001`40001003",
                "3e0f8400000000 | ht je 00000001`40001007",
                "dcc1 | fadd st(1),st",
                "d9c0 | fld st(0)",
                "db6d08 | fld tbyte ptr [rbp+8]",
                "0f6f00 | movq mm0,mmword ptr [rax]",
                "660fd60424 | movq mmword ptr [rsp],xmm0",
                "66480f6e00 | movq xmm0,qword ptr [rax]",
                "f20f5845f8 | addsd xmm0,mmword ptr [rbp-8]",
                "f2480f2a00 | cvtsi2sd xmm0,qword ptr [rax]",
                "f20f2d00 | cvtsd2si eax,mmword ptr [rax]",
                "0f1200 | movlps xmm0,qword ptr [rax]",
                "ddd8 | fstp st(0)",
                "d8c0 | fadd st,st(0)",
                "dcc0 | fadd st(0),st",
                "dec1 | faddp st(1),st",
                "0f0fc1b4 | pfmul mm0,mm1",
                "660fefc0 | pxor xmm0,xmm0",
                "f20f10050000000f | movsd xmm0,mmword ptr [00000001`4f001008]",
                "f20fc2ee01 | cmpltsd xmm5,xmm6",
                "c5fc5801 | vaddps ymm0,ymm0,ymmword ptr [rcx]",
                "c4e2f5989160ffffff | vfmadd132pd ymm2,ymm1,ymmword ptr [rcx-0A0h]",
                "c4e2fd93040a | vgatherqpd ymm0,ymmword ptr [rdx+ymm1],ymm0",
                "62f17c4858c1 | vaddps zmm0,zmm0,zmm1",
                "62f17cdb584140 | vaddps zmm0{k3}{z},zmm0,dword ptr [rcx+100h]{1to16}",
                "62333c340aeffb | vrndscalesh xmm13{k4},xmm24,xmm23,{sae},0FBh",
                "62f17c5858c1 | vaddps zmm0,zmm0,zmm1,{ru-sae}",
                "62f27d4992440a01 | vgatherdps zmm0{k1},zmmword ptr [rdx+zmm1+4]",
                "62f1fd4a6f4101 | vmovdqa64 zmm0{k2},zmmword ptr [rcx+40h]",
                "62d2fd02925ce108 | vgatherdpd xmm3{k2},xmmword ptr [r9+xmm20*8+40h]",
                "62f2fd4ac60ca3 | vgatherpf0dpd zmmword ptr [rbx+ymm4*4]{k2}",
                "62d27d42c774e110 | vscatterpf1qps ymmword ptr [r9+zmm20*8+40h]{k2}",
                "62f17c4058c1 | vaddps zmm0,zmm16,zmm1",
                "62f17c4028c1 | db 62h",
                "c4e27b4b0c01 | tileloadd tmm1,[rcx+rax]",
                "c4e27b49c8 | tilezero tmm1",
                "c4e27849c0 | tilerelease",
                "8fe878c0c107 | vprotb xmm0,xmm1,7",
                "8fe97801c8 | blcfill eax,eax"
            })
    void masm64(String hex, String expected) {
        assertThat(text(Architecture.X64, FormatOptions.WINDBG.withMnemonicWidth(0), hex))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "64a100000000 | mov eax,dword ptr fs:[00000000h]",
                "64892500000000 | mov dword ptr fs:[0],esp",
                "a144332211 | mov eax,dword ptr ds:[11223344h]",
                "a130000000 | mov eax,dword ptr ds:[00000030h]",
                "c7050000000001000000 | mov dword ptr ds:[0],1",
                "f3a5 | rep movs dword ptr es:[edi],dword ptr [esi]",
                "f3ab | rep stos dword ptr es:[edi]",
                "ae | scas byte ptr es:[edi]",
                "ac | lods byte ptr [esi]",
                "c745fcffffffff | mov dword ptr [ebp-4],0FFFFFFFFh",
                "60 | pushad",
                "670000 | add byte ptr [bx+si],al",
                "c52e | lds ebp,fword ptr [esi]",
                "62412b | bound eax,qword ptr [ecx+2Bh]",
                "c5fc5801 | vaddps ymm0,ymm0,ymmword ptr [ecx]",
                "40 | inc eax",
                "9a785634123300 | call 0033:12345678",
                "eacfd5ce773300 | jmp 0033:77CED5CF",
                "66ea34123300 | jmp 0033:1234",
                "8ed9 | mov ds,cx",
                "94 | xchg eax,esp",
                "87f1 | xchg esi,ecx",
                "87442420 | xchg eax,dword ptr [esp+20h]",
                "6667e301 | jcxz 00001005",
                "c4e17ec1 | db 0C4h",
                "0fff | db 0Fh"
            })
    void masm32(String hex, String expected) {
        assertThat(text(Architecture.X86, FormatOptions.WINDBG.withMnemonicWidth(0), hex))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "48895c2410 | mov qword [rsp+0x10], rbx",
                "65488b042530000000 | mov rax, qword [gs:0x30]",
                "488d0d10000000 | lea rcx, [rel 0x140001017]",
                "f348ab | rep stos qword [rdi], rax",
                "f20fc2ee07 | cmpordsd xmm5, xmm6",
                "f20fc2ee08 | cmpsd xmm5, xmm6, 8"
            })
    void nasm(String hex, String expected) {
        assertThat(text(Architecture.X64, FormatOptions.NASM, hex)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "48895c2410 | 48895c2410        mov qword ptr [rsp+10h],rbx",
                "48b88877665544332211 | 48b8887766554433+ mov rax,1122334455667788h",
                "06 | 06                db 6"
            })
    void bytesBeforeText(String hex, String expected) {
        assertThat(
                        text(
                                Architecture.X64,
                                FormatOptions.WINDBG.withMnemonicWidth(0).withBytes(8),
                                hex))
                .isEqualTo(expected);
    }

    @Test
    void looksAsAsked() {
        CodeLabels labels =
                (va, out) -> {
                    if (va == 0x140001000L) {
                        out.append("app!main");
                        return true;
                    }
                    return false;
                };
        String call = "e8fbffffff";
        assertThat(text(Architecture.X64, FormatOptions.WINDBG.with(labels), call))
                .isEqualTo("call    app!main (00000001`40001000)");
        assertThat(text(Architecture.X64, FormatOptions.NASM.with(labels), call))
                .isEqualTo("call app!main");
        assertThat(
                        text(
                                Architecture.X64,
                                FormatOptions.WINDBG
                                        .with(FormatOptions.HexStyle.PREFIX_0X)
                                        .withUppercase(true),
                                "4883ec28"))
                .isEqualTo("SUB     RSP,0X28");
    }
}
