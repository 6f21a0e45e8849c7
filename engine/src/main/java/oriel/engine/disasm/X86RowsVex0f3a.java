package oriel.engine.disasm;

/** VEX map 3. What a row says is explained in docs/formats/x86.md. */
final class X86RowsVex0f3a {
    private X86RowsVex0f3a() {}

    static String rows() {
        return """
            00 66,w1,l1 vpermq w:V256,W256,I8
            01 66,w1,l1 vpermpd w:V256,W256,I8
            02 66,w0 vpblendd w:Vx,Hx,Wx,I8
            04 66,w0 vpermilps w:Vx,Wx,I8
            05 66,w0 vpermilpd w:Vx,Wx,I8
            06 66,w0,l1 vperm2f128 w:V256,H256,W256,I8
            08 66 vroundps w:Vx,Wx,I8
            09 66 vroundpd w:Vx,Wx,I8
            0a 66 vroundss w:V128,H128,W128/32,I8
            0b 66 vroundsd w:V128,H128,W128/64,I8
            0c 66 vblendps w:Vx,Hx,Wx,I8
            0d 66 vblendpd w:Vx,Hx,Wx,I8
            0e 66 vpblendw w:Vx,Hx,Wx,I8
            0f 66 vpalignr w:Vx,Hx,Wx,I8
            14 66,l0 vpextrb w:E32/8,V128,I8
            15 66,l0 vpextrw w:E32/16,V128,I8
            16 66,w0,l0 vpextrd w:E32,V128,I8
            16 66,w1,l0 vpextrq w:E64,V128,I8
            17 66,l0 vextractps w:E32,V128,I8
            18 66,w0,l1 vinsertf128 w:V256,H256,W128,I8
            19 66,w0,l1 vextractf128 w:W128,V256,I8
            1d 66,w0 vcvtps2ph w:W128/h,Vx,I8
            20 66,l0 vpinsrb w:V128,H128,E32/8,I8
            21 66,l0 vinsertps w:V128,H128,W128/32,I8
            22 66,w0,l0 vpinsrd w:V128,H128,E32,I8
            22 66,w1,l0 vpinsrq w:V128,H128,E64,I8
            30 66,w0,l0 kshiftrb w:kreg64,konly64,I8
            30 66,w1,l0 kshiftrw w:kreg64,konly64,I8
            31 66,w0,l0 kshiftrd w:kreg64,konly64,I8
            31 66,w1,l0 kshiftrq w:kreg64,konly64,I8
            32 66,w0,l0 kshiftlb w:kreg64,konly64,I8
            32 66,w1,l0 kshiftlw w:kreg64,konly64,I8
            33 66,w0,l0 kshiftld w:kreg64,konly64,I8
            33 66,w1,l0 kshiftlq w:kreg64,konly64,I8
            38 66,w0,l1 vinserti128 w:V256,H256,W128,I8
            39 66,w0,l1 vextracti128 w:W128,V256,I8
            40 66 vdpps w:Vx,Hx,Wx,I8
            41 66,l0 vdppd w:V128,H128,W128,I8
            42 66 vmpsadbw w:Vx,Hx,Wx,I8
            44 66 vpclmulqdq w:Vx,Hx,Wx,I8
            46 66,w0,l1 vperm2i128 w:V256,H256,W256,I8
            48 66,w0 vpermil2ps w:Vx,Hx,Wx,Lx,i4
            48 66,w1 vpermil2ps w:Vx,Hx,Lx,Wx,i4
            49 66,w0 vpermil2pd w:Vx,Hx,Wx,Lx,i4
            49 66,w1 vpermil2pd w:Vx,Hx,Lx,Wx,i4
            4a 66,w0 vblendvps w:Vx,Hx,Wx,Lx
            4b 66,w0 vblendvpd w:Vx,Hx,Wx,Lx
            4c 66,w0 vpblendvb w:Vx,Hx,Wx,Lx
            5c 66,w0 vfmaddsubps w:Vx,Hx,Wx,Lx
            5c 66,w1 vfmaddsubps w:Vx,Hx,Lx,Wx
            5d 66,w0 vfmaddsubpd w:Vx,Hx,Wx,Lx
            5d 66,w1 vfmaddsubpd w:Vx,Hx,Lx,Wx
            5e 66,w0 vfmsubaddps w:Vx,Hx,Wx,Lx
            5e 66,w1 vfmsubaddps w:Vx,Hx,Lx,Wx
            5f 66,w0 vfmsubaddpd w:Vx,Hx,Wx,Lx
            5f 66,w1 vfmsubaddpd w:Vx,Hx,Lx,Wx
            60 66,l0 vpcmpestrm V128,W128,I8 arith reads=yAX+yDX writes=xmm0
            61 66,l0 vpcmpestri V128,W128,I8 arith reads=yAX+yDX writes=ecx
            62 66,l0 vpcmpistrm V128,W128,I8 arith writes=xmm0
            63 66,l0 vpcmpistri V128,W128,I8 arith writes=ecx
            68 66,w0 vfmaddps w:Vx,Hx,Wx,Lx
            68 66,w1 vfmaddps w:Vx,Hx,Lx,Wx
            69 66,w0 vfmaddpd w:Vx,Hx,Wx,Lx
            69 66,w1 vfmaddpd w:Vx,Hx,Lx,Wx
            6a 66,w0 vfmaddss w:V128,H128,W128/32,L128
            6a 66,w1 vfmaddss w:V128,H128,L128,W128/32
            6b 66,w0 vfmaddsd w:V128,H128,W128/64,L128
            6b 66,w1 vfmaddsd w:V128,H128,L128,W128/64
            6c 66,w0 vfmsubps w:Vx,Hx,Wx,Lx
            6c 66,w1 vfmsubps w:Vx,Hx,Lx,Wx
            6d 66,w0 vfmsubpd w:Vx,Hx,Wx,Lx
            6d 66,w1 vfmsubpd w:Vx,Hx,Lx,Wx
            6e 66,w0 vfmsubss w:V128,H128,W128/32,L128
            6e 66,w1 vfmsubss w:V128,H128,L128,W128/32
            6f 66,w0 vfmsubsd w:V128,H128,W128/64,L128
            6f 66,w1 vfmsubsd w:V128,H128,L128,W128/64
            78 66,w0 vfnmaddps w:Vx,Hx,Wx,Lx
            78 66,w1 vfnmaddps w:Vx,Hx,Lx,Wx
            79 66,w0 vfnmaddpd w:Vx,Hx,Wx,Lx
            79 66,w1 vfnmaddpd w:Vx,Hx,Lx,Wx
            7a 66,w0 vfnmaddss w:V128,H128,W128/32,L128
            7a 66,w1 vfnmaddss w:V128,H128,L128,W128/32
            7b 66,w0 vfnmaddsd w:V128,H128,W128/64,L128
            7b 66,w1 vfnmaddsd w:V128,H128,L128,W128/64
            7c 66,w0 vfnmsubps w:Vx,Hx,Wx,Lx
            7c 66,w1 vfnmsubps w:Vx,Hx,Lx,Wx
            7d 66,w0 vfnmsubpd w:Vx,Hx,Wx,Lx
            7d 66,w1 vfnmsubpd w:Vx,Hx,Lx,Wx
            7e 66,w0 vfnmsubss w:V128,H128,W128/32,L128
            7e 66,w1 vfnmsubss w:V128,H128,L128,W128/32
            7f 66,w0 vfnmsubsd w:V128,H128,W128/64,L128
            7f 66,w1 vfnmsubsd w:V128,H128,L128,W128/64
            ce 66,w1 vgf2p8affineqb w:Vx,Hx,Wx,I8
            cf 66,w1 vgf2p8affineinvqb w:Vx,Hx,Wx,I8
            de 66,w0,l0 vsm3rnds2 rw:V128,H128,W128,I8
            df 66,l0 vaeskeygenassist w:V128,W128,I8
            f0 f2,l0 rorx w:Gy,Ey,I8
            """;
    }
}
