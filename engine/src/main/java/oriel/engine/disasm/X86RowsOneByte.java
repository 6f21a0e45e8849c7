package oriel.engine.disasm;

/**
 * Opcodes of one byte but those of the x87. What a row says is explained in docs/formats/x86.md.
 */
final class X86RowsOneByte {
    private X86RowsOneByte() {}

    static String rows() {
        return """
            00 - add rw:E8,G8 arith lock elide
            01 - add rw:Ev,Gv arith lock elide
            02 - add rw:G8,E8 arith
            03 - add rw:Gv,Ev arith
            04 - add rw:al,I8 arith
            05 - add rw:vAX,Iz arith
            06 i64 push es push
            07 i64 pop w:es pop fault
            08 - or rw:E8,G8 logic lock elide
            09 - or rw:Ev,Gv logic lock elide
            0a - or rw:G8,E8 logic
            0b - or rw:Gv,Ev logic
            0c - or rw:al,I8 logic
            0d - or rw:vAX,Iz logic
            0e i64 push cs push
            10 - adc rw:E8,G8 arith r=c lock elide
            11 - adc rw:Ev,Gv arith r=c lock elide
            12 - adc rw:G8,E8 arith r=c
            13 - adc rw:Gv,Ev arith r=c
            14 - adc rw:al,I8 arith r=c
            15 - adc rw:vAX,Iz arith r=c
            16 i64 push ss push
            17 i64 pop w:ss pop fault
            18 - sbb rw:E8,G8 arith r=c lock elide
            19 - sbb rw:Ev,Gv arith r=c lock elide
            1a - sbb rw:G8,E8 arith r=c
            1b - sbb rw:Gv,Ev arith r=c
            1c - sbb rw:al,I8 arith r=c
            1d - sbb rw:vAX,Iz arith r=c
            1e i64 push ds push
            1f i64 pop w:ds pop fault
            20 - and rw:E8,G8 logic lock elide
            21 - and rw:Ev,Gv logic lock elide
            22 - and rw:G8,E8 logic
            23 - and rw:Gv,Ev logic
            24 - and rw:al,I8 logic
            25 - and rw:vAX,Iz logic
            27 i64 daa - r=ca arith u=o reads=al writes=al
            28 - sub rw:E8,G8 arith lock elide
            29 - sub rw:Ev,Gv arith lock elide
            2a - sub rw:G8,E8 arith
            2b - sub rw:Gv,Ev arith
            2c - sub rw:al,I8 arith
            2d - sub rw:vAX,Iz arith
            2f i64 das - r=ca arith u=o reads=al writes=al
            30 - xor rw:E8,G8 logic lock elide
            31 - xor rw:Ev,Gv logic lock elide
            32 - xor rw:G8,E8 logic
            33 - xor rw:Gv,Ev logic
            34 - xor rw:al,I8 logic
            35 - xor rw:vAX,Iz logic
            37 i64 aaa - r=a arith u=oszp reads=ax writes=ax
            38 - cmp E8,G8 arith
            39 - cmp Ev,Gv arith
            3a - cmp G8,E8 arith
            3b - cmp Gv,Ev arith
            3c - cmp al,I8 arith
            3d - cmp vAX,Iz arith
            3f i64 aas - r=a arith u=oszp reads=ax writes=ax
            40 i64 inc rw:Zv w=oszap
            41 i64 inc rw:Zv w=oszap
            42 i64 inc rw:Zv w=oszap
            43 i64 inc rw:Zv w=oszap
            44 i64 inc rw:Zv w=oszap
            45 i64 inc rw:Zv w=oszap
            46 i64 inc rw:Zv w=oszap
            47 i64 inc rw:Zv w=oszap
            48 i64 dec rw:Zv w=oszap
            49 i64 dec rw:Zv w=oszap
            4a i64 dec rw:Zv w=oszap
            4b i64 dec rw:Zv w=oszap
            4c i64 dec rw:Zv w=oszap
            4d i64 dec rw:Zv w=oszap
            4e i64 dec rw:Zv w=oszap
            4f i64 dec rw:Zv w=oszap
            50 - push Zv push d64
            51 - push Zv push d64
            52 - push Zv push d64
            53 - push Zv push d64
            54 - push Zv push d64
            55 - push Zv push d64
            56 - push Zv push d64
            57 - push Zv push d64
            58 - pop w:Zv pop d64
            59 - pop w:Zv pop d64
            5a - pop w:Zv pop d64
            5b - pop w:Zv pop d64
            5c - pop w:Zv pop d64
            5d - pop w:Zv pop d64
            5e - pop w:Zv pop d64
            5f - pop w:Zv pop d64
            60 i64,o16 pushaw - push slots=8 reads=ax+cx+dx+bx+bp+si+di
            60 i64 pushad - push slots=8 reads=eax+ecx+edx+ebx+ebp+esi+edi
            61 i64,o16 popaw - pop slots=8 writes=ax+cx+dx+bx+bp+si+di
            61 i64 popad - pop slots=8 writes=eax+ecx+edx+ebx+ebp+esi+edi
            62 i64,o16 bound Gv,M32 fault
            62 i64 bound Gv,M64 fault
            63 i64 arpl rw:E16,G16 w=z
            63 x64,o64 movsxd w:G64,E32
            63 x64,o32 movsxd w:G32,E32
            63 x64 movsxd w:G16,E32/16
            68 - push Iz push d64
            69 - imul w:Gv,Ev,Iz w=oc u=szap
            6a - push Kv push d64
            6b - imul w:Gv,Ev,Kv w=oc u=szap
            6c - ins w:Y8,dx rep fault r=d reads=repCX writes=aDI+repCX
            6d - ins w:Yz,dx rep fault r=d reads=repCX writes=aDI+repCX
            6e - outs dx,X8 rep fault r=d reads=repCX writes=aSI+repCX
            6f - outs dx,Xz rep fault r=d reads=repCX writes=aSI+repCX
            70 - jo J8 cond hint bnd f64 r=o
            71 - jno J8 cond hint bnd f64 r=o
            72 - jb J8 cond hint bnd f64 r=c
            73 - jae J8 cond hint bnd f64 r=c
            74 - je J8 cond hint bnd f64 r=z
            75 - jne J8 cond hint bnd f64 r=z
            76 - jbe J8 cond hint bnd f64 r=cz
            77 - ja J8 cond hint bnd f64 r=cz
            78 - js J8 cond hint bnd f64 r=s
            79 - jns J8 cond hint bnd f64 r=s
            7a - jp J8 cond hint bnd f64 r=p
            7b - jnp J8 cond hint bnd f64 r=p
            7c - jl J8 cond hint bnd f64 r=so
            7d - jge J8 cond hint bnd f64 r=so
            7e - jle J8 cond hint bnd f64 r=zso
            7f - jg J8 cond hint bnd f64 r=zso
            80 /0 add rw:E8,I8 arith lock elide
            80 /1 or rw:E8,I8 logic lock elide
            80 /2 adc rw:E8,I8 arith r=c lock elide
            80 /3 sbb rw:E8,I8 arith r=c lock elide
            80 /4 and rw:E8,I8 logic lock elide
            80 /5 sub rw:E8,I8 arith lock elide
            80 /6 xor rw:E8,I8 logic lock elide
            80 /7 cmp E8,I8 arith
            81 /0 add rw:Ev,Iz arith lock elide
            81 /1 or rw:Ev,Iz logic lock elide
            81 /2 adc rw:Ev,Iz arith r=c lock elide
            81 /3 sbb rw:Ev,Iz arith r=c lock elide
            81 /4 and rw:Ev,Iz logic lock elide
            81 /5 sub rw:Ev,Iz arith lock elide
            81 /6 xor rw:Ev,Iz logic lock elide
            81 /7 cmp Ev,Iz arith
            82 i64,/0 add rw:E8,I8 arith lock elide
            82 i64,/1 or rw:E8,I8 logic lock elide
            82 i64,/2 adc rw:E8,I8 arith r=c lock elide
            82 i64,/3 sbb rw:E8,I8 arith r=c lock elide
            82 i64,/4 and rw:E8,I8 logic lock elide
            82 i64,/5 sub rw:E8,I8 arith lock elide
            82 i64,/6 xor rw:E8,I8 logic lock elide
            82 i64,/7 cmp E8,I8 arith
            83 /0 add rw:Ev,Kv arith lock elide
            83 /1 or rw:Ev,Kv logic lock elide
            83 /2 adc rw:Ev,Kv arith r=c lock elide
            83 /3 sbb rw:Ev,Kv arith r=c lock elide
            83 /4 and rw:Ev,Kv logic lock elide
            83 /5 sub rw:Ev,Kv arith lock elide
            83 /6 xor rw:Ev,Kv logic lock elide
            83 /7 cmp Ev,Kv arith
            84 - test E8,G8 logic
            85 - test Ev,Gv logic
            86 - xchg rw:E8,rw:G8 lock xchg
            87 - xchg rw:Ev,rw:Gv lock xchg
            88 - mov w:E8,G8 xrelease
            89 - mov w:Ev,Gv xrelease
            8a - mov w:G8,E8
            8b - mov w:Gv,Ev
            8c mem mov w:M16,S16
            8c reg mov w:Ev,S16
            8d - lea w:Gv,n:Mn
            8e mem mov w:S16,M16 fault
            8e reg mov w:S16,Ev fault
            8f /0 pop w:Ev pop d64
            90 f3,norexb pause -
            90 norexb nop -
            90 - xchg rw:Zv,rw:vAX
            91 - xchg rw:Zv,rw:vAX
            92 - xchg rw:Zv,rw:vAX
            93 - xchg rw:Zv,rw:vAX
            94 - xchg rw:Zv,rw:vAX
            95 - xchg rw:Zv,rw:vAX
            96 - xchg rw:Zv,rw:vAX
            97 - xchg rw:Zv,rw:vAX
            98 o16 cbw - reads=al writes=ax
            98 o64 cdqe - reads=eax writes=rax
            98 o32 cwde - reads=ax writes=eax
            99 o16 cwd - reads=ax writes=dx
            99 o64 cqo - reads=rax writes=rdx
            99 o32 cdq - reads=eax writes=edx
            9a i64 call Ap icall push slots=2 fault
            9b - wait - fault
            9c i64,o16 pushf - push r=oditszapc
            9c i64 pushfd - push r=oditszapc
            9c x64,o16 pushf - push r=oditszapc
            9c x64 pushfq - push d64 r=oditszapc
            9d i64,o16 popf - pop w=oditszapc
            9d i64 popfd - pop w=oditszapc
            9d x64,o16 popf - pop w=oditszapc
            9d x64 popfq - pop d64 w=oditszapc
            9e - sahf - reads=ah w=szapc
            9f - lahf - writes=ah r=szapc
            a0 - mov w:al,O8
            a1 - mov w:vAX,Ov
            a2 - mov w:O8,al
            a3 - mov w:Ov,vAX
            a4 - movs w:Y8,X8 rep r=d reads=repCX writes=aSI+aDI+repCX
            a5 - movs w:Yv,Xv rep r=d reads=repCX writes=aSI+aDI+repCX
            a6 - cmps X8,Y8 repz r=d arith reads=repCX writes=aSI+aDI+repCX
            a7 - cmps Xv,Yv repz r=d arith reads=repCX writes=aSI+aDI+repCX
            a8 - test al,I8 logic
            a9 - test vAX,Iz logic
            aa - stos w:Y8,al rep r=d reads=repCX writes=aDI+repCX
            ab - stos w:Yv,vAX rep r=d reads=repCX writes=aDI+repCX
            ac - lods w:al,X8 rep r=d reads=repCX writes=aSI+repCX
            ad - lods w:vAX,Xv rep r=d reads=repCX writes=aSI+repCX
            ae - scas al,Y8 repz r=d arith reads=repCX writes=aDI+repCX
            af - scas vAX,Yv repz r=d arith reads=repCX writes=aDI+repCX
            b0 - mov w:Z8,I8
            b1 - mov w:Z8,I8
            b2 - mov w:Z8,I8
            b3 - mov w:Z8,I8
            b4 - mov w:Z8,I8
            b5 - mov w:Z8,I8
            b6 - mov w:Z8,I8
            b7 - mov w:Z8,I8
            b8 - mov w:Zv,Iv
            b9 - mov w:Zv,Iv
            ba - mov w:Zv,Iv
            bb - mov w:Zv,Iv
            bc - mov w:Zv,Iv
            bd - mov w:Zv,Iv
            be - mov w:Zv,Iv
            bf - mov w:Zv,Iv
            c0 /0 rol rw:E8,I8 w=oc
            c0 /1 ror rw:E8,I8 w=oc
            c0 /2 rcl rw:E8,I8 w=oc r=c
            c0 /3 rcr rw:E8,I8 w=oc r=c
            c0 /4 shl rw:E8,I8 w=oszapc u=a
            c0 /5 shr rw:E8,I8 w=oszapc u=a
            c0 /6 shl rw:E8,I8 w=oszapc u=a
            c0 /7 sar rw:E8,I8 w=oszapc u=a
            c1 /0 rol rw:Ev,I8 w=oc
            c1 /1 ror rw:Ev,I8 w=oc
            c1 /2 rcl rw:Ev,I8 w=oc r=c
            c1 /3 rcr rw:Ev,I8 w=oc r=c
            c1 /4 shl rw:Ev,I8 w=oszapc u=a
            c1 /5 shr rw:Ev,I8 w=oszapc u=a
            c1 /6 shl rw:Ev,I8 w=oszapc u=a
            c1 /7 sar rw:Ev,I8 w=oszapc u=a
            c2 - ret I16 ret pop f64 bnd
            c3 - ret - ret pop f64 bnd
            c4 i64 les w:Gv,Mp writes=es fault
            c5 i64 lds w:Gv,Mp writes=ds fault
            c6 reg,/7,rm0 xabort I8 reads=al
            c6 /0 mov w:E8,I8 xrelease
            c7 reg,/7,rm0 xbegin Jz cond writes=eax
            c7 /0 mov w:Ev,Iz xrelease
            c8 - enter I16,I8 stack d64 reads=vBP writes=vBP
            c9 - leave - stack d64 reads=vBP writes=vBP
            ca o64 retfq I16 ret pop slots=2 fault
            ca - retf I16 ret pop slots=2 fault
            cb o64 retfq - ret pop slots=2 fault
            cb - retf - ret pop slots=2 fault
            cc - int3 - int fault
            cd - int I8 int fault
            ce i64 into - int fault r=o
            cf o16 iret - ret stack w=oditszapc
            cf o64 iretq - ret stack w=oditszapc
            cf o32 iretd - ret stack w=oditszapc
            d0 /0 rol rw:E8,1 w=oc
            d0 /1 ror rw:E8,1 w=oc
            d0 /2 rcl rw:E8,1 w=oc r=c
            d0 /3 rcr rw:E8,1 w=oc r=c
            d0 /4 shl rw:E8,1 w=oszapc u=a
            d0 /5 shr rw:E8,1 w=oszapc u=a
            d0 /6 shl rw:E8,1 w=oszapc u=a
            d0 /7 sar rw:E8,1 w=oszapc u=a
            d1 /0 rol rw:Ev,1 w=oc
            d1 /1 ror rw:Ev,1 w=oc
            d1 /2 rcl rw:Ev,1 w=oc r=c
            d1 /3 rcr rw:Ev,1 w=oc r=c
            d1 /4 shl rw:Ev,1 w=oszapc u=a
            d1 /5 shr rw:Ev,1 w=oszapc u=a
            d1 /6 shl rw:Ev,1 w=oszapc u=a
            d1 /7 sar rw:Ev,1 w=oszapc u=a
            d2 /0 rol rw:E8,cl w=oc
            d2 /1 ror rw:E8,cl w=oc
            d2 /2 rcl rw:E8,cl w=oc r=c
            d2 /3 rcr rw:E8,cl w=oc r=c
            d2 /4 shl rw:E8,cl w=oszapc u=a
            d2 /5 shr rw:E8,cl w=oszapc u=a
            d2 /6 shl rw:E8,cl w=oszapc u=a
            d2 /7 sar rw:E8,cl w=oszapc u=a
            d3 /0 rol rw:Ev,cl w=oc
            d3 /1 ror rw:Ev,cl w=oc
            d3 /2 rcl rw:Ev,cl w=oc r=c
            d3 /3 rcr rw:Ev,cl w=oc r=c
            d3 /4 shl rw:Ev,cl w=oszapc u=a
            d3 /5 shr rw:Ev,cl w=oszapc u=a
            d3 /6 shl rw:Ev,cl w=oszapc u=a
            d3 /7 sar rw:Ev,cl w=oszapc u=a
            d4 i64 aam I8 w=szp u=oac reads=al writes=ax fault
            d5 i64 aad I8 w=szp u=oac reads=ax writes=ax
            d6 i64 salc - r=c writes=al
            d7 - xlat T8 reads=al+aBX writes=al
            e0 - loopne J8 cond f64 reads=aCX writes=aCX r=z
            e1 - loope J8 cond f64 reads=aCX writes=aCX r=z
            e2 - loop J8 cond f64 reads=aCX writes=aCX
            e3 a16 jcxz J8 cond f64 reads=cx
            e3 a64 jrcxz J8 cond f64 reads=rcx
            e3 a32 jecxz J8 cond f64 reads=ecx
            e4 - in w:al,I8 fault
            e5 - in w:zAX,I8 fault
            e6 - out I8,al fault
            e7 - out I8,zAX fault
            e8 - call Jz call push f64 bnd
            e9 x64,o16 jmp J16 jump bnd
            e9 - jmp Jz jump f64 bnd
            ea i64 jmp Ap ijump fault
            eb - jmp J8 jump f64 bnd
            ec - in w:al,dx fault
            ed - in w:zAX,dx fault
            ee - out dx,al fault
            ef - out dx,zAX fault
            f1 - int1 - int fault
            f4 - hlt - priv
            f5 - cmc - r=c w=c
            f6 /0 test E8,I8 logic
            f6 /1 test E8,I8 logic
            f6 /2 not rw:E8 lock elide
            f6 /3 neg rw:E8 lock elide arith
            f6 /4 mul E8 w=oc u=szap reads=al writes=ax
            f6 /5 imul E8 w=oc u=szap reads=al writes=ax
            f6 /6 div E8 u=oszapc fault reads=ax writes=ax
            f6 /7 idiv E8 u=oszapc fault reads=ax writes=ax
            f7 /0 test Ev,Iz logic
            f7 /1 test Ev,Iz logic
            f7 /2 not rw:Ev lock elide
            f7 /3 neg rw:Ev lock elide arith
            f7 /4 mul Ev w=oc u=szap reads=vAX writes=vAX+vDX
            f7 /5 imul Ev w=oc u=szap reads=vAX writes=vAX+vDX
            f7 /6 div Ev u=oszapc fault reads=vAX+vDX writes=vAX+vDX
            f7 /7 idiv Ev u=oszapc fault reads=vAX+vDX writes=vAX+vDX
            f8 - clc - w=c
            f9 - stc - w=c
            fa - cli - w=i fault
            fb - sti - w=i fault
            fc - cld - w=d
            fd - std - w=d
            fe /0 inc rw:E8 w=oszap lock elide
            fe /1 dec rw:E8 w=oszap lock elide
            ff /0 inc rw:Ev w=oszap lock elide
            ff /1 dec rw:Ev w=oszap lock elide
            ff /2 call Ev icall push f64 bnd notrack
            ff /3 call Mp icall push slots=2 fault
            ff /4 jmp Ev ijump f64 bnd notrack
            ff /5 jmp Mp ijump fault
            ff /6 push Ev push d64
            """;
    }
}
