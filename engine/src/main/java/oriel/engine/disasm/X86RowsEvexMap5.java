package oriel.engine.disasm;

/** EVEX map 5. What a row says is explained in docs/formats/x86.md. */
final class X86RowsEvexMap5 {
    private X86RowsEvexMap5() {}

    static String rows() {
        return """
            10 f3,w0 vmovsh w:V128,M16 kz
            10 f3,w0 vmovsh w:V128,H128,U128 kz
            11 f3,w0 vmovsh w:M16,V128 k
            11 f3,w0 vmovsh w:U128,H128,V128 kz
            1d np,w0 vcvtss2sh w:V128,H128,W128/32 kz er
            1d 66,w0,l0 vcvtps2phx w:V128,W128b32 kz er
            1d 66,w0,l1 vcvtps2phx w:V128,W256b32 kz er
            1d 66,w0,l2 vcvtps2phx w:V256,W512b32 kz er
            2a f3 vcvtsi2sh w:V128,H128,Ey er
            2c f3 vcvttsh2si w:Gy,W128/16 sae
            2d f3 vcvtsh2si w:Gy,W128/16 er
            2e np,w0 vucomish V128,W128/16 arith sae
            2f np,w0 vcomish V128,W128/16 arith sae
            51 np,w0 vsqrtph w:Vx,Wxb16 kz er
            51 f3,w0 vsqrtsh w:V128,H128,W128/16 kz er
            58 np,w0 vaddph w:Vx,Hx,Wxb16 kz er
            58 f3,w0 vaddsh w:V128,H128,W128/16 kz er
            59 np,w0 vmulph w:Vx,Hx,Wxb16 kz er
            59 f3,w0 vmulsh w:V128,H128,W128/16 kz er
            5a np,w0 vcvtph2pd w:Vx,W128/qb16 kz sae
            5a 66,w1 vcvtpd2ph w:V128,Wxb64 kz er
            5a f3,w0 vcvtsh2sd w:V128,H128,W128/16 kz sae
            5a f2,w1 vcvtsd2sh w:V128,H128,W128/64 kz er
            5b np,w0,l0 vcvtdq2ph w:V128,W128b32 kz er
            5b np,w0,l1 vcvtdq2ph w:V128,W256b32 kz er
            5b np,w0,l2 vcvtdq2ph w:V256,W512b32 kz er
            5b np,w1 vcvtqq2ph w:V128,Wxb64 kz er
            5b 66,w0,l0 vcvtph2dq w:V128,W128/64b16 kz er
            5b 66,w0,l1 vcvtph2dq w:V256,W128b16 kz er
            5b 66,w0,l2 vcvtph2dq w:V512,W256b16 kz er
            5b f3,w0,l0 vcvttph2dq w:V128,W128/64b16 kz sae
            5b f3,w0,l1 vcvttph2dq w:V256,W128b16 kz sae
            5b f3,w0,l2 vcvttph2dq w:V512,W256b16 kz sae
            5c np,w0 vsubph w:Vx,Hx,Wxb16 kz er
            5c f3,w0 vsubsh w:V128,H128,W128/16 kz er
            5d np,w0 vminph w:Vx,Hx,Wxb16 kz sae
            5d f3,w0 vminsh w:V128,H128,W128/16 kz sae
            5e np,w0 vdivph w:Vx,Hx,Wxb16 kz er
            5e f3,w0 vdivsh w:V128,H128,W128/16 kz er
            5f np,w0 vmaxph w:Vx,Hx,Wxb16 kz sae
            5f f3,w0 vmaxsh w:V128,H128,W128/16 kz sae
            6e 66,w0,l0 vmovw w:V128,E32/16
            6e 66,w1,l0,x64 vmovw w:V128,R64
            78 np,w0,l0 vcvttph2udq w:V128,W128/64b16 kz sae
            78 np,w0,l1 vcvttph2udq w:V256,W128b16 kz sae
            78 np,w0,l2 vcvttph2udq w:V512,W256b16 kz sae
            78 66,w0 vcvttph2uqq w:Vx,W128/qb16 kz sae
            78 f3 vcvttsh2usi w:Gy,W128/16 sae
            79 np,w0,l0 vcvtph2udq w:V128,W128/64b16 kz er
            79 np,w0,l1 vcvtph2udq w:V256,W128b16 kz er
            79 np,w0,l2 vcvtph2udq w:V512,W256b16 kz er
            79 66,w0 vcvtph2uqq w:Vx,W128/qb16 kz er
            79 f3 vcvtsh2usi w:Gy,W128/16 er
            7a 66,w0 vcvttph2qq w:Vx,W128/qb16 kz sae
            7a f2,w0,l0 vcvtudq2ph w:V128,W128b32 kz er
            7a f2,w0,l1 vcvtudq2ph w:V128,W256b32 kz er
            7a f2,w0,l2 vcvtudq2ph w:V256,W512b32 kz er
            7a f2,w1 vcvtuqq2ph w:V128,Wxb64 kz er
            7b 66,w0 vcvtph2qq w:Vx,W128/qb16 kz er
            7b f3 vcvtusi2sh w:V128,H128,Ey er
            7c np,w0 vcvttph2uw w:Vx,Wxb16 kz sae
            7c 66,w0 vcvttph2w w:Vx,Wxb16 kz sae
            7d np,w0 vcvtph2uw w:Vx,Wxb16 kz er
            7d 66,w0 vcvtph2w w:Vx,Wxb16 kz er
            7d f3,w0 vcvtw2ph w:Vx,Wxb16 kz er
            7d f2,w0 vcvtuw2ph w:Vx,Wxb16 kz er
            7e 66,w0,l0 vmovw w:E32/16,V128
            7e 66,w1,l0,x64 vmovw w:R64,V128
            """;
    }
}
