package oriel.engine.disasm;

/** EVEX map 3. What a row says is explained in docs/formats/x86.md. */
final class X86RowsEvex0f3a {
    private X86RowsEvex0f3a() {}

    static String rows() {
        return """
            00 66,w1,l1 vpermq w:V256,W256b64,I8 kz
            00 66,w1,l2 vpermq w:V512,W512b64,I8 kz
            01 66,w1,l1 vpermpd w:V256,W256b64,I8 kz
            01 66,w1,l2 vpermpd w:V512,W512b64,I8 kz
            03 66,w0 valignd w:Vx,Hx,Wxb32,I8 kz
            03 66,w1 valignq w:Vx,Hx,Wxb64,I8 kz
            04 66,w0 vpermilps w:Vx,Wxb32,I8 kz
            05 66,w1 vpermilpd w:Vx,Wxb64,I8 kz
            08 np,w0 vrndscaleph w:Vx,Wxb16,I8 kz sae
            08 66,w0 vrndscaleps w:Vx,Wxb32,I8 kz sae
            09 66,w1 vrndscalepd w:Vx,Wxb64,I8 kz sae
            0a np,w0 vrndscalesh w:V128,H128,W128/16,I8 kz sae
            0a 66,w0 vrndscaless w:V128,H128,W128/32,I8 kz sae
            0b 66,w1 vrndscalesd w:V128,H128,W128/64,I8 kz sae
            0f 66,w0 vpalignr w:Vx,Hx,Wx,I8 kz
            14 66,l0 vpextrb w:E32/8,V128,I8
            15 66,l0 vpextrw w:E32/16,V128,I8
            16 66,w0,l0 vpextrd w:E32,V128,I8
            16 66,w1,l0 vpextrq w:E64,V128,I8
            17 66,l0 vextractps w:E32,V128,I8
            18 66,w0,l1 vinsertf32x4 w:V256,H256,W128,I8 kz
            18 66,w0,l2 vinsertf32x4 w:V512,H512,W128,I8 kz
            18 66,w1,l1 vinsertf64x2 w:V256,H256,W128,I8 kz
            18 66,w1,l2 vinsertf64x2 w:V512,H512,W128,I8 kz
            19 66,w0,l1 vextractf32x4 w:W128,V256,I8 kz
            19 66,w0,l2 vextractf32x4 w:W128,V512,I8 kz
            19 66,w1,l1 vextractf64x2 w:W128,V256,I8 kz
            19 66,w1,l2 vextractf64x2 w:W128,V512,I8 kz
            1a 66,w0,l2 vinsertf32x8 w:V512,H512,W256,I8 kz
            1a 66,w1,l2 vinsertf64x4 w:V512,H512,W256,I8 kz
            1b 66,w0,l2 vextractf32x8 w:W256,V512,I8 kz
            1b 66,w1,l2 vextractf64x4 w:W256,V512,I8 kz
            1d 66,w0,l0 vcvtps2ph w:W128/64,V128,I8 kz sae
            1d 66,w0,l1 vcvtps2ph w:W128,V256,I8 kz sae
            1d 66,w0,l2 vcvtps2ph w:W256,V512,I8 kz sae
            1e 66,w0 vpcmpud w:kreg64,Hx,Wxb32,I8 k
            1e 66,w1 vpcmpuq w:kreg64,Hx,Wxb64,I8 k
            1f 66,w0 vpcmpd w:kreg64,Hx,Wxb32,I8 k
            1f 66,w1 vpcmpq w:kreg64,Hx,Wxb64,I8 k
            20 66,l0 vpinsrb w:V128,H128,E32/8,I8
            21 66,w0,l0 vinsertps w:V128,H128,W128/32,I8
            22 66,w0,l0 vpinsrd w:V128,H128,E32,I8
            22 66,w1,l0 vpinsrq w:V128,H128,E64,I8
            23 66,w0,l1 vshuff32x4 w:V256,H256,W256b32,I8 kz
            23 66,w0,l2 vshuff32x4 w:V512,H512,W512b32,I8 kz
            23 66,w1,l1 vshuff64x2 w:V256,H256,W256b64,I8 kz
            23 66,w1,l2 vshuff64x2 w:V512,H512,W512b64,I8 kz
            25 66,w0 vpternlogd rw:Vx,Hx,Wxb32,I8 kz
            25 66,w1 vpternlogq rw:Vx,Hx,Wxb64,I8 kz
            26 np,w0 vgetmantph w:Vx,Wxb16,I8 kz sae
            26 66,w0 vgetmantps w:Vx,Wxb32,I8 kz sae
            26 66,w1 vgetmantpd w:Vx,Wxb64,I8 kz sae
            27 np,w0 vgetmantsh w:V128,H128,W128/16,I8 kz sae
            27 66,w0 vgetmantss w:V128,H128,W128/32,I8 kz sae
            27 66,w1 vgetmantsd w:V128,H128,W128/64,I8 kz sae
            38 66,w0,l1 vinserti32x4 w:V256,H256,W128,I8 kz
            38 66,w0,l2 vinserti32x4 w:V512,H512,W128,I8 kz
            38 66,w1,l1 vinserti64x2 w:V256,H256,W128,I8 kz
            38 66,w1,l2 vinserti64x2 w:V512,H512,W128,I8 kz
            39 66,w0,l1 vextracti32x4 w:W128,V256,I8 kz
            39 66,w0,l2 vextracti32x4 w:W128,V512,I8 kz
            39 66,w1,l1 vextracti64x2 w:W128,V256,I8 kz
            39 66,w1,l2 vextracti64x2 w:W128,V512,I8 kz
            3a 66,w0,l2 vinserti32x8 w:V512,H512,W256,I8 kz
            3a 66,w1,l2 vinserti64x4 w:V512,H512,W256,I8 kz
            3b 66,w0,l2 vextracti32x8 w:W256,V512,I8 kz
            3b 66,w1,l2 vextracti64x4 w:W256,V512,I8 kz
            3e 66,w0 vpcmpub w:kreg64,Hx,Wx,I8 k
            3e 66,w1 vpcmpuw w:kreg64,Hx,Wx,I8 k
            3f 66,w0 vpcmpb w:kreg64,Hx,Wx,I8 k
            3f 66,w1 vpcmpw w:kreg64,Hx,Wx,I8 k
            42 66,w0 vdbpsadbw w:Vx,Hx,Wx,I8 kz
            43 66,w0,l1 vshufi32x4 w:V256,H256,W256b32,I8 kz
            43 66,w0,l2 vshufi32x4 w:V512,H512,W512b32,I8 kz
            43 66,w1,l1 vshufi64x2 w:V256,H256,W256b64,I8 kz
            43 66,w1,l2 vshufi64x2 w:V512,H512,W512b64,I8 kz
            44 66 vpclmulqdq w:Vx,Hx,Wx,I8
            50 66,w0 vrangeps w:Vx,Hx,Wxb32,I8 kz sae
            50 66,w1 vrangepd w:Vx,Hx,Wxb64,I8 kz sae
            51 66,w0 vrangess w:V128,H128,W128/32,I8 kz sae
            51 66,w1 vrangesd w:V128,H128,W128/64,I8 kz sae
            54 66,w0 vfixupimmps rw:Vx,Hx,Wxb32,I8 kz sae
            54 66,w1 vfixupimmpd rw:Vx,Hx,Wxb64,I8 kz sae
            55 66,w0 vfixupimmss rw:V128,H128,W128/32,I8 kz sae
            55 66,w1 vfixupimmsd rw:V128,H128,W128/64,I8 kz sae
            56 np,w0 vreduceph w:Vx,Wxb16,I8 kz sae
            56 66,w0 vreduceps w:Vx,Wxb32,I8 kz sae
            56 66,w1 vreducepd w:Vx,Wxb64,I8 kz sae
            57 np,w0 vreducesh w:V128,H128,W128/16,I8 kz sae
            57 66,w0 vreducess w:V128,H128,W128/32,I8 kz sae
            57 66,w1 vreducesd w:V128,H128,W128/64,I8 kz sae
            66 np,w0 vfpclassph w:kreg64,Wxb16,I8 k
            66 66,w0 vfpclassps w:kreg64,Wxb32,I8 k
            66 66,w1 vfpclasspd w:kreg64,Wxb64,I8 k
            67 np,w0,l0 vfpclasssh w:kreg64,W128/16,I8 k
            67 66,w0 vfpclassss w:kreg64,W128/32,I8 k
            67 66,w1 vfpclasssd w:kreg64,W128/64,I8 k
            70 66,w1 vpshldw w:Vx,Hx,Wx,I8 kz
            71 66,w0 vpshldd w:Vx,Hx,Wxb32,I8 kz
            71 66,w1 vpshldq w:Vx,Hx,Wxb64,I8 kz
            72 66,w1 vpshrdw w:Vx,Hx,Wx,I8 kz
            73 66,w0 vpshrdd w:Vx,Hx,Wxb32,I8 kz
            73 66,w1 vpshrdq w:Vx,Hx,Wxb64,I8 kz
            c2 np,w0 vcmpph w:kreg64,Hx,Wxb16,I8 k sae
            c2 f3,w0 vcmpsh w:kreg64,H128,W128/16,I8 k sae
            ce 66,w1 vgf2p8affineqb w:Vx,Hx,Wxb64,I8 kz
            cf 66,w1 vgf2p8affineinvqb w:Vx,Hx,Wxb64,I8 kz
            """;
    }
}
