package oriel.engine.disasm;

/** XOP map 9. What a row says is explained in docs/formats/x86.md. */
final class X86RowsXop9 {
    private X86RowsXop9() {}

    static String rows() {
        return """
            01 np,l0,/1 blcfill w:By,Ey w=oszc u=ap
            01 np,l0,/2 blsfill w:By,Ey w=oszc u=ap
            01 np,l0,/3 blcs w:By,Ey w=oszc u=ap
            01 np,l0,/4 tzmsk w:By,Ey w=oszc u=ap
            01 np,l0,/5 blcic w:By,Ey w=oszc u=ap
            01 np,l0,/6 blsic w:By,Ey w=oszc u=ap
            01 np,l0,/7 t1mskc w:By,Ey w=oszc u=ap
            02 np,l0,/1 blcmsk w:By,Ey w=oszc u=ap
            02 np,l0,/6 blci w:By,Ey w=oszc u=ap
            12 np,l0,/0 llwpcb Ry
            12 np,l0,/1 slwpcb w:Ry
            80 np,w0 vfrczps w:Vx,Wx
            81 np,w0 vfrczpd w:Vx,Wx
            82 np,w0,l0 vfrczss w:V128,W128/32
            83 np,w0,l0 vfrczsd w:V128,W128/64
            90 np,w0,l0 vprotb w:V128,W128,H128
            90 np,w1,l0 vprotb w:V128,H128,W128
            91 np,w0,l0 vprotw w:V128,W128,H128
            91 np,w1,l0 vprotw w:V128,H128,W128
            92 np,w0,l0 vprotd w:V128,W128,H128
            92 np,w1,l0 vprotd w:V128,H128,W128
            93 np,w0,l0 vprotq w:V128,W128,H128
            93 np,w1,l0 vprotq w:V128,H128,W128
            94 np,w0,l0 vpshlb w:V128,W128,H128
            94 np,w1,l0 vpshlb w:V128,H128,W128
            95 np,w0,l0 vpshlw w:V128,W128,H128
            95 np,w1,l0 vpshlw w:V128,H128,W128
            96 np,w0,l0 vpshld w:V128,W128,H128
            96 np,w1,l0 vpshld w:V128,H128,W128
            97 np,w0,l0 vpshlq w:V128,W128,H128
            97 np,w1,l0 vpshlq w:V128,H128,W128
            98 np,w0,l0 vpshab w:V128,W128,H128
            98 np,w1,l0 vpshab w:V128,H128,W128
            99 np,w0,l0 vpshaw w:V128,W128,H128
            99 np,w1,l0 vpshaw w:V128,H128,W128
            9a np,w0,l0 vpshad w:V128,W128,H128
            9a np,w1,l0 vpshad w:V128,H128,W128
            9b np,w0,l0 vpshaq w:V128,W128,H128
            9b np,w1,l0 vpshaq w:V128,H128,W128
            c1 np,w0,l0 vphaddbw w:V128,W128
            c2 np,w0,l0 vphaddbd w:V128,W128
            c3 np,w0,l0 vphaddbq w:V128,W128
            c6 np,w0,l0 vphaddwd w:V128,W128
            c7 np,w0,l0 vphaddwq w:V128,W128
            cb np,w0,l0 vphadddq w:V128,W128
            d1 np,w0,l0 vphaddubw w:V128,W128
            d2 np,w0,l0 vphaddubd w:V128,W128
            d3 np,w0,l0 vphaddubq w:V128,W128
            d6 np,w0,l0 vphadduwd w:V128,W128
            d7 np,w0,l0 vphadduwq w:V128,W128
            db np,w0,l0 vphaddudq w:V128,W128
            e1 np,w0,l0 vphsubbw w:V128,W128
            e2 np,w0,l0 vphsubwd w:V128,W128
            e3 np,w0,l0 vphsubdq w:V128,W128
            """;
    }
}
