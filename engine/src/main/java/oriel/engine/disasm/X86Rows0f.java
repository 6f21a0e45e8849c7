package oriel.engine.disasm;

/** Opcodes 00 to 7f behind 0f. What a row says is explained in docs/formats/x86.md. */
final class X86Rows0f {
    private X86Rows0f() {}

    static String rows() {
        return """
            00 f2,/6,x64 lkgs E16 priv
            00 /0 sldt w:Ev/16
            00 /1 str w:Ev/16
            00 /2 lldt E16 priv
            00 /3 ltr E16 priv
            00 /4 verr E16 w=z
            00 /5 verw E16 w=z
            01 f3,reg,/0,rm6 wrmsrlist - reads=rsi+rdi+rcx priv
            01 f2,reg,/0,rm6 rdmsrlist - reads=rsi+rdi+rcx priv
            01 f3,reg,/1,rm2,x64 eretu - arith priv ret
            01 f2,reg,/1,rm2,x64 erets - arith priv ret
            01 f3,reg,/5,rm0 setssbsy - priv
            01 f2,reg,/5,rm0 xsusldtrk -
            01 f2,reg,/5,rm1 xresldtrk -
            01 f3,reg,/5,rm2 saveprevssp -
            01 f3,reg,/5,rm4,x64 uiret - ret
            01 f3,reg,/5,rm5,x64 testui - arith
            01 f3,reg,/5,rm6 clui -
            01 f3,reg,/5,rm7 stui -
            01 f3,reg,/7,rm5,x64 rmpquery - arith reads=rax+rdx writes=rax+rcx+rdx priv
            01 f3,reg,/7,rm6,x64 rmpadjust - arith reads=rax+rcx+rdx writes=eax priv
            01 f2,reg,/7,rm6,x64 rmpupdate - arith reads=rax+rcx writes=eax priv
            01 f3,reg,/7,rm7,x64 psmash - arith reads=rax writes=eax priv
            01 f2,reg,/7,rm7 pvalidate - arith reads=rax+rcx+rdx writes=eax priv
            01 f3,/5 rstorssp rw:M64
            01 66,reg,/1,rm4 tdcall - priv
            01 66,reg,/1,rm5,x64 seamret - priv
            01 66,reg,/1,rm6,x64 seamops - priv
            01 66,reg,/1,rm7 seamcall - priv
            01 nof,reg,/0,rm6 wrmsrns - reads=eax+ecx+edx priv
            01 nof,reg,/1,rm2 clac -
            01 i64,reg,/1,rm2 clac -
            01 nof,reg,/5,rm0 serialize -
            01 nof,reg,/7,rm6 invlpgb - reads=rax+edx priv
            01 nof,reg,/7,rm7 tlbsync - priv
            01 reg,/0,rm0 enclv - priv
            01 reg,/0,rm1 vmcall - int fault
            01 reg,/0,rm2 vmlaunch - priv
            01 reg,/0,rm3 vmresume - priv
            01 reg,/0,rm4 vmxoff - priv
            01 reg,/0,rm5 pconfig - arith reads=rax+rbx+rcx+rdx writes=rax+rbx+rcx+rdx priv
            01 reg,/0,rm7,x64 pbndkb - arith reads=rbx+rcx writes=rax priv
            01 reg,/1,rm0 monitor - reads=rax+ecx+edx priv
            01 reg,/1,rm1 mwait - reads=ecx+eax priv
            01 reg,/1,rm3 stac -
            01 reg,/1,rm7 encls - priv
            01 reg,/2,rm0 xgetbv - reads=ecx writes=edx+eax fault
            01 reg,/2,rm1 xsetbv - reads=edx+eax+ecx priv
            01 reg,/2,rm4 vmfunc -
            01 reg,/2,rm5 xend -
            01 reg,/2,rm6 xtest - arith
            01 reg,/2,rm7 enclu - fault
            01 reg,/3,rm0 vmrun - reads=rax priv
            01 reg,/3,rm1 vmmcall - int fault
            01 reg,/3,rm2 vmload - reads=rax priv
            01 reg,/3,rm3 vmsave - reads=rax priv
            01 reg,/3,rm4 stgi - priv
            01 reg,/3,rm5 clgi - priv
            01 reg,/3,rm6 skinit - reads=eax priv
            01 reg,/3,rm7 invlpga - reads=rax+ecx priv
            01 reg,/5,rm6 rdpkru - reads=ecx writes=eax+edx
            01 reg,/5,rm7 wrpkru - reads=eax+ecx+edx
            01 reg,/7,rm0 swapgs - priv
            01 reg,/7,rm1 rdtscp - writes=rax+rcx+rdx
            01 reg,/7,rm2 monitorx - reads=rax+ecx+edx fault
            01 reg,/7,rm3 mwaitx - reads=ecx+eax+ebx
            01 reg,/7,rm4 clzero - reads=rax fault
            01 reg,/7,rm5 rdpru - reads=ecx writes=eax+edx
            01 /0 sgdt w:Mn
            01 /1 sidt w:Mn
            01 /2 lgdt Mn priv
            01 /3 lidt Mn priv
            01 /4 smsw w:Ev/16
            01 /6 lmsw E16 priv
            01 /7 invlpg n:M8 priv
            02 - lar w:Gv,E16 w=z
            03 - lsl w:Gv,E16 w=z
            05 - syscall - int fault
            06 - clts - priv
            07 o64 sysretq - ret priv
            07 - sysret - ret priv
            08 - invd - priv
            09 f3 wbnoinvd - priv
            09 np wbinvd - priv
            0b - ud2 - ud fault
            0d /0 prefetch n:M8
            0d /1 prefetchw n:M8
            0d /2 prefetchwt1 n:M8
            0d - prefetch n:M8
            0e - femms -
            10 f3 movss w:V128,M32
            10 f3 movss rw:V128,U128
            10 f2 movsd w:V128,M64
            10 f2 movsd rw:V128,U128
            10 np movups w:V128,W128
            10 66 movupd w:V128,W128
            11 f3 movss w:M32,V128
            11 f3 movss rw:U128,V128
            11 f2 movsd w:M64,V128
            11 f2 movsd rw:U128,V128
            11 np movups w:W128,V128
            11 66 movupd w:W128,V128
            12 f3 movsldup w:V128,W128
            12 f2 movddup w:V128,W128/64
            12 np movlps rw:V128,M64
            12 66 movlpd rw:V128,M64
            12 nof movhlps rw:V128,U128
            13 66 movlpd w:M64,V128
            13 - movlps w:M64,V128
            14 66 unpcklpd rw:V128,W128
            14 - unpcklps rw:V128,W128
            15 66 unpckhpd rw:V128,W128
            15 - unpckhps rw:V128,W128
            16 f3 movshdup w:V128,W128
            16 f2 movhps rw:V128,M64
            16 np movhps rw:V128,M64
            16 66 movhpd rw:V128,M64
            16 - movlhps rw:V128,U128
            17 66 movhpd w:M64,V128
            17 - movhps w:M64,V128
            18 /0 prefetchnta n:M8
            18 /1 prefetcht0 n:M8
            18 /2 prefetcht1 n:M8
            18 /3 prefetcht2 n:M8
            18 /6,x64 prefetchit1 n:M8
            18 /7,x64 prefetchit0 n:M8
            18 - nop n:Ev
            19 - nop n:Ev
            1a np,reg nop n:Ev
            1b np,reg nop n:Ev
            1c /0 cldemote n:M8
            1c - nop n:Ev
            1d - nop n:Ev
            1e f3,reg,/7,rm2 endbr64 -
            1e f3,reg,/7,rm3 endbr32 -
            1e f3,o64,/1 rdsspq rw:R64
            1e f3,/1 rdsspd rw:R32
            1e - nop n:Ev
            1f - nop n:Ev
            20 - mov w:Rm,C64 priv
            21 - mov w:Rm,D64 priv
            22 - mov w:C64,Rm priv
            23 - mov w:D64,Rm priv
            28 66 movapd w:V128,W128
            28 - movaps w:V128,W128
            29 66 movapd w:W128,V128
            29 - movaps w:W128,V128
            2a f3 cvtsi2ss rw:V128,Ey
            2a f2 cvtsi2sd rw:V128,Ey
            2a np cvtpi2ps rw:V128,Q64
            2a 66 cvtpi2pd w:V128,Q64
            2b f3 movntss w:M32,V128
            2b f2 movntsd w:M64,V128
            2b np movntps w:M128,V128
            2b 66 movntpd w:M128,V128
            2c f3 cvttss2si w:Gy,W128/32
            2c f2 cvttsd2si w:Gy,W128/64
            2c np cvttps2pi w:P64,W128/64
            2c 66 cvttpd2pi w:P64,W128
            2d f3 cvtss2si w:Gy,W128/32
            2d f2 cvtsd2si w:Gy,W128/64
            2d np cvtps2pi w:P64,W128/64
            2d 66 cvtpd2pi w:P64,W128
            2e 66 ucomisd V128,W128/64 arith
            2e - ucomiss V128,W128/32 arith
            2f 66 comisd V128,W128/64 arith
            2f - comiss V128,W128/32 arith
            30 - wrmsr - priv reads=eax+edx+ecx
            31 - rdtsc - writes=eax+edx
            32 - rdmsr - priv reads=ecx writes=eax+edx
            33 - rdpmc - fault reads=ecx writes=eax+edx
            34 - sysenter - int fault
            35 o64 sysexitq - ret priv
            35 - sysexit - ret priv
            37 - getsec - priv reads=eax+ebx+ecx writes=eax
            40 - cmovo rw:Gv,Ev r=o
            41 - cmovno rw:Gv,Ev r=o
            42 - cmovb rw:Gv,Ev r=c
            43 - cmovae rw:Gv,Ev r=c
            44 - cmove rw:Gv,Ev r=z
            45 - cmovne rw:Gv,Ev r=z
            46 - cmovbe rw:Gv,Ev r=cz
            47 - cmova rw:Gv,Ev r=cz
            48 - cmovs rw:Gv,Ev r=s
            49 - cmovns rw:Gv,Ev r=s
            4a - cmovp rw:Gv,Ev r=p
            4b - cmovnp rw:Gv,Ev r=p
            4c - cmovl rw:Gv,Ev r=so
            4d - cmovge rw:Gv,Ev r=so
            4e - cmovle rw:Gv,Ev r=zso
            4f - cmovg rw:Gv,Ev r=zso
            50 66 movmskpd w:G32,U128
            50 - movmskps w:G32,U128
            51 f3 sqrtss rw:V128,W128/32
            51 f2 sqrtsd rw:V128,W128/64
            51 np sqrtps w:V128,W128
            51 66 sqrtpd w:V128,W128
            52 f3 rsqrtss rw:V128,W128/32
            52 - rsqrtps w:V128,W128
            53 f3 rcpss rw:V128,W128/32
            53 - rcpps w:V128,W128
            54 66 andpd rw:V128,W128
            54 - andps rw:V128,W128
            55 66 andnpd rw:V128,W128
            55 - andnps rw:V128,W128
            56 66 orpd rw:V128,W128
            56 - orps rw:V128,W128
            57 66 xorpd rw:V128,W128
            57 - xorps rw:V128,W128
            58 f3 addss rw:V128,W128/32
            58 f2 addsd rw:V128,W128/64
            58 np addps rw:V128,W128
            58 66 addpd rw:V128,W128
            59 f3 mulss rw:V128,W128/32
            59 f2 mulsd rw:V128,W128/64
            59 np mulps rw:V128,W128
            59 66 mulpd rw:V128,W128
            5a f3 cvtss2sd rw:V128,W128/32
            5a f2 cvtsd2ss rw:V128,W128/64
            5a np cvtps2pd w:V128,W128/64
            5a 66 cvtpd2ps w:V128,W128
            5b f3 cvttps2dq w:V128,W128
            5b f2 cvtdq2ps w:V128,W128
            5b np cvtdq2ps w:V128,W128
            5b 66 cvtps2dq w:V128,W128
            5c f3 subss rw:V128,W128/32
            5c f2 subsd rw:V128,W128/64
            5c np subps rw:V128,W128
            5c 66 subpd rw:V128,W128
            5d f3 minss rw:V128,W128/32
            5d f2 minsd rw:V128,W128/64
            5d np minps rw:V128,W128
            5d 66 minpd rw:V128,W128
            5e f3 divss rw:V128,W128/32
            5e f2 divsd rw:V128,W128/64
            5e np divps rw:V128,W128
            5e 66 divpd rw:V128,W128
            5f f3 maxss rw:V128,W128/32
            5f f2 maxsd rw:V128,W128/64
            5f np maxps rw:V128,W128
            5f 66 maxpd rw:V128,W128
            60 66 punpcklbw rw:V128,W128
            60 - punpcklbw rw:P64,Q64/32
            61 66 punpcklwd rw:V128,W128
            61 - punpcklwd rw:P64,Q64/32
            62 66 punpckldq rw:V128,W128
            62 - punpckldq rw:P64,Q64/32
            63 66 packsswb rw:V128,W128
            63 - packsswb rw:P64,Q64
            64 66 pcmpgtb rw:V128,W128
            64 - pcmpgtb rw:P64,Q64
            65 66 pcmpgtw rw:V128,W128
            65 - pcmpgtw rw:P64,Q64
            66 66 pcmpgtd rw:V128,W128
            66 - pcmpgtd rw:P64,Q64
            67 66 packuswb rw:V128,W128
            67 - packuswb rw:P64,Q64
            68 66 punpckhbw rw:V128,W128
            68 - punpckhbw rw:P64,Q64
            69 66 punpckhwd rw:V128,W128
            69 - punpckhwd rw:P64,Q64
            6a 66 punpckhdq rw:V128,W128
            6a - punpckhdq rw:P64,Q64
            6b 66 packssdw rw:V128,W128
            6b - packssdw rw:P64,Q64
            6c 66 punpcklqdq rw:V128,W128
            6d 66 punpckhqdq rw:V128,W128
            6e 66,o64 movq w:V128,E64
            6e 66 movd w:V128,E32
            6e o64 movq w:P64,E64
            6e - movd w:P64,E32
            6f f3 movdqu w:V128,W128
            6f f2 movq w:P64,Q64
            6f np movq w:P64,Q64
            6f 66 movdqa w:V128,W128
            70 f3 pshufhw w:V128,W128,I8
            70 f2 pshuflw w:V128,W128,I8
            70 np pshufw w:P64,Q64,I8
            70 66 pshufd w:V128,W128,I8
            71 66,/2 psrlw rw:U128,I8
            71 66,/4 psraw rw:U128,I8
            71 66,/6 psllw rw:U128,I8
            71 /2 psrlw rw:N64,I8
            71 /4 psraw rw:N64,I8
            71 /6 psllw rw:N64,I8
            72 66,/2 psrld rw:U128,I8
            72 66,/4 psrad rw:U128,I8
            72 66,/6 pslld rw:U128,I8
            72 /2 psrld rw:N64,I8
            72 /4 psrad rw:N64,I8
            72 /6 pslld rw:N64,I8
            73 66,/2 psrlq rw:U128,I8
            73 66,/3 psrldq rw:U128,I8
            73 66,/6 psllq rw:U128,I8
            73 66,/7 pslldq rw:U128,I8
            73 /2 psrlq rw:N64,I8
            73 /6 psllq rw:N64,I8
            74 66 pcmpeqb rw:V128,W128
            74 - pcmpeqb rw:P64,Q64
            75 66 pcmpeqw rw:V128,W128
            75 - pcmpeqw rw:P64,Q64
            76 66 pcmpeqd rw:V128,W128
            76 - pcmpeqd rw:P64,Q64
            77 - emms -
            78 f3 vmread w:Rm,Gm priv
            78 f2 insertq rw:V128,U128,I8,I8
            78 np vmread w:Rm,Gm priv
            78 66 extrq rw:U128,I8,I8
            78 - vmread w:Mm,Gm priv
            79 f3 vmwrite w:Gm,Rm priv
            79 f2 insertq rw:V128,U128
            79 np vmwrite w:Gm,Rm priv
            79 66 extrq rw:V128,U128
            79 - vmwrite w:Gm,Mm priv
            7c f2 haddps rw:V128,W128
            7c 66 haddpd rw:V128,W128
            7d f2 hsubps rw:V128,W128
            7d 66 hsubpd rw:V128,W128
            7e f3 movq w:V128,W128/64
            7e f2 movd w:E32,P64
            7e 66,o64 movq w:E64,V128
            7e 66 movd w:E32,V128
            7e o64 movq w:E64,P64
            7e np movd w:E32,P64
            7f f3 movdqu w:W128,V128
            7f f2 movq w:Q64,P64
            7f np movq w:Q64,P64
            7f 66 movdqa w:W128,V128
            """;
    }
}
