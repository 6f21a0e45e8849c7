package oriel.engine.disasm;

/** Opcodes 80 to ff behind 0f. What a row says is explained in docs/formats/x86.md. */
final class X86Rows0f80 {
    private X86Rows0f80() {}

    static String rows() {
        return """
            80 x64,o16 jo J16 cond hint bnd r=o
            80 - jo Jz cond hint bnd f64 r=o
            81 x64,o16 jno J16 cond hint bnd r=o
            81 - jno Jz cond hint bnd f64 r=o
            82 x64,o16 jb J16 cond hint bnd r=c
            82 - jb Jz cond hint bnd f64 r=c
            83 x64,o16 jae J16 cond hint bnd r=c
            83 - jae Jz cond hint bnd f64 r=c
            84 x64,o16 je J16 cond hint bnd r=z
            84 - je Jz cond hint bnd f64 r=z
            85 x64,o16 jne J16 cond hint bnd r=z
            85 - jne Jz cond hint bnd f64 r=z
            86 x64,o16 jbe J16 cond hint bnd r=cz
            86 - jbe Jz cond hint bnd f64 r=cz
            87 x64,o16 ja J16 cond hint bnd r=cz
            87 - ja Jz cond hint bnd f64 r=cz
            88 x64,o16 js J16 cond hint bnd r=s
            88 - js Jz cond hint bnd f64 r=s
            89 x64,o16 jns J16 cond hint bnd r=s
            89 - jns Jz cond hint bnd f64 r=s
            8a x64,o16 jp J16 cond hint bnd r=p
            8a - jp Jz cond hint bnd f64 r=p
            8b x64,o16 jnp J16 cond hint bnd r=p
            8b - jnp Jz cond hint bnd f64 r=p
            8c x64,o16 jl J16 cond hint bnd r=so
            8c - jl Jz cond hint bnd f64 r=so
            8d x64,o16 jge J16 cond hint bnd r=so
            8d - jge Jz cond hint bnd f64 r=so
            8e x64,o16 jle J16 cond hint bnd r=zso
            8e - jle Jz cond hint bnd f64 r=zso
            8f x64,o16 jg J16 cond hint bnd r=zso
            8f - jg Jz cond hint bnd f64 r=zso
            90 - seto w:E8 r=o
            91 - setno w:E8 r=o
            92 - setb w:E8 r=c
            93 - setae w:E8 r=c
            94 - sete w:E8 r=z
            95 - setne w:E8 r=z
            96 - setbe w:E8 r=cz
            97 - seta w:E8 r=cz
            98 - sets w:E8 r=s
            99 - setns w:E8 r=s
            9a - setp w:E8 r=p
            9b - setnp w:E8 r=p
            9c - setl w:E8 r=so
            9d - setge w:E8 r=so
            9e - setle w:E8 r=zso
            9f - setg w:E8 r=zso
            a0 - push fs push d64
            a1 - pop w:fs pop d64
            a2 - cpuid - reads=eax+ecx writes=eax+ebx+ecx+edx
            a3 - bt Ev,Gv w=c u=oszap
            a4 - shld rw:Ev,Gv,I8 w=oszpc u=a
            a5 - shld rw:Ev,Gv,cl w=oszpc u=a
            a6 reg,/0,rm0 montmul - reads=rax+rsi writes=rax+rdx+rsi fault
            a6 reg,/1,rm0 xsha1 - reads=rax+rsi+rdi writes=rax+rsi+rdi fault
            a6 reg,/2,rm0 xsha256 - reads=rax+rsi+rdi writes=rax+rsi+rdi fault
            a7 reg,/0,rm0 xstorerng - reads=rdx+rdi writes=rax+rdi fault
            a7 reg,/1,rm0 xcryptecb - reads=rbx+rdx+rsi+rdi writes=rsi+rdi fault
            a7 reg,/2,rm0 xcryptcbc - reads=rbx+rdx+rsi+rdi writes=rsi+rdi fault
            a7 reg,/3,rm0 xcryptctr - reads=rbx+rdx+rsi+rdi writes=rsi+rdi fault
            a7 reg,/4,rm0 xcryptcfb - reads=rbx+rdx+rsi+rdi writes=rsi+rdi fault
            a7 reg,/5,rm0 xcryptofb - reads=rbx+rdx+rsi+rdi writes=rsi+rdi fault
            a8 - push gs push d64
            a9 - pop w:gs pop d64
            aa - rsm - ret priv
            ab - bts rw:Ev,Gv w=c u=oszap lock elide
            ac - shrd rw:Ev,Gv,I8 w=oszpc u=a
            ad - shrd rw:Ev,Gv,cl w=oszpc u=a
            ae f3,o64,/5 incsspq R64
            ae f3,/0,x64 rdfsbase w:Ry
            ae f3,/1,x64 rdgsbase w:Ry
            ae f3,/2,x64 wrfsbase Ry
            ae f3,/3,x64 wrgsbase Ry
            ae f3,/4 ptwrite Ey
            ae f3,/5 incsspd R32
            ae f3,/6 clrssbsy rw:M64 priv
            ae f2,/6 xsaveopt w:Mn reads=edx+eax
            ae f3,/6 umonitor Ra fault
            ae f2,/6 umwait R32 arith reads=eax+edx
            ae 66,/6 clwb n:M8
            ae 66,/6 tpause R32 arith reads=eax+edx
            ae 66,/7 clflushopt n:M8
            ae o64,/0 fxsave64 w:Mn
            ae o64,/1 fxrstor64 Mn
            ae o64,/4 xsave64 w:Mn reads=edx+eax
            ae o64,/5 xrstor64 Mn reads=edx+eax
            ae o64,/6 xsaveopt64 w:Mn reads=edx+eax
            ae np,/6 xsaveopt w:Mn reads=edx+eax
            ae np,/6 mfence -
            ae /0 fxsave w:Mn
            ae /1 fxrstor Mn
            ae /2 ldmxcsr rw:M32
            ae /3 stmxcsr w:M32
            ae /4 xsave w:Mn reads=edx+eax
            ae /5 xrstor Mn reads=edx+eax
            ae /5 lfence -
            ae /7 clflush n:M8
            ae /7 sfence -
            af - imul rw:Gv,Ev w=oc u=szap
            b0 - cmpxchg rw:E8,G8 lock elide arith reads=al writes=al
            b1 - cmpxchg rw:Ev,Gv lock elide arith reads=vAX writes=vAX
            b2 - lss w:Gv,Mp writes=ss fault
            b3 - btr rw:Ev,Gv w=c u=oszap lock elide
            b4 - lfs w:Gv,Mp writes=fs fault
            b5 - lgs w:Gv,Mp writes=gs fault
            b6 - movzx w:Gv,E8
            b7 - movzx w:Gv,E16
            b8 f3 popcnt w:Gv,Ev arith
            b9 - ud1 n:Gv,n:Ev ud fault
            ba /4 bt Ev,I8 w=c u=oszap
            ba /5 bts rw:Ev,I8 w=c u=oszap lock elide
            ba /6 btr rw:Ev,I8 w=c u=oszap lock elide
            ba /7 btc rw:Ev,I8 w=c u=oszap lock elide
            bb - btc rw:Ev,Gv w=c u=oszap lock elide
            bc f3 tzcnt w:Gv,Ev w=zc u=osap
            bc f2 bsf w:Gy,Ey w=z u=oscap
            bc nof bsf w:Gv,Ev w=z u=oscap
            bd f3 lzcnt w:Gv,Ev w=zc u=osap
            bd f2 bsr w:Gy,Ey w=z u=oscap
            bd nof bsr w:Gv,Ev w=z u=oscap
            be - movsx w:Gv,E8
            bf - movsx w:Gv,E16
            c0 - xadd rw:E8,rw:G8 lock elide arith
            c1 - xadd rw:Ev,rw:Gv lock elide arith
            c2 f3 cmpss rw:V128,W128/32,I8
            c2 f2 cmpsd rw:V128,W128/64,I8
            c2 np cmpps rw:V128,W128,I8
            c2 66 cmppd rw:V128,W128,I8
            c3 - movnti w:My,Gy
            c4 66 pinsrw rw:V128,E32/16,I8
            c4 - pinsrw rw:P64,E32/16,I8
            c5 66 pextrw w:G32,U128,I8
            c5 - pextrw w:G32,N64,I8
            c6 66 shufpd rw:V128,W128,I8
            c6 - shufps rw:V128,W128,I8
            c7 f3,/6 vmxon M64 priv
            c7 f2,/6 vmptrld M64 priv
            c7 f3,/6,x64 senduipi Rm
            c7 f2,/6 rdrand w:Ry arith
            c7 f3,/7 rdpid w:Rm
            c7 f2,/7 rdseed w:Ry arith
            c7 np,/6 vmptrld M64 priv
            c7 66,/6 vmclear M64 priv
            c7 nof,/6 rdrand w:Rv arith
            c7 nof,/7 rdseed w:Rv arith
            c7 o64,/1 cmpxchg16b rw:M128 w=z lock elide reads=rax+rbx+rcx+rdx writes=rax+rdx
            c7 o64,/3 xrstors64 Mn reads=edx+eax priv
            c7 o64,/4 xsavec64 w:Mn reads=edx+eax
            c7 o64,/5 xsaves64 w:Mn reads=edx+eax priv
            c7 /1 cmpxchg8b rw:M64 w=z lock elide reads=eax+ebx+ecx+edx writes=eax+edx
            c7 /3 xrstors Mn reads=edx+eax priv
            c7 /4 xsavec w:Mn reads=edx+eax
            c7 /5 xsaves w:Mn reads=edx+eax priv
            c7 /7 vmptrst w:M64 priv
            c8 - bswap rw:Zv
            c9 - bswap rw:Zv
            ca - bswap rw:Zv
            cb - bswap rw:Zv
            cc - bswap rw:Zv
            cd - bswap rw:Zv
            ce - bswap rw:Zv
            cf - bswap rw:Zv
            d0 f2 addsubps rw:V128,W128
            d0 66 addsubpd rw:V128,W128
            d1 66 psrlw rw:V128,W128
            d1 - psrlw rw:P64,Q64
            d2 66 psrld rw:V128,W128
            d2 - psrld rw:P64,Q64
            d3 66 psrlq rw:V128,W128
            d3 - psrlq rw:P64,Q64
            d4 66 paddq rw:V128,W128
            d4 - paddq rw:P64,Q64
            d5 66 pmullw rw:V128,W128
            d5 - pmullw rw:P64,Q64
            d6 f3 movq2dq w:V128,N64
            d6 f2 movdq2q w:P64,U128
            d6 66 movq w:W128/64,V128
            d7 66 pmovmskb w:G32,U128
            d7 - pmovmskb w:G32,N64
            d8 66 psubusb rw:V128,W128
            d8 - psubusb rw:P64,Q64
            d9 66 psubusw rw:V128,W128
            d9 - psubusw rw:P64,Q64
            da 66 pminub rw:V128,W128
            da - pminub rw:P64,Q64
            db 66 pand rw:V128,W128
            db - pand rw:P64,Q64
            dc 66 paddusb rw:V128,W128
            dc - paddusb rw:P64,Q64
            dd 66 paddusw rw:V128,W128
            dd - paddusw rw:P64,Q64
            de 66 pmaxub rw:V128,W128
            de - pmaxub rw:P64,Q64
            df 66 pandn rw:V128,W128
            df - pandn rw:P64,Q64
            e0 66 pavgb rw:V128,W128
            e0 - pavgb rw:P64,Q64
            e1 66 psraw rw:V128,W128
            e1 - psraw rw:P64,Q64
            e2 66 psrad rw:V128,W128
            e2 - psrad rw:P64,Q64
            e3 66 pavgw rw:V128,W128
            e3 - pavgw rw:P64,Q64
            e4 66 pmulhuw rw:V128,W128
            e4 - pmulhuw rw:P64,Q64
            e5 66 pmulhw rw:V128,W128
            e5 - pmulhw rw:P64,Q64
            e6 f3 cvtdq2pd w:V128,W128/64
            e6 f2 cvtpd2dq w:V128,W128
            e6 66 cvttpd2dq w:V128,W128
            e7 66 movntdq w:M128,V128
            e7 - movntq rw:M64,P64
            e8 66 psubsb rw:V128,W128
            e8 - psubsb rw:P64,Q64
            e9 66 psubsw rw:V128,W128
            e9 - psubsw rw:P64,Q64
            ea 66 pminsw rw:V128,W128
            ea - pminsw rw:P64,Q64
            eb 66 por rw:V128,W128
            eb - por rw:P64,Q64
            ec 66 paddsb rw:V128,W128
            ec - paddsb rw:P64,Q64
            ed 66 paddsw rw:V128,W128
            ed - paddsw rw:P64,Q64
            ee 66 pmaxsw rw:V128,W128
            ee - pmaxsw rw:P64,Q64
            ef 66 pxor rw:V128,W128
            ef - pxor rw:P64,Q64
            f0 f2 lddqu w:V128,M128
            f1 66 psllw rw:V128,W128
            f1 - psllw rw:P64,Q64
            f2 66 pslld rw:V128,W128
            f2 - pslld rw:P64,Q64
            f3 66 psllq rw:V128,W128
            f3 - psllq rw:P64,Q64
            f4 66 pmuludq rw:V128,W128
            f4 - pmuludq rw:P64,Q64
            f5 66 pmaddwd rw:V128,W128
            f5 - pmaddwd rw:P64,Q64
            f6 66 psadbw rw:V128,W128
            f6 - psadbw rw:P64,Q64
            f7 66 maskmovdqu V128,U128,rw:F128
            f7 - maskmovq P64,N64,rw:F64
            f8 66 psubb rw:V128,W128
            f8 - psubb rw:P64,Q64
            f9 66 psubw rw:V128,W128
            f9 - psubw rw:P64,Q64
            fa 66 psubd rw:V128,W128
            fa - psubd rw:P64,Q64
            fb 66 psubq rw:V128,W128
            fb - psubq rw:P64,Q64
            fc 66 paddb rw:V128,W128
            fc - paddb rw:P64,Q64
            fd 66 paddw rw:V128,W128
            fd - paddw rw:P64,Q64
            fe 66 paddd rw:V128,W128
            fe - paddd rw:P64,Q64
            """;
    }
}
