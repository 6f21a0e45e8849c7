package oriel.engine.disasm;

/** EVEX map 1. What a row says is explained in docs/formats/x86.md. */
final class X86RowsEvex0f {
    private X86RowsEvex0f() {}

    static String rows() {
        return """
            10 np,w0 vmovups w:Vx,Wx kz
            10 66,w1 vmovupd w:Vx,Wx kz
            10 f3,w0 vmovss w:V128,M32 kz
            10 f3,w0 vmovss w:V128,H128,U128 kz
            10 f2,w1 vmovsd w:V128,M64 kz
            10 f2,w1 vmovsd w:V128,H128,U128 kz
            11 np,w0 vmovups w:Wx,Vx kz
            11 66,w1 vmovupd w:Wx,Vx kz
            11 f3,w0 vmovss w:M32,V128 k
            11 f3,w0 vmovss w:U128,H128,V128 kz
            11 f2,w1 vmovsd w:M64,V128 k
            11 f2,w1 vmovsd w:U128,H128,V128 kz
            12 np,w0,l0 vmovlps w:V128,H128,M64
            12 np,w0,l0 vmovhlps w:V128,H128,U128
            12 66,w1,l0 vmovlpd w:V128,H128,M64
            12 f3,w0 vmovsldup w:Vx,Wx kz
            12 f2,w1,l0 vmovddup w:V128,W128/64 kz
            12 f2,w1,l1 vmovddup w:V256,W256 kz
            12 f2,w1,l2 vmovddup w:V512,W512 kz
            13 np,w0,l0 vmovlps w:M64,V128
            13 66,w1,l0 vmovlpd w:M64,V128
            14 np,w0 vunpcklps w:Vx,Hx,Wxb32 kz
            14 66,w1 vunpcklpd w:Vx,Hx,Wxb64 kz
            15 np,w0 vunpckhps w:Vx,Hx,Wxb32 kz
            15 66,w1 vunpckhpd w:Vx,Hx,Wxb64 kz
            16 np,w0,l0 vmovhps w:V128,H128,M64
            16 np,w0,l0 vmovlhps w:V128,H128,U128
            16 66,w1,l0 vmovhpd w:V128,H128,M64
            16 f3,w0 vmovshdup w:Vx,Wx kz
            17 np,w0,l0 vmovhps w:M64,V128
            17 66,w1,l0 vmovhpd w:M64,V128
            28 np,w0 vmovaps w:Vx,Wx kz
            28 66,w1 vmovapd w:Vx,Wx kz
            29 np,w0 vmovaps w:Wx,Vx kz
            29 66,w1 vmovapd w:Wx,Vx kz
            2a f3 vcvtsi2ss w:V128,H128,Ey er
            2a f2,w0 vcvtsi2sd w:V128,H128,E32
            2a f2,w1,x64 vcvtsi2sd w:V128,H128,E64 er
            2a f2,w1,i64 vcvtsi2sd w:V128,H128,E32
            2b np,w0 vmovntps w:Mx,Vx
            2b 66,w1 vmovntpd w:Mx,Vx
            2c f3 vcvttss2si w:Gy,W128/32 sae
            2c f2 vcvttsd2si w:Gy,W128/64 sae
            2d f3 vcvtss2si w:Gy,W128/32 er
            2d f2 vcvtsd2si w:Gy,W128/64 er
            2e np,w0 vucomiss V128,W128/32 arith sae
            2e 66,w1 vucomisd V128,W128/64 arith sae
            2f np,w0 vcomiss V128,W128/32 arith sae
            2f 66,w1 vcomisd V128,W128/64 arith sae
            51 np,w0 vsqrtps w:Vx,Wxb32 kz er
            51 66,w1 vsqrtpd w:Vx,Wxb64 kz er
            51 f3,w0 vsqrtss w:V128,H128,W128/32 kz er
            51 f2,w1 vsqrtsd w:V128,H128,W128/64 kz er
            54 np,w0 vandps w:Vx,Hx,Wxb32 kz
            54 66,w1 vandpd w:Vx,Hx,Wxb64 kz
            55 np,w0 vandnps w:Vx,Hx,Wxb32 kz
            55 66,w1 vandnpd w:Vx,Hx,Wxb64 kz
            56 np,w0 vorps w:Vx,Hx,Wxb32 kz
            56 66,w1 vorpd w:Vx,Hx,Wxb64 kz
            57 np,w0 vxorps w:Vx,Hx,Wxb32 kz
            57 66,w1 vxorpd w:Vx,Hx,Wxb64 kz
            58 np,w0 vaddps w:Vx,Hx,Wxb32 kz er
            58 66,w1 vaddpd w:Vx,Hx,Wxb64 kz er
            58 f3,w0 vaddss w:V128,H128,W128/32 kz er
            58 f2,w1 vaddsd w:V128,H128,W128/64 kz er
            59 np,w0 vmulps w:Vx,Hx,Wxb32 kz er
            59 66,w1 vmulpd w:Vx,Hx,Wxb64 kz er
            59 f3,w0 vmulss w:V128,H128,W128/32 kz er
            59 f2,w1 vmulsd w:V128,H128,W128/64 kz er
            5a np,w0,l0 vcvtps2pd w:V128,W128/64b32 kz sae
            5a np,w0,l1 vcvtps2pd w:V256,W128b32 kz sae
            5a np,w0,l2 vcvtps2pd w:V512,W256b32 kz sae
            5a 66,w1,l0 vcvtpd2ps w:V128,W128b64 kz er
            5a 66,w1,l1 vcvtpd2ps w:V128,W256b64 kz er
            5a 66,w1,l2 vcvtpd2ps w:V256,W512b64 kz er
            5a f3,w0 vcvtss2sd w:V128,H128,W128/32 kz sae
            5a f2,w1 vcvtsd2ss w:V128,H128,W128/64 kz er
            5b np,w0 vcvtdq2ps w:Vx,Wxb32 kz er
            5b np,w1,l0 vcvtqq2ps w:V128,W128b64 kz er
            5b np,w1,l1 vcvtqq2ps w:V128,W256b64 kz er
            5b np,w1,l2 vcvtqq2ps w:V256,W512b64 kz er
            5b 66,w0 vcvtps2dq w:Vx,Wxb32 kz er
            5b f3,w0 vcvttps2dq w:Vx,Wxb32 kz sae
            5c np,w0 vsubps w:Vx,Hx,Wxb32 kz er
            5c 66,w1 vsubpd w:Vx,Hx,Wxb64 kz er
            5c f3,w0 vsubss w:V128,H128,W128/32 kz er
            5c f2,w1 vsubsd w:V128,H128,W128/64 kz er
            5d np,w0 vminps w:Vx,Hx,Wxb32 kz sae
            5d 66,w1 vminpd w:Vx,Hx,Wxb64 kz sae
            5d f3,w0 vminss w:V128,H128,W128/32 kz sae
            5d f2,w1 vminsd w:V128,H128,W128/64 kz sae
            5e np,w0 vdivps w:Vx,Hx,Wxb32 kz er
            5e 66,w1 vdivpd w:Vx,Hx,Wxb64 kz er
            5e f3,w0 vdivss w:V128,H128,W128/32 kz er
            5e f2,w1 vdivsd w:V128,H128,W128/64 kz er
            5f np,w0 vmaxps w:Vx,Hx,Wxb32 kz sae
            5f 66,w1 vmaxpd w:Vx,Hx,Wxb64 kz sae
            5f f3,w0 vmaxss w:V128,H128,W128/32 kz sae
            5f f2,w1 vmaxsd w:V128,H128,W128/64 kz sae
            60 66 vpunpcklbw w:Vx,Hx,Wx kz
            61 66 vpunpcklwd w:Vx,Hx,Wx kz
            62 66,w0 vpunpckldq w:Vx,Hx,Wxb32 kz
            63 66 vpacksswb w:Vx,Hx,Wx kz
            64 66 vpcmpgtb w:kreg64,Hx,Wx k
            65 66 vpcmpgtw w:kreg64,Hx,Wx k
            66 66,w0 vpcmpgtd w:kreg64,Hx,Wxb32 k
            67 66 vpackuswb w:Vx,Hx,Wx kz
            68 66 vpunpckhbw w:Vx,Hx,Wx kz
            69 66 vpunpckhwd w:Vx,Hx,Wx kz
            6a 66,w0 vpunpckhdq w:Vx,Hx,Wxb32 kz
            6b 66,w0 vpackssdw w:Vx,Hx,Wxb32 kz
            6c 66,w1 vpunpcklqdq w:Vx,Hx,Wxb64 kz
            6d 66,w1 vpunpckhqdq w:Vx,Hx,Wxb64 kz
            6e 66,w0,l0 vmovd w:V128,E32
            6e 66,w1,l0,x64 vmovq w:V128,E64
            6e 66,w1,l0,i64 vmovd w:V128,E32
            6f 66,w0 vmovdqa32 w:Vx,Wx kz
            6f 66,w1 vmovdqa64 w:Vx,Wx kz
            6f f3,w0 vmovdqu32 w:Vx,Wx kz
            6f f3,w1 vmovdqu64 w:Vx,Wx kz
            6f f2,w0 vmovdqu8 w:Vx,Wx kz
            6f f2,w1 vmovdqu16 w:Vx,Wx kz
            70 66,w0 vpshufd w:Vx,Wxb32,I8 kz
            70 f3 vpshufhw w:Vx,Wx,I8 kz
            70 f2 vpshuflw w:Vx,Wx,I8 kz
            71 66,/2 vpsrlw w:Hx,Wx,I8 kz
            71 66,/4 vpsraw w:Hx,Wx,I8 kz
            71 66,/6 vpsllw w:Hx,Wx,I8 kz
            72 66,w0,/0 vprord w:Hx,Wxb32,I8 kz
            72 66,w1,/0 vprorq w:Hx,Wxb64,I8 kz
            72 66,w0,/1 vprold w:Hx,Wxb32,I8 kz
            72 66,w1,/1 vprolq w:Hx,Wxb64,I8 kz
            72 66,w0,/2 vpsrld w:Hx,Wxb32,I8 kz
            72 66,w0,/4 vpsrad w:Hx,Wxb32,I8 kz
            72 66,w1,/4 vpsraq w:Hx,Wxb64,I8 kz
            72 66,w0,/6 vpslld w:Hx,Wxb32,I8 kz
            73 66,w1,/2 vpsrlq w:Hx,Wxb64,I8 kz
            73 66,/3 vpsrldq w:Hx,Wx,I8
            73 66,w1,/6 vpsllq w:Hx,Wxb64,I8 kz
            73 66,/7 vpslldq w:Hx,Wx,I8
            74 66 vpcmpeqb w:kreg64,Hx,Wx k
            75 66 vpcmpeqw w:kreg64,Hx,Wx k
            76 66,w0 vpcmpeqd w:kreg64,Hx,Wxb32 k
            78 np,w0 vcvttps2udq w:Vx,Wxb32 kz sae
            78 np,w1,l0 vcvttpd2udq w:V128,W128b64 kz sae
            78 np,w1,l1 vcvttpd2udq w:V128,W256b64 kz sae
            78 np,w1,l2 vcvttpd2udq w:V256,W512b64 kz sae
            78 66,w0,l0 vcvttps2uqq w:V128,W128/64b32 kz sae
            78 66,w0,l1 vcvttps2uqq w:V256,W128b32 kz sae
            78 66,w0,l2 vcvttps2uqq w:V512,W256b32 kz sae
            78 66,w1 vcvttpd2uqq w:Vx,Wxb64 kz sae
            78 f3 vcvttss2usi w:Gy,W128/32 sae
            78 f2 vcvttsd2usi w:Gy,W128/64 sae
            79 np,w0 vcvtps2udq w:Vx,Wxb32 kz er
            79 np,w1,l0 vcvtpd2udq w:V128,W128b64 kz er
            79 np,w1,l1 vcvtpd2udq w:V128,W256b64 kz er
            79 np,w1,l2 vcvtpd2udq w:V256,W512b64 kz er
            79 66,w0,l0 vcvtps2uqq w:V128,W128/64b32 kz er
            79 66,w0,l1 vcvtps2uqq w:V256,W128b32 kz er
            79 66,w0,l2 vcvtps2uqq w:V512,W256b32 kz er
            79 66,w1 vcvtpd2uqq w:Vx,Wxb64 kz er
            79 f3 vcvtss2usi w:Gy,W128/32 er
            79 f2 vcvtsd2usi w:Gy,W128/64 er
            7a 66,w0,l0 vcvttps2qq w:V128,W128/64b32 kz sae
            7a 66,w0,l1 vcvttps2qq w:V256,W128b32 kz sae
            7a 66,w0,l2 vcvttps2qq w:V512,W256b32 kz sae
            7a 66,w1 vcvttpd2qq w:Vx,Wxb64 kz sae
            7a f3,w0,l0 vcvtudq2pd w:V128,W128/64b32 kz
            7a f3,w0,l1 vcvtudq2pd w:V256,W128b32 kz
            7a f3,w0,l2 vcvtudq2pd w:V512,W256b32 kz
            7a f3,w1 vcvtuqq2pd w:Vx,Wxb64 kz er
            7a f2,w0 vcvtudq2ps w:Vx,Wxb32 kz er
            7a f2,w1,l0 vcvtuqq2ps w:V128,W128b64 kz er
            7a f2,w1,l1 vcvtuqq2ps w:V128,W256b64 kz er
            7a f2,w1,l2 vcvtuqq2ps w:V256,W512b64 kz er
            7b 66,w0,l0 vcvtps2qq w:V128,W128/64b32 kz er
            7b 66,w0,l1 vcvtps2qq w:V256,W128b32 kz er
            7b 66,w0,l2 vcvtps2qq w:V512,W256b32 kz er
            7b 66,w1 vcvtpd2qq w:Vx,Wxb64 kz er
            7b f3 vcvtusi2ss w:V128,H128,Ey er
            7b f2,w0 vcvtusi2sd w:V128,H128,E32
            7b f2,w1,x64 vcvtusi2sd w:V128,H128,E64 er
            7b f2,w1,i64 vcvtusi2sd w:V128,H128,E32
            7e 66,w0,l0 vmovd w:E32,V128
            7e 66,w1,l0,x64 vmovq w:E64,V128
            7e 66,w1,l0,i64 vmovd w:E32,V128
            7e f3,w1,l0 vmovq w:V128,W128/64
            7f 66,w0 vmovdqa32 w:Wx,Vx kz
            7f 66,w1 vmovdqa64 w:Wx,Vx kz
            7f f3,w0 vmovdqu32 w:Wx,Vx kz
            7f f3,w1 vmovdqu64 w:Wx,Vx kz
            7f f2,w0 vmovdqu8 w:Wx,Vx kz
            7f f2,w1 vmovdqu16 w:Wx,Vx kz
            c2 np,w0 vcmpps w:kreg64,Hx,Wxb32,I8 k sae
            c2 66,w1 vcmppd w:kreg64,Hx,Wxb64,I8 k sae
            c2 f3,w0 vcmpss w:kreg64,H128,W128/32,I8 k sae
            c2 f2,w1 vcmpsd w:kreg64,H128,W128/64,I8 k sae
            c4 66,l0 vpinsrw w:V128,H128,E32/16,I8
            c5 66,l0 vpextrw w:G32,U128,I8
            c6 np,w0 vshufps w:Vx,Hx,Wxb32,I8 kz
            c6 66,w1 vshufpd w:Vx,Hx,Wxb64,I8 kz
            d1 66,w0 vpsrlw w:Vx,Hx,W128 kz
            d2 66,w0 vpsrld w:Vx,Hx,W128 kz
            d3 66,w1 vpsrlq w:Vx,Hx,W128 kz
            d4 66,w1 vpaddq w:Vx,Hx,Wxb64 kz
            d5 66 vpmullw w:Vx,Hx,Wx kz
            d6 66,w1,l0 vmovq w:W128/64,V128
            d8 66 vpsubusb w:Vx,Hx,Wx kz
            d9 66 vpsubusw w:Vx,Hx,Wx kz
            da 66 vpminub w:Vx,Hx,Wx kz
            db 66,w0 vpandd w:Vx,Hx,Wxb32 kz
            db 66,w1 vpandq w:Vx,Hx,Wxb64 kz
            dc 66 vpaddusb w:Vx,Hx,Wx kz
            dd 66 vpaddusw w:Vx,Hx,Wx kz
            de 66 vpmaxub w:Vx,Hx,Wx kz
            df 66,w0 vpandnd w:Vx,Hx,Wxb32 kz
            df 66,w1 vpandnq w:Vx,Hx,Wxb64 kz
            e0 66 vpavgb w:Vx,Hx,Wx kz
            e1 66,w0 vpsraw w:Vx,Hx,W128 kz
            e2 66,w0 vpsrad w:Vx,Hx,W128 kz
            e2 66,w1 vpsraq w:Vx,Hx,W128 kz
            e3 66 vpavgw w:Vx,Hx,Wx kz
            e4 66 vpmulhuw w:Vx,Hx,Wx kz
            e5 66 vpmulhw w:Vx,Hx,Wx kz
            e6 66,w1,l0 vcvttpd2dq w:V128,W128b64 kz sae
            e6 66,w1,l1 vcvttpd2dq w:V128,W256b64 kz sae
            e6 66,w1,l2 vcvttpd2dq w:V256,W512b64 kz sae
            e6 f3,w0,l0 vcvtdq2pd w:V128,W128/64b32 kz
            e6 f3,w0,l1 vcvtdq2pd w:V256,W128b32 kz
            e6 f3,w0,l2 vcvtdq2pd w:V512,W256b32 kz
            e6 f3,w1 vcvtqq2pd w:Vx,Wxb64 kz er
            e6 f2,w1,l0 vcvtpd2dq w:V128,W128b64 kz er
            e6 f2,w1,l1 vcvtpd2dq w:V128,W256b64 kz er
            e6 f2,w1,l2 vcvtpd2dq w:V256,W512b64 kz er
            e7 66,w0 vmovntdq w:Mx,Vx
            e8 66 vpsubsb w:Vx,Hx,Wx kz
            e9 66 vpsubsw w:Vx,Hx,Wx kz
            ea 66 vpminsw w:Vx,Hx,Wx kz
            eb 66,w0 vpord w:Vx,Hx,Wxb32 kz
            eb 66,w1 vporq w:Vx,Hx,Wxb64 kz
            ec 66 vpaddsb w:Vx,Hx,Wx kz
            ed 66 vpaddsw w:Vx,Hx,Wx kz
            ee 66 vpmaxsw w:Vx,Hx,Wx kz
            ef 66,w0 vpxord w:Vx,Hx,Wxb32 kz
            ef 66,w1 vpxorq w:Vx,Hx,Wxb64 kz
            f1 66,w0 vpsllw w:Vx,Hx,W128 kz
            f2 66,w0 vpslld w:Vx,Hx,W128 kz
            f3 66,w1 vpsllq w:Vx,Hx,W128 kz
            f4 66,w1 vpmuludq w:Vx,Hx,Wxb64 kz
            f5 66 vpmaddwd w:Vx,Hx,Wx kz
            f6 66 vpsadbw w:Vx,Hx,Wx
            f8 66 vpsubb w:Vx,Hx,Wx kz
            f9 66 vpsubw w:Vx,Hx,Wx kz
            fa 66,w0 vpsubd w:Vx,Hx,Wxb32 kz
            fb 66,w1 vpsubq w:Vx,Hx,Wxb64 kz
            fc 66 vpaddb w:Vx,Hx,Wx kz
            fd 66 vpaddw w:Vx,Hx,Wx kz
            fe 66,w0 vpaddd w:Vx,Hx,Wxb32 kz
            """;
    }
}
