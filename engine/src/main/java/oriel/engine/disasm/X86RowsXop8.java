package oriel.engine.disasm;

/** XOP map 8. What a row says is explained in docs/formats/x86.md. */
final class X86RowsXop8 {
    private X86RowsXop8() {}

    static String rows() {
        return """
            85 np,w0,l0 vpmacssww w:V128,H128,W128,L128
            86 np,w0,l0 vpmacsswd w:V128,H128,W128,L128
            87 np,w0,l0 vpmacssdql w:V128,H128,W128,L128
            8e np,w0,l0 vpmacssdd w:V128,H128,W128,L128
            8f np,w0,l0 vpmacssdqh w:V128,H128,W128,L128
            95 np,w0,l0 vpmacsww w:V128,H128,W128,L128
            96 np,w0,l0 vpmacswd w:V128,H128,W128,L128
            97 np,w0,l0 vpmacsdql w:V128,H128,W128,L128
            9e np,w0,l0 vpmacsdd w:V128,H128,W128,L128
            9f np,w0,l0 vpmacsdqh w:V128,H128,W128,L128
            a2 np,w0 vpcmov w:Vx,Hx,Wx,Lx
            a2 np,w1 vpcmov w:Vx,Hx,Lx,Wx
            a3 np,w0,l0 vpperm w:V128,H128,W128,L128
            a3 np,w1,l0 vpperm w:V128,H128,L128,W128
            a6 np,w0,l0 vpmadcsswd w:V128,H128,W128,L128
            b6 np,w0,l0 vpmadcswd w:V128,H128,W128,L128
            c0 np,w0,l0 vprotb w:V128,W128,I8
            c1 np,w0,l0 vprotw w:V128,W128,I8
            c2 np,w0,l0 vprotd w:V128,W128,I8
            c3 np,w0,l0 vprotq w:V128,W128,I8
            cc np,w0,l0 vpcomb w:V128,H128,W128,I8
            cd np,w0,l0 vpcomw w:V128,H128,W128,I8
            ce np,w0,l0 vpcomd w:V128,H128,W128,I8
            cf np,w0,l0 vpcomq w:V128,H128,W128,I8
            ec np,w0,l0 vpcomub w:V128,H128,W128,I8
            ed np,w0,l0 vpcomuw w:V128,H128,W128,I8
            ee np,w0,l0 vpcomud w:V128,H128,W128,I8
            ef np,w0,l0 vpcomuq w:V128,H128,W128,I8
            """;
    }
}
