package oriel.engine.disasm;

/** EVEX map 2. What a row says is explained in docs/formats/x86.md. */
final class X86RowsEvex0f38 {
    private X86RowsEvex0f38() {}

    static String rows() {
        return """
            00 66 vpshufb w:Vx,Hx,Wx kz
            04 66 vpmaddubsw w:Vx,Hx,Wx kz
            0b 66 vpmulhrsw w:Vx,Hx,Wx kz
            0c 66,w0 vpermilps w:Vx,Hx,Wxb32 kz
            0d 66,w1 vpermilpd w:Vx,Hx,Wxb64 kz
            10 66,w1 vpsrlvw w:Vx,Hx,Wx kz
            10 f3,w0,l0 vpmovuswb w:W128/64,V128 kz
            10 f3,w0,l1 vpmovuswb w:W128,V256 kz
            10 f3,w0,l2 vpmovuswb w:W256,V512 kz
            11 66,w1 vpsravw w:Vx,Hx,Wx kz
            11 f3,w0 vpmovusdb w:W128/q,Vx kz
            12 66,w1 vpsllvw w:Vx,Hx,Wx kz
            12 f3,w0 vpmovusqb w:W128/e,Vx kz
            13 66,w0,l0 vcvtph2ps w:V128,W128/64 kz sae
            13 66,w0,l1 vcvtph2ps w:V256,W128 kz sae
            13 66,w0,l2 vcvtph2ps w:V512,W256 kz sae
            13 f3,w0,l0 vpmovusdw w:W128/64,V128 kz
            13 f3,w0,l1 vpmovusdw w:W128,V256 kz
            13 f3,w0,l2 vpmovusdw w:W256,V512 kz
            14 66,w0 vprorvd w:Vx,Hx,Wxb32 kz
            14 66,w1 vprorvq w:Vx,Hx,Wxb64 kz
            14 f3,w0 vpmovusqw w:W128/q,Vx kz
            15 66,w0 vprolvd w:Vx,Hx,Wxb32 kz
            15 66,w1 vprolvq w:Vx,Hx,Wxb64 kz
            15 f3,w0,l0 vpmovusqd w:W128/64,V128 kz
            15 f3,w0,l1 vpmovusqd w:W128,V256 kz
            15 f3,w0,l2 vpmovusqd w:W256,V512 kz
            16 66,w0,l1 vpermps w:V256,H256,W256b32 kz
            16 66,w0,l2 vpermps w:V512,H512,W512b32 kz
            16 66,w1,l1 vpermpd w:V256,H256,W256b64 kz
            16 66,w1,l2 vpermpd w:V512,H512,W512b64 kz
            18 66,w0 vbroadcastss w:Vx,W128/32 kz
            19 66,w0,l1 vbroadcastf32x2 w:V256,W128/64 kz
            19 66,w0,l2 vbroadcastf32x2 w:V512,W128/64 kz
            19 66,w1,l1 vbroadcastsd w:V256,W128/64 kz
            19 66,w1,l2 vbroadcastsd w:V512,W128/64 kz
            1a 66,w0,l1 vbroadcastf32x4 w:V256,M128 kz
            1a 66,w0,l2 vbroadcastf32x4 w:V512,M128 kz
            1a 66,w1,l1 vbroadcastf64x2 w:V256,M128 kz
            1a 66,w1,l2 vbroadcastf64x2 w:V512,M128 kz
            1b 66,w0,l2 vbroadcastf32x8 w:V512,M256 kz
            1b 66,w1,l2 vbroadcastf64x4 w:V512,M256 kz
            1c 66 vpabsb w:Vx,Wx kz
            1d 66 vpabsw w:Vx,Wx kz
            1e 66,w0 vpabsd w:Vx,Wxb32 kz
            1f 66,w1 vpabsq w:Vx,Wxb64 kz
            20 66,l0 vpmovsxbw w:V128,W128/64 kz
            20 66,l1 vpmovsxbw w:V256,W128 kz
            20 66,l2 vpmovsxbw w:V512,W256 kz
            20 f3,w0,l0 vpmovswb w:W128/64,V128 kz
            20 f3,w0,l1 vpmovswb w:W128,V256 kz
            20 f3,w0,l2 vpmovswb w:W256,V512 kz
            21 66 vpmovsxbd w:Vx,W128/q kz
            21 f3,w0 vpmovsdb w:W128/q,Vx kz
            22 66 vpmovsxbq w:Vx,W128/e kz
            22 f3,w0 vpmovsqb w:W128/e,Vx kz
            23 66,l0 vpmovsxwd w:V128,W128/64 kz
            23 66,l1 vpmovsxwd w:V256,W128 kz
            23 66,l2 vpmovsxwd w:V512,W256 kz
            23 f3,w0,l0 vpmovsdw w:W128/64,V128 kz
            23 f3,w0,l1 vpmovsdw w:W128,V256 kz
            23 f3,w0,l2 vpmovsdw w:W256,V512 kz
            24 66 vpmovsxwq w:Vx,W128/q kz
            24 f3,w0 vpmovsqw w:W128/q,Vx kz
            25 66,w0,l0 vpmovsxdq w:V128,W128/64 kz
            25 66,w0,l1 vpmovsxdq w:V256,W128 kz
            25 66,w0,l2 vpmovsxdq w:V512,W256 kz
            25 f3,w0,l0 vpmovsqd w:W128/64,V128 kz
            25 f3,w0,l1 vpmovsqd w:W128,V256 kz
            25 f3,w0,l2 vpmovsqd w:W256,V512 kz
            26 66,w0 vptestmb w:kreg64,Hx,Wx k
            26 66,w1 vptestmw w:kreg64,Hx,Wx k
            26 f3,w0 vptestnmb w:kreg64,Hx,Wx k
            26 f3,w1 vptestnmw w:kreg64,Hx,Wx k
            27 66,w0 vptestmd w:kreg64,Hx,Wxb32 k
            27 66,w1 vptestmq w:kreg64,Hx,Wxb64 k
            27 f3,w0 vptestnmd w:kreg64,Hx,Wxb32 k
            27 f3,w1 vptestnmq w:kreg64,Hx,Wxb64 k
            28 66,w1 vpmuldq w:Vx,Hx,Wxb64 kz
            28 f3,w0 vpmovm2b w:Vx,konly64
            28 f3,w1 vpmovm2w w:Vx,konly64
            29 66,w1 vpcmpeqq w:kreg64,Hx,Wxb64 k
            29 f3,w0 vpmovb2m w:kreg64,Ux
            29 f3,w1 vpmovw2m w:kreg64,Ux
            2a 66,w0 vmovntdqa w:Vx,Mx
            2a f3,w1 vpbroadcastmb2q w:Vx,konly64
            2b 66,w0 vpackusdw w:Vx,Hx,Wxb32 kz
            2c 66,w0 vscalefps w:Vx,Hx,Wxb32 kz er
            2c 66,w1 vscalefpd w:Vx,Hx,Wxb64 kz er
            2d 66,w0 vscalefss w:V128,H128,W128/32 kz er
            2d 66,w1 vscalefsd w:V128,H128,W128/64 kz er
            30 66,l0 vpmovzxbw w:V128,W128/64 kz
            30 66,l1 vpmovzxbw w:V256,W128 kz
            30 66,l2 vpmovzxbw w:V512,W256 kz
            30 f3,w0,l0 vpmovwb w:W128/64,V128 kz
            30 f3,w0,l1 vpmovwb w:W128,V256 kz
            30 f3,w0,l2 vpmovwb w:W256,V512 kz
            31 66 vpmovzxbd w:Vx,W128/q kz
            31 f3,w0 vpmovdb w:W128/q,Vx kz
            32 66 vpmovzxbq w:Vx,W128/e kz
            32 f3,w0 vpmovqb w:W128/e,Vx kz
            33 66,l0 vpmovzxwd w:V128,W128/64 kz
            33 66,l1 vpmovzxwd w:V256,W128 kz
            33 66,l2 vpmovzxwd w:V512,W256 kz
            33 f3,w0,l0 vpmovdw w:W128/64,V128 kz
            33 f3,w0,l1 vpmovdw w:W128,V256 kz
            33 f3,w0,l2 vpmovdw w:W256,V512 kz
            34 66 vpmovzxwq w:Vx,W128/q kz
            34 f3,w0 vpmovqw w:W128/q,Vx kz
            35 66,w0,l0 vpmovzxdq w:V128,W128/64 kz
            35 66,w0,l1 vpmovzxdq w:V256,W128 kz
            35 66,w0,l2 vpmovzxdq w:V512,W256 kz
            35 f3,w0,l0 vpmovqd w:W128/64,V128 kz
            35 f3,w0,l1 vpmovqd w:W128,V256 kz
            35 f3,w0,l2 vpmovqd w:W256,V512 kz
            36 66,w0,l1 vpermd w:V256,H256,W256b32 kz
            36 66,w0,l2 vpermd w:V512,H512,W512b32 kz
            36 66,w1,l1 vpermq w:V256,H256,W256b64 kz
            36 66,w1,l2 vpermq w:V512,H512,W512b64 kz
            37 66,w1 vpcmpgtq w:kreg64,Hx,Wxb64 k
            38 66 vpminsb w:Vx,Hx,Wx kz
            38 f3,w0 vpmovm2d w:Vx,konly64
            38 f3,w1 vpmovm2q w:Vx,konly64
            39 66,w0 vpminsd w:Vx,Hx,Wxb32 kz
            39 66,w1 vpminsq w:Vx,Hx,Wxb64 kz
            39 f3,w0 vpmovd2m w:kreg64,Ux
            39 f3,w1 vpmovq2m w:kreg64,Ux
            3a 66 vpminuw w:Vx,Hx,Wx kz
            3a f3,w0 vpbroadcastmw2d w:Vx,konly64
            3b 66,w0 vpminud w:Vx,Hx,Wxb32 kz
            3b 66,w1 vpminuq w:Vx,Hx,Wxb64 kz
            3c 66 vpmaxsb w:Vx,Hx,Wx kz
            3d 66,w0 vpmaxsd w:Vx,Hx,Wxb32 kz
            3d 66,w1 vpmaxsq w:Vx,Hx,Wxb64 kz
            3e 66 vpmaxuw w:Vx,Hx,Wx kz
            3f 66,w0 vpmaxud w:Vx,Hx,Wxb32 kz
            3f 66,w1 vpmaxuq w:Vx,Hx,Wxb64 kz
            40 66,w0 vpmulld w:Vx,Hx,Wxb32 kz
            40 66,w1 vpmullq w:Vx,Hx,Wxb64 kz
            42 66,w0 vgetexpps w:Vx,Wxb32 kz sae
            42 66,w1 vgetexppd w:Vx,Wxb64 kz sae
            43 66,w0 vgetexpss w:V128,H128,W128/32 kz sae
            43 66,w1 vgetexpsd w:V128,H128,W128/64 kz sae
            44 66,w0 vplzcntd w:Vx,Wxb32 kz
            44 66,w1 vplzcntq w:Vx,Wxb64 kz
            45 66,w0 vpsrlvd w:Vx,Hx,Wxb32 kz
            45 66,w1 vpsrlvq w:Vx,Hx,Wxb64 kz
            46 66,w0 vpsravd w:Vx,Hx,Wxb32 kz
            46 66,w1 vpsravq w:Vx,Hx,Wxb64 kz
            47 66,w0 vpsllvd w:Vx,Hx,Wxb32 kz
            47 66,w1 vpsllvq w:Vx,Hx,Wxb64 kz
            4c 66,w0 vrcp14ps w:Vx,Wxb32 kz
            4c 66,w1 vrcp14pd w:Vx,Wxb64 kz
            4d 66,w0 vrcp14ss w:V128,H128,W128/32 kz
            4d 66,w1 vrcp14sd w:V128,H128,W128/64 kz
            4e 66,w0 vrsqrt14ps w:Vx,Wxb32 kz
            4e 66,w1 vrsqrt14pd w:Vx,Wxb64 kz
            4f 66,w0 vrsqrt14ss w:V128,H128,W128/32 kz
            4f 66,w1 vrsqrt14sd w:V128,H128,W128/64 kz
            50 66,w0 vpdpbusd rw:Vx,Hx,Wxb32 kz
            51 66,w0 vpdpbusds rw:Vx,Hx,Wxb32 kz
            52 66,w0 vpdpwssd rw:Vx,Hx,Wxb32 kz
            52 f3,w0 vdpbf16ps rw:Vx,Hx,Wxb32 kz
            52 f2,w0,l2 vp4dpwssd rw:V512,H512,M128 kz
            53 66,w0 vpdpwssds rw:Vx,Hx,Wxb32 kz
            53 f2,w0,l2 vp4dpwssds rw:V512,H512,M128 kz
            54 66,w0 vpopcntb w:Vx,Wx kz
            54 66,w1 vpopcntw w:Vx,Wx kz
            55 66,w0 vpopcntd w:Vx,Wxb32 kz
            55 66,w1 vpopcntq w:Vx,Wxb64 kz
            58 66,w0 vpbroadcastd w:Vx,W128/32 kz
            59 66,w0 vbroadcasti32x2 w:Vx,W128/64 kz
            59 66,w1 vpbroadcastq w:Vx,W128/64 kz
            5a 66,w0,l1 vbroadcasti32x4 w:V256,M128 kz
            5a 66,w0,l2 vbroadcasti32x4 w:V512,M128 kz
            5a 66,w1,l1 vbroadcasti64x2 w:V256,M128 kz
            5a 66,w1,l2 vbroadcasti64x2 w:V512,M128 kz
            5b 66,w0,l2 vbroadcasti32x8 w:V512,M256 kz
            5b 66,w1,l2 vbroadcasti64x4 w:V512,M256 kz
            62 66,w0 vpexpandb w:Vx,Wx kz tuple=1
            62 66,w1 vpexpandw w:Vx,Wx kz tuple=2
            63 66,w0 vpcompressb w:Wx,Vx kz tuple=1
            63 66,w1 vpcompressw w:Wx,Vx kz tuple=2
            64 66,w0 vpblendmd w:Vx,Hx,Wxb32 kz
            64 66,w1 vpblendmq w:Vx,Hx,Wxb64 kz
            65 66,w0 vblendmps w:Vx,Hx,Wxb32 kz
            65 66,w1 vblendmpd w:Vx,Hx,Wxb64 kz
            66 66,w0 vpblendmb w:Vx,Hx,Wx kz
            66 66,w1 vpblendmw w:Vx,Hx,Wx kz
            68 f2,w0 vp2intersectd w:kpair64,Hx,Wxb32
            68 f2,w1 vp2intersectq w:kpair64,Hx,Wxb64
            70 66,w1 vpshldvw rw:Vx,Hx,Wx kz
            71 66,w0 vpshldvd rw:Vx,Hx,Wxb32 kz
            71 66,w1 vpshldvq rw:Vx,Hx,Wxb64 kz
            72 66,w1 vpshrdvw rw:Vx,Hx,Wx kz
            72 f3,w0,l0 vcvtneps2bf16 w:V128,W128b32 kz
            72 f3,w0,l1 vcvtneps2bf16 w:V128,W256b32 kz
            72 f3,w0,l2 vcvtneps2bf16 w:V256,W512b32 kz
            72 f2,w0 vcvtne2ps2bf16 w:Vx,Hx,Wxb32 kz
            73 66,w0 vpshrdvd rw:Vx,Hx,Wxb32 kz
            73 66,w1 vpshrdvq rw:Vx,Hx,Wxb64 kz
            75 66,w0 vpermi2b rw:Vx,Hx,Wx kz
            75 66,w1 vpermi2w rw:Vx,Hx,Wx kz
            76 66,w0 vpermi2d rw:Vx,Hx,Wxb32 kz
            76 66,w1 vpermi2q rw:Vx,Hx,Wxb64 kz
            77 66,w0 vpermi2ps rw:Vx,Hx,Wxb32 kz
            77 66,w1 vpermi2pd rw:Vx,Hx,Wxb64 kz
            78 66,w0 vpbroadcastb w:Vx,W128/8 kz
            79 66,w0 vpbroadcastw w:Vx,W128/16 kz
            7a 66,w0 vpbroadcastb w:Vx,R32 kz
            7b 66,w0 vpbroadcastw w:Vx,R32 kz
            7c 66,w0 vpbroadcastd w:Vx,R32 kz
            7c 66,w1 vpbroadcastq w:Vx,R64 kz
            7d 66,w0 vpermt2b rw:Vx,Hx,Wx kz
            7d 66,w1 vpermt2w rw:Vx,Hx,Wx kz
            7e 66,w0 vpermt2d rw:Vx,Hx,Wxb32 kz
            7e 66,w1 vpermt2q rw:Vx,Hx,Wxb64 kz
            7f 66,w0 vpermt2ps rw:Vx,Hx,Wxb32 kz
            7f 66,w1 vpermt2pd rw:Vx,Hx,Wxb64 kz
            83 66,w1 vpmultishiftqb w:Vx,Hx,Wxb64 kz
            88 66,w0 vexpandps w:Vx,Wx kz tuple=4
            88 66,w1 vexpandpd w:Vx,Wx kz tuple=8
            89 66,w0 vpexpandd w:Vx,Wx kz tuple=4
            89 66,w1 vpexpandq w:Vx,Wx kz tuple=8
            8a 66,w0 vcompressps w:Wx,Vx kz tuple=4
            8a 66,w1 vcompresspd w:Wx,Vx kz tuple=8
            8b 66,w0 vpcompressd w:Wx,Vx kz tuple=4
            8b 66,w1 vpcompressq w:Wx,Vx kz tuple=8
            8d 66,w0 vpermb w:Vx,Hx,Wx kz
            8d 66,w1 vpermw w:Vx,Hx,Wx kz
            8f 66,w0 vpshufbitqmb w:kreg64,Hx,Wx k
            90 66,w0 vpgatherdd rw:Vx,Mx k! vsib=x tuple=4
            90 66,w1,l0 vpgatherdq rw:V128,M128 k! vsib=128 tuple=8
            90 66,w1,l1 vpgatherdq rw:V256,M256 k! vsib=128 tuple=8
            90 66,w1,l2 vpgatherdq rw:V512,M512 k! vsib=256 tuple=8
            91 66,w0,l0 vpgatherqd rw:V128,M64 k! vsib=128 tuple=4
            91 66,w0,l1 vpgatherqd rw:V128,M128 k! vsib=256 tuple=4
            91 66,w0,l2 vpgatherqd rw:V256,M256 k! vsib=512 tuple=4
            91 66,w1 vpgatherqq rw:Vx,Mx k! vsib=x tuple=8
            92 66,w0 vgatherdps rw:Vx,Mx k! vsib=x tuple=4
            92 66,w1,l0 vgatherdpd rw:V128,M128 k! vsib=128 tuple=8
            92 66,w1,l1 vgatherdpd rw:V256,M256 k! vsib=128 tuple=8
            92 66,w1,l2 vgatherdpd rw:V512,M512 k! vsib=256 tuple=8
            93 66,w0,l0 vgatherqps rw:V128,M64 k! vsib=128 tuple=4
            93 66,w0,l1 vgatherqps rw:V128,M128 k! vsib=256 tuple=4
            93 66,w0,l2 vgatherqps rw:V256,M256 k! vsib=512 tuple=4
            93 66,w1 vgatherqpd rw:Vx,Mx k! vsib=x tuple=8
            96 66,w0 vfmaddsub132ps rw:Vx,Hx,Wxb32 kz er
            96 66,w1 vfmaddsub132pd rw:Vx,Hx,Wxb64 kz er
            97 66,w0 vfmsubadd132ps rw:Vx,Hx,Wxb32 kz er
            97 66,w1 vfmsubadd132pd rw:Vx,Hx,Wxb64 kz er
            98 66,w0 vfmadd132ps rw:Vx,Hx,Wxb32 kz er
            98 66,w1 vfmadd132pd rw:Vx,Hx,Wxb64 kz er
            99 66,w0 vfmadd132ss rw:V128,H128,W128/32 kz er
            99 66,w1 vfmadd132sd rw:V128,H128,W128/64 kz er
            9a 66,w0 vfmsub132ps rw:Vx,Hx,Wxb32 kz er
            9a 66,w1 vfmsub132pd rw:Vx,Hx,Wxb64 kz er
            9a f2,w0,l2 v4fmaddps rw:V512,H512,M128 kz
            9b 66,w0 vfmsub132ss rw:V128,H128,W128/32 kz er
            9b 66,w1 vfmsub132sd rw:V128,H128,W128/64 kz er
            9b f2,w0 v4fmaddss rw:V128,H128,M128 kz
            9c 66,w0 vfnmadd132ps rw:Vx,Hx,Wxb32 kz er
            9c 66,w1 vfnmadd132pd rw:Vx,Hx,Wxb64 kz er
            9d 66,w0 vfnmadd132ss rw:V128,H128,W128/32 kz er
            9d 66,w1 vfnmadd132sd rw:V128,H128,W128/64 kz er
            9e 66,w0 vfnmsub132ps rw:Vx,Hx,Wxb32 kz er
            9e 66,w1 vfnmsub132pd rw:Vx,Hx,Wxb64 kz er
            9f 66,w0 vfnmsub132ss rw:V128,H128,W128/32 kz er
            9f 66,w1 vfnmsub132sd rw:V128,H128,W128/64 kz er
            a0 66,w0 vpscatterdd w:Mx,Vx k! vsib=x tuple=4
            a0 66,w1,l0 vpscatterdq w:M128,V128 k! vsib=128 tuple=8
            a0 66,w1,l1 vpscatterdq w:M256,V256 k! vsib=128 tuple=8
            a0 66,w1,l2 vpscatterdq w:M512,V512 k! vsib=256 tuple=8
            a1 66,w0,l0 vpscatterqd w:M64,V128 k! vsib=128 tuple=4
            a1 66,w0,l1 vpscatterqd w:M128,V128 k! vsib=256 tuple=4
            a1 66,w0,l2 vpscatterqd w:M256,V256 k! vsib=512 tuple=4
            a1 66,w1 vpscatterqq w:Mx,Vx k! vsib=x tuple=8
            a2 66,w0 vscatterdps w:Mx,Vx k! vsib=x tuple=4
            a2 66,w1,l0 vscatterdpd w:M128,V128 k! vsib=128 tuple=8
            a2 66,w1,l1 vscatterdpd w:M256,V256 k! vsib=128 tuple=8
            a2 66,w1,l2 vscatterdpd w:M512,V512 k! vsib=256 tuple=8
            a3 66,w0,l0 vscatterqps w:M64,V128 k! vsib=128 tuple=4
            a3 66,w0,l1 vscatterqps w:M128,V128 k! vsib=256 tuple=4
            a3 66,w0,l2 vscatterqps w:M256,V256 k! vsib=512 tuple=4
            a3 66,w1 vscatterqpd w:Mx,Vx k! vsib=x tuple=8
            a6 66,w0 vfmaddsub213ps rw:Vx,Hx,Wxb32 kz er
            a6 66,w1 vfmaddsub213pd rw:Vx,Hx,Wxb64 kz er
            a7 66,w0 vfmsubadd213ps rw:Vx,Hx,Wxb32 kz er
            a7 66,w1 vfmsubadd213pd rw:Vx,Hx,Wxb64 kz er
            a8 66,w0 vfmadd213ps rw:Vx,Hx,Wxb32 kz er
            a8 66,w1 vfmadd213pd rw:Vx,Hx,Wxb64 kz er
            a9 66,w0 vfmadd213ss rw:V128,H128,W128/32 kz er
            a9 66,w1 vfmadd213sd rw:V128,H128,W128/64 kz er
            aa 66,w0 vfmsub213ps rw:Vx,Hx,Wxb32 kz er
            aa 66,w1 vfmsub213pd rw:Vx,Hx,Wxb64 kz er
            aa f2,w0,l2 v4fnmaddps rw:V512,H512,M128 kz
            ab 66,w0 vfmsub213ss rw:V128,H128,W128/32 kz er
            ab 66,w1 vfmsub213sd rw:V128,H128,W128/64 kz er
            ab f2,w0 v4fnmaddss rw:V128,H128,M128 kz
            ac 66,w0 vfnmadd213ps rw:Vx,Hx,Wxb32 kz er
            ac 66,w1 vfnmadd213pd rw:Vx,Hx,Wxb64 kz er
            ad 66,w0 vfnmadd213ss rw:V128,H128,W128/32 kz er
            ad 66,w1 vfnmadd213sd rw:V128,H128,W128/64 kz er
            ae 66,w0 vfnmsub213ps rw:Vx,Hx,Wxb32 kz er
            ae 66,w1 vfnmsub213pd rw:Vx,Hx,Wxb64 kz er
            af 66,w0 vfnmsub213ss rw:V128,H128,W128/32 kz er
            af 66,w1 vfnmsub213sd rw:V128,H128,W128/64 kz er
            b4 66,w1 vpmadd52luq rw:Vx,Hx,Wxb64 kz
            b5 66,w1 vpmadd52huq rw:Vx,Hx,Wxb64 kz
            b6 66,w0 vfmaddsub231ps rw:Vx,Hx,Wxb32 kz er
            b6 66,w1 vfmaddsub231pd rw:Vx,Hx,Wxb64 kz er
            b7 66,w0 vfmsubadd231ps rw:Vx,Hx,Wxb32 kz er
            b7 66,w1 vfmsubadd231pd rw:Vx,Hx,Wxb64 kz er
            b8 66,w0 vfmadd231ps rw:Vx,Hx,Wxb32 kz er
            b8 66,w1 vfmadd231pd rw:Vx,Hx,Wxb64 kz er
            b9 66,w0 vfmadd231ss rw:V128,H128,W128/32 kz er
            b9 66,w1 vfmadd231sd rw:V128,H128,W128/64 kz er
            ba 66,w0 vfmsub231ps rw:Vx,Hx,Wxb32 kz er
            ba 66,w1 vfmsub231pd rw:Vx,Hx,Wxb64 kz er
            bb 66,w0 vfmsub231ss rw:V128,H128,W128/32 kz er
            bb 66,w1 vfmsub231sd rw:V128,H128,W128/64 kz er
            bc 66,w0 vfnmadd231ps rw:Vx,Hx,Wxb32 kz er
            bc 66,w1 vfnmadd231pd rw:Vx,Hx,Wxb64 kz er
            bd 66,w0 vfnmadd231ss rw:V128,H128,W128/32 kz er
            bd 66,w1 vfnmadd231sd rw:V128,H128,W128/64 kz er
            be 66,w0 vfnmsub231ps rw:Vx,Hx,Wxb32 kz er
            be 66,w1 vfnmsub231pd rw:Vx,Hx,Wxb64 kz er
            bf 66,w0 vfnmsub231ss rw:V128,H128,W128/32 kz er
            bf 66,w1 vfnmsub231sd rw:V128,H128,W128/64 kz er
            c4 66,w0 vpconflictd w:Vx,Wxb32 kz
            c4 66,w1 vpconflictq w:Vx,Wxb64 kz
            c6 66,w0,l2,/1 vgatherpf0dps n:M512 k! vsib=512 tuple=4
            c6 66,w0,l2,/2 vgatherpf1dps n:M512 k! vsib=512 tuple=4
            c6 66,w0,l2,/5 vscatterpf0dps n:M512 k! vsib=512 tuple=4
            c6 66,w0,l2,/6 vscatterpf1dps n:M512 k! vsib=512 tuple=4
            c6 66,w1,l2,/1 vgatherpf0dpd n:M512 k! vsib=256 tuple=8
            c6 66,w1,l2,/2 vgatherpf1dpd n:M512 k! vsib=256 tuple=8
            c6 66,w1,l2,/5 vscatterpf0dpd n:M512 k! vsib=256 tuple=8
            c6 66,w1,l2,/6 vscatterpf1dpd n:M512 k! vsib=256 tuple=8
            c7 66,w0,l2,/1 vgatherpf0qps n:M256 k! vsib=512 tuple=4
            c7 66,w0,l2,/2 vgatherpf1qps n:M256 k! vsib=512 tuple=4
            c7 66,w0,l2,/5 vscatterpf0qps n:M256 k! vsib=512 tuple=4
            c7 66,w0,l2,/6 vscatterpf1qps n:M256 k! vsib=512 tuple=4
            c7 66,w1,l2,/1 vgatherpf0qpd n:M512 k! vsib=512 tuple=8
            c7 66,w1,l2,/2 vgatherpf1qpd n:M512 k! vsib=512 tuple=8
            c7 66,w1,l2,/5 vscatterpf0qpd n:M512 k! vsib=512 tuple=8
            c7 66,w1,l2,/6 vscatterpf1qpd n:M512 k! vsib=512 tuple=8
            c8 66,w0,l2 vexp2ps w:V512,W512b32 kz sae
            c8 66,w1,l2 vexp2pd w:V512,W512b64 kz sae
            ca 66,w0,l2 vrcp28ps w:V512,W512b32 kz sae
            ca 66,w1,l2 vrcp28pd w:V512,W512b64 kz sae
            cb 66,w0 vrcp28ss w:V128,H128,W128/32 kz sae
            cb 66,w1 vrcp28sd w:V128,H128,W128/64 kz sae
            cc 66,w0,l2 vrsqrt28ps w:V512,W512b32 kz sae
            cc 66,w1,l2 vrsqrt28pd w:V512,W512b64 kz sae
            cd 66,w0 vrsqrt28ss w:V128,H128,W128/32 kz sae
            cd 66,w1 vrsqrt28sd w:V128,H128,W128/64 kz sae
            cf 66,w0 vgf2p8mulb w:Vx,Hx,Wx kz
            dc 66 vaesenc w:Vx,Hx,Wx
            dd 66 vaesenclast w:Vx,Hx,Wx
            de 66 vaesdec w:Vx,Hx,Wx
            df 66 vaesdeclast w:Vx,Hx,Wx
            """;
    }
}
