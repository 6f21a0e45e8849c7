package oriel.engine.disasm;

/** Opcodes d8 to df, the x87. What a row says is explained in docs/formats/x86.md. */
final class X86RowsX87 {
    private X86RowsX87() {}

    static String rows() {
        return """
            d8 mem,/0 fadd M32 reads=st(0) writes=st(0)
            d8 reg,/0 fadd rw:st(0),sti
            d8 mem,/1 fmul M32 reads=st(0) writes=st(0)
            d8 reg,/1 fmul rw:st(0),sti
            d8 mem,/2 fcom M32 reads=st(0) writes=fpsw
            d8 reg,/2 fcom sti reads=st(0) writes=fpsw
            d8 mem,/3 fcomp M32 reads=st(0) writes=fpsw fpop
            d8 reg,/3 fcomp sti reads=st(0) writes=fpsw fpop
            d8 mem,/4 fsub M32 reads=st(0) writes=st(0)
            d8 reg,/4 fsub rw:st(0),sti
            d8 mem,/5 fsubr M32 reads=st(0) writes=st(0)
            d8 reg,/5 fsubr rw:st(0),sti
            d8 mem,/6 fdiv M32 reads=st(0) writes=st(0)
            d8 reg,/6 fdiv rw:st(0),sti
            d8 mem,/7 fdivr M32 reads=st(0) writes=st(0)
            d8 reg,/7 fdivr rw:st(0),sti
            d9 mem,/0 fld M32 writes=st(0) fpush
            d9 mem,/2 fst w:M32 reads=st(0)
            d9 mem,/3 fstp w:M32 reads=st(0) fpop
            d9 mem,/4 fldenv Mn fset
            d9 mem,/5 fldcw M16 writes=fpcw
            d9 mem,/6 fnstenv w:Mn
            d9 mem,/7 fnstcw w:M16 reads=fpcw
            d9 reg,/0 fld sti writes=st(0) fpush
            d9 reg,/1 fxch rw:sti reads=st(0) writes=st(0)
            d9 reg,/2,rm0 fnop -
            d9 reg,/4,rm0 fchs - reads=st(0) writes=st(0)
            d9 reg,/4,rm1 fabs - reads=st(0) writes=st(0)
            d9 reg,/4,rm4 ftst - reads=st(0) writes=fpsw
            d9 reg,/4,rm5 fxam - reads=st(0) writes=fpsw
            d9 reg,/5,rm0 fld1 - writes=st(0) fpush
            d9 reg,/5,rm1 fldl2t - writes=st(0) fpush
            d9 reg,/5,rm2 fldl2e - writes=st(0) fpush
            d9 reg,/5,rm3 fldpi - writes=st(0) fpush
            d9 reg,/5,rm4 fldlg2 - writes=st(0) fpush
            d9 reg,/5,rm5 fldln2 - writes=st(0) fpush
            d9 reg,/5,rm6 fldz - writes=st(0) fpush
            d9 reg,/6,rm0 f2xm1 - reads=st(0) writes=st(0)
            d9 reg,/6,rm1 fyl2x - reads=st(0)+st(1) writes=st(0)+st(1) fpop
            d9 reg,/6,rm2 fptan - reads=st(0) writes=st(0) fpush
            d9 reg,/6,rm3 fpatan - reads=st(0)+st(1) writes=st(0)+st(1) fpop
            d9 reg,/6,rm4 fxtract - reads=st(0) writes=st(0) fpush
            d9 reg,/6,rm5 fprem1 - reads=st(0) writes=st(0)+fpsw
            d9 reg,/6,rm6 fdecstp - fpush
            d9 reg,/6,rm7 fincstp - fpop
            d9 reg,/7,rm0 fprem - reads=st(0) writes=st(0)+fpsw
            d9 reg,/7,rm1 fyl2xp1 - reads=st(0)+st(1) writes=st(0)+st(1) fpop
            d9 reg,/7,rm2 fsqrt - reads=st(0) writes=st(0)
            d9 reg,/7,rm3 fsincos - reads=st(0) writes=st(0) fpush
            d9 reg,/7,rm4 frndint - reads=st(0) writes=st(0)
            d9 reg,/7,rm5 fscale - reads=st(0) writes=st(0)
            d9 reg,/7,rm6 fsin - reads=st(0) writes=st(0)
            d9 reg,/7,rm7 fcos - reads=st(0) writes=st(0)
            da mem,/0 fiadd M32 reads=st(0) writes=st(0)
            da mem,/1 fimul M32 reads=st(0) writes=st(0)
            da mem,/2 ficom M32 reads=st(0) writes=fpsw
            da mem,/3 ficomp M32 reads=st(0) writes=fpsw fpop
            da mem,/4 fisub M32 reads=st(0) writes=st(0)
            da mem,/5 fisubr M32 reads=st(0) writes=st(0)
            da mem,/6 fidiv M32 reads=st(0) writes=st(0)
            da mem,/7 fidivr M32 reads=st(0) writes=st(0)
            da reg,/0 fcmovb rw:st(0),sti r=c
            da reg,/1 fcmove rw:st(0),sti r=z
            da reg,/2 fcmovbe rw:st(0),sti r=cz
            da reg,/3 fcmovu rw:st(0),sti r=p
            da reg,/5,rm1 fucompp - reads=st(0)+st(1) writes=fpsw fpop2
            db mem,/0 fild M32 writes=st(0) fpush
            db mem,/1 fisttp w:M32 reads=st(0) fpop
            db mem,/2 fist w:M32 reads=st(0)
            db mem,/3 fistp w:M32 reads=st(0) fpop
            db mem,/5 fld M80 writes=st(0) fpush
            db mem,/7 fstp w:M80 reads=st(0) fpop
            db reg,/0 fcmovnb rw:st(0),sti r=c
            db reg,/1 fcmovne rw:st(0),sti r=z
            db reg,/2 fcmovnbe rw:st(0),sti r=cz
            db reg,/3 fcmovnu rw:st(0),sti r=p
            db reg,/4,rm0 fneni -
            db reg,/4,rm1 fndisi -
            db reg,/4,rm2 fnclex -
            db reg,/4,rm3 fninit - fset
            db reg,/4,rm4 fnsetpm -
            db reg,/4,rm5 frstpm -
            db reg,/5 fucomi st(0),sti w=oszapc
            db reg,/6 fcomi st(0),sti w=oszapc
            dc mem,/0 fadd M64 reads=st(0) writes=st(0)
            dc mem,/1 fmul M64 reads=st(0) writes=st(0)
            dc mem,/2 fcom M64 reads=st(0) writes=fpsw
            dc mem,/3 fcomp M64 reads=st(0) writes=fpsw fpop
            dc mem,/4 fsub M64 reads=st(0) writes=st(0)
            dc mem,/5 fsubr M64 reads=st(0) writes=st(0)
            dc mem,/6 fdiv M64 reads=st(0) writes=st(0)
            dc mem,/7 fdivr M64 reads=st(0) writes=st(0)
            dc reg,/0 fadd rw:sti,st(0)
            dc reg,/1 fmul rw:sti,st(0)
            dc reg,/4 fsubr rw:sti,st(0)
            dc reg,/5 fsub rw:sti,st(0)
            dc reg,/6 fdivr rw:sti,st(0)
            dc reg,/7 fdiv rw:sti,st(0)
            dd mem,/0 fld M64 writes=st(0) fpush
            dd mem,/1 fisttp w:M64 reads=st(0) fpop
            dd mem,/2 fst w:M64 reads=st(0)
            dd mem,/3 fstp w:M64 reads=st(0) fpop
            dd mem,/4 frstor Mn fset
            dd mem,/6 fnsave w:Mn fset
            dd mem,/7 fnstsw w:M16 reads=fpsw
            dd reg,/0 ffree n:sti
            dd reg,/2 fst w:sti reads=st(0)
            dd reg,/3 fstp w:sti reads=st(0) fpop
            dd reg,/4 fucom sti reads=st(0) writes=fpsw
            dd reg,/5 fucomp sti reads=st(0) writes=fpsw fpop
            de mem,/0 fiadd M16 reads=st(0) writes=st(0)
            de mem,/1 fimul M16 reads=st(0) writes=st(0)
            de mem,/2 ficom M16 reads=st(0) writes=fpsw
            de mem,/3 ficomp M16 reads=st(0) writes=fpsw fpop
            de mem,/4 fisub M16 reads=st(0) writes=st(0)
            de mem,/5 fisubr M16 reads=st(0) writes=st(0)
            de mem,/6 fidiv M16 reads=st(0) writes=st(0)
            de mem,/7 fidivr M16 reads=st(0) writes=st(0)
            de reg,/0 faddp rw:sti,st(0) fpop
            de reg,/1 fmulp rw:sti,st(0) fpop
            de reg,/4 fsubrp rw:sti,st(0) fpop
            de reg,/5 fsubp rw:sti,st(0) fpop
            de reg,/6 fdivrp rw:sti,st(0) fpop
            de reg,/7 fdivp rw:sti,st(0) fpop
            de reg,/3,rm1 fcompp - reads=st(0)+st(1) writes=fpsw fpop2
            df mem,/0 fild M16 writes=st(0) fpush
            df mem,/1 fisttp w:M16 reads=st(0) fpop
            df mem,/2 fist w:M16 reads=st(0)
            df mem,/3 fistp w:M16 reads=st(0) fpop
            df mem,/4 fbld M80 writes=st(0) fpush
            df mem,/5 fild M64 writes=st(0) fpush
            df mem,/6 fbstp w:M80 reads=st(0) fpop
            df mem,/7 fistp w:M64 reads=st(0) fpop
            df reg,/0 ffreep n:sti fpop
            df reg,/4,rm0 fnstsw w:ax reads=fpsw
            df reg,/5 fucomip st(0),sti w=oszapc fpop
            df reg,/6 fcomip st(0),sti w=oszapc fpop
            """;
    }
}
