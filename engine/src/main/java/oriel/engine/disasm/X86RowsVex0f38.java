package oriel.engine.disasm;

/** VEX map 2. What a row says is explained in docs/formats/x86.md. */
final class X86RowsVex0f38 {
    private X86RowsVex0f38() {}

    static String rows() {
        return """
            00 66 vpshufb w:Vx,Hx,Wx
            01 66 vphaddw w:Vx,Hx,Wx
            02 66 vphaddd w:Vx,Hx,Wx
            03 66 vphaddsw w:Vx,Hx,Wx
            04 66 vpmaddubsw w:Vx,Hx,Wx
            05 66 vphsubw w:Vx,Hx,Wx
            06 66 vphsubd w:Vx,Hx,Wx
            07 66 vphsubsw w:Vx,Hx,Wx
            08 66 vpsignb w:Vx,Hx,Wx
            09 66 vpsignw w:Vx,Hx,Wx
            0a 66 vpsignd w:Vx,Hx,Wx
            0b 66 vpmulhrsw w:Vx,Hx,Wx
            0c 66,w0 vpermilps w:Vx,Hx,Wx
            0d 66,w0 vpermilpd w:Vx,Hx,Wx
            0e 66,w0 vtestps Vx,Wx arith
            0f 66,w0 vtestpd Vx,Wx arith
            13 66,w0 vcvtph2ps w:Vx,W128/h
            16 66,w0,l1 vpermps w:V256,H256,W256
            17 66 vptest Vx,Wx arith
            18 66,w0 vbroadcastss w:Vx,W128/32
            19 66,w0,l1 vbroadcastsd w:V256,W128/64
            1a 66,w0,l1 vbroadcastf128 w:V256,M128
            1c 66 vpabsb w:Vx,Wx
            1d 66 vpabsw w:Vx,Wx
            1e 66 vpabsd w:Vx,Wx
            20 66 vpmovsxbw w:Vx,W128/h
            21 66 vpmovsxbd w:Vx,W128/q
            22 66 vpmovsxbq w:Vx,W128/e
            23 66 vpmovsxwd w:Vx,W128/h
            24 66 vpmovsxwq w:Vx,W128/q
            25 66 vpmovsxdq w:Vx,W128/h
            28 66 vpmuldq w:Vx,Hx,Wx
            29 66 vpcmpeqq w:Vx,Hx,Wx
            2a 66 vmovntdqa w:Vx,Mx
            2b 66 vpackusdw w:Vx,Hx,Wx
            2c 66,w0 vmaskmovps w:Vx,Hx,Mx
            2d 66,w0 vmaskmovpd w:Vx,Hx,Mx
            2e 66,w0 vmaskmovps rw:Mx,Hx,Vx
            2f 66,w0 vmaskmovpd rw:Mx,Hx,Vx
            30 66 vpmovzxbw w:Vx,W128/h
            31 66 vpmovzxbd w:Vx,W128/q
            32 66 vpmovzxbq w:Vx,W128/e
            33 66 vpmovzxwd w:Vx,W128/h
            34 66 vpmovzxwq w:Vx,W128/q
            35 66 vpmovzxdq w:Vx,W128/h
            36 66,w0,l1 vpermd w:V256,H256,W256
            37 66 vpcmpgtq w:Vx,Hx,Wx
            38 66 vpminsb w:Vx,Hx,Wx
            39 66 vpminsd w:Vx,Hx,Wx
            3a 66 vpminuw w:Vx,Hx,Wx
            3b 66 vpminud w:Vx,Hx,Wx
            3c 66 vpmaxsb w:Vx,Hx,Wx
            3d 66 vpmaxsd w:Vx,Hx,Wx
            3e 66 vpmaxuw w:Vx,Hx,Wx
            3f 66 vpmaxud w:Vx,Hx,Wx
            40 66 vpmulld w:Vx,Hx,Wx
            41 66,l0 vphminposuw w:V128,W128
            45 66,w0 vpsrlvd w:Vx,Hx,Wx
            45 66,w1 vpsrlvq w:Vx,Hx,Wx
            46 66,w0 vpsravd w:Vx,Hx,Wx
            47 66,w0 vpsllvd w:Vx,Hx,Wx
            47 66,w1 vpsllvq w:Vx,Hx,Wx
            49 np,w0,l0,/0 ldtilecfg rw:Mn
            49 66,w0,l0,/0 sttilecfg rw:Mn
            49 np,w0,l0,reg,/0,rm0 tilerelease -
            49 f2,w0,l0,reg,rm0 tilezero w:treg
            4b 66,w0,l0 tileloaddt1 w:treg,Mn sib
            4b f3,w0,l0 tilestored w:Mn,treg sib
            4b f2,w0,l0 tileloadd w:treg,Mn sib
            50 np,w0 vpdpbuud rw:Vx,Hx,Wx
            50 66,w0 vpdpbusd rw:Vx,Hx,Wx
            50 f3,w0 vpdpbsud rw:Vx,Hx,Wx
            50 f2,w0 vpdpbssd rw:Vx,Hx,Wx
            51 np,w0 vpdpbuuds rw:Vx,Hx,Wx
            51 66,w0 vpdpbusds rw:Vx,Hx,Wx
            51 f3,w0 vpdpbsuds rw:Vx,Hx,Wx
            51 f2,w0 vpdpbssds rw:Vx,Hx,Wx
            52 66,w0 vpdpwssd rw:Vx,Hx,Wx
            53 66,w0 vpdpwssds rw:Vx,Hx,Wx
            58 66,w0 vpbroadcastd w:Vx,W128/32
            59 66,w0 vpbroadcastq w:Vx,W128/64
            5a 66,w0,l1 vbroadcasti128 w:V256,M128
            5c f3,w0,l0 tdpbf16ps rw:treg,tonly,tvvvv
            5c f2,w0,l0 tdpfp16ps rw:treg,tonly,tvvvv
            5e np,w0,l0 tdpbuud rw:treg,tonly,tvvvv
            5e 66,w0,l0 tdpbusd rw:treg,tonly,tvvvv
            5e f3,w0,l0 tdpbsud rw:treg,tonly,tvvvv
            5e f2,w0,l0 tdpbssd rw:treg,tonly,tvvvv
            6c np,l0 tcmmrlfp16ps rw:treg,tonly,tvvvv
            6c 66,w0,l0 tcmmimfp16ps rw:treg,tonly,tvvvv
            72 f3,w0 vcvtneps2bf16 w:V128,Wx
            78 66,w0 vpbroadcastb w:Vx,W128/8
            79 66,w0 vpbroadcastw w:Vx,W128/16
            8c 66,w0 vpmaskmovd w:Vx,Hx,Mx
            8c 66,w1 vpmaskmovq w:Vx,Hx,Mx
            8e 66,w0 vpmaskmovd rw:Mx,Hx,Vx
            8e 66,w1 vpmaskmovq rw:Mx,Hx,Vx
            90 66,w0 vpgatherdd rw:Vx,Mx,rw:Hx vsib=x
            90 66,w1 vpgatherdq rw:Vx,Mx,rw:Hx vsib=128
            91 66,w0 vpgatherqd rw:V128,Mh,rw:H128 vsib=x
            91 66,w1 vpgatherqq rw:Vx,Mx,rw:Hx vsib=x
            92 66,w0 vgatherdps rw:Vx,Mx,rw:Hx vsib=x
            92 66,w1 vgatherdpd rw:Vx,Mx,rw:Hx vsib=128
            93 66,w0 vgatherqps rw:V128,Mh,rw:H128 vsib=x
            93 66,w1 vgatherqpd rw:Vx,Mx,rw:Hx vsib=x
            96 66,w0 vfmaddsub132ps rw:Vx,Hx,Wx
            96 66,w1 vfmaddsub132pd rw:Vx,Hx,Wx
            97 66,w0 vfmsubadd132ps rw:Vx,Hx,Wx
            97 66,w1 vfmsubadd132pd rw:Vx,Hx,Wx
            98 66,w0 vfmadd132ps rw:Vx,Hx,Wx
            98 66,w1 vfmadd132pd rw:Vx,Hx,Wx
            99 66,w0 vfmadd132ss rw:V128,H128,W128/32
            99 66,w1 vfmadd132sd rw:V128,H128,W128/64
            9a 66,w0 vfmsub132ps rw:Vx,Hx,Wx
            9a 66,w1 vfmsub132pd rw:Vx,Hx,Wx
            9b 66,w0 vfmsub132ss rw:V128,H128,W128/32
            9b 66,w1 vfmsub132sd rw:V128,H128,W128/64
            9c 66,w0 vfnmadd132ps rw:Vx,Hx,Wx
            9c 66,w1 vfnmadd132pd rw:Vx,Hx,Wx
            9d 66,w0 vfnmadd132ss rw:V128,H128,W128/32
            9d 66,w1 vfnmadd132sd rw:V128,H128,W128/64
            9e 66,w0 vfnmsub132ps rw:Vx,Hx,Wx
            9e 66,w1 vfnmsub132pd rw:Vx,Hx,Wx
            9f 66,w0 vfnmsub132ss rw:V128,H128,W128/32
            9f 66,w1 vfnmsub132sd rw:V128,H128,W128/64
            a6 66,w0 vfmaddsub213ps rw:Vx,Hx,Wx
            a6 66,w1 vfmaddsub213pd rw:Vx,Hx,Wx
            a7 66,w0 vfmsubadd213ps rw:Vx,Hx,Wx
            a7 66,w1 vfmsubadd213pd rw:Vx,Hx,Wx
            a8 66,w0 vfmadd213ps rw:Vx,Hx,Wx
            a8 66,w1 vfmadd213pd rw:Vx,Hx,Wx
            a9 66,w0 vfmadd213ss rw:V128,H128,W128/32
            a9 66,w1 vfmadd213sd rw:V128,H128,W128/64
            aa 66,w0 vfmsub213ps rw:Vx,Hx,Wx
            aa 66,w1 vfmsub213pd rw:Vx,Hx,Wx
            ab 66,w0 vfmsub213ss rw:V128,H128,W128/32
            ab 66,w1 vfmsub213sd rw:V128,H128,W128/64
            ac 66,w0 vfnmadd213ps rw:Vx,Hx,Wx
            ac 66,w1 vfnmadd213pd rw:Vx,Hx,Wx
            ad 66,w0 vfnmadd213ss rw:V128,H128,W128/32
            ad 66,w1 vfnmadd213sd rw:V128,H128,W128/64
            ae 66,w0 vfnmsub213ps rw:Vx,Hx,Wx
            ae 66,w1 vfnmsub213pd rw:Vx,Hx,Wx
            af 66,w0 vfnmsub213ss rw:V128,H128,W128/32
            af 66,w1 vfnmsub213sd rw:V128,H128,W128/64
            b0 np,w0 vcvtneoph2ps w:Vx,Mx
            b0 66,w0 vcvtneeph2ps w:Vx,Mx
            b0 f3,w0 vcvtneebf162ps w:Vx,Mx
            b0 f2,w0 vcvtneobf162ps w:Vx,Mx
            b1 66,w0 vbcstnesh2ps w:Vx,M16
            b1 f3,w0 vbcstnebf162ps w:Vx,M16
            b4 66,w1 vpmadd52luq rw:Vx,Hx,Wx
            b5 66,w1 vpmadd52huq rw:Vx,Hx,Wx
            b6 66,w0 vfmaddsub231ps rw:Vx,Hx,Wx
            b6 66,w1 vfmaddsub231pd rw:Vx,Hx,Wx
            b7 66,w0 vfmsubadd231ps rw:Vx,Hx,Wx
            b7 66,w1 vfmsubadd231pd rw:Vx,Hx,Wx
            b8 66,w0 vfmadd231ps rw:Vx,Hx,Wx
            b8 66,w1 vfmadd231pd rw:Vx,Hx,Wx
            b9 66,w0 vfmadd231ss rw:V128,H128,W128/32
            b9 66,w1 vfmadd231sd rw:V128,H128,W128/64
            ba 66,w0 vfmsub231ps rw:Vx,Hx,Wx
            ba 66,w1 vfmsub231pd rw:Vx,Hx,Wx
            bb 66,w0 vfmsub231ss rw:V128,H128,W128/32
            bb 66,w1 vfmsub231sd rw:V128,H128,W128/64
            bc 66,w0 vfnmadd231ps rw:Vx,Hx,Wx
            bc 66,w1 vfnmadd231pd rw:Vx,Hx,Wx
            bd 66,w0 vfnmadd231ss rw:V128,H128,W128/32
            bd 66,w1 vfnmadd231sd rw:V128,H128,W128/64
            be 66,w0 vfnmsub231ps rw:Vx,Hx,Wx
            be 66,w1 vfnmsub231pd rw:Vx,Hx,Wx
            bf 66,w0 vfnmsub231ss rw:V128,H128,W128/32
            bf 66,w1 vfnmsub231sd rw:V128,H128,W128/64
            cb f2,w0,l1 vsha512rnds2 rw:V256,H256,U128
            cc f2,w0,l1 vsha512msg1 rw:V256,U128
            cd f2,w0,l1 vsha512msg2 rw:V256,U256
            cf 66,w0 vgf2p8mulb w:Vx,Hx,Wx
            d2 np,w0 vpdpwuud rw:Vx,Hx,Wx
            d2 66,w0 vpdpwusd rw:Vx,Hx,Wx
            d2 f3,w0 vpdpwsud rw:Vx,Hx,Wx
            d3 np,w0 vpdpwuuds rw:Vx,Hx,Wx
            d3 66,w0 vpdpwusds rw:Vx,Hx,Wx
            d3 f3,w0 vpdpwsuds rw:Vx,Hx,Wx
            da np,w0,l0 vsm3msg1 rw:V128,H128,W128
            da 66,w0,l0 vsm3msg2 rw:V128,H128,W128
            da f3,w0 vsm4key4 w:Vx,Hx,Wx
            da f2,w0 vsm4rnds4 w:Vx,Hx,Wx
            db 66,l0 vaesimc w:V128,W128
            dc 66 vaesenc w:Vx,Hx,Wx
            dd 66 vaesenclast w:Vx,Hx,Wx
            de 66 vaesdec w:Vx,Hx,Wx
            df 66 vaesdeclast w:Vx,Hx,Wx
            e0 66,l0 cmpoxadd rw:My,Gy,By arith
            e1 66,l0 cmpnoxadd rw:My,Gy,By arith
            e2 66,l0 cmpbxadd rw:My,Gy,By arith
            e3 66,l0 cmpnbxadd rw:My,Gy,By arith
            e4 66,l0 cmpzxadd rw:My,Gy,By arith
            e5 66,l0 cmpnzxadd rw:My,Gy,By arith
            e6 66,l0 cmpbexadd rw:My,Gy,By arith
            e7 66,l0 cmpnbexadd rw:My,Gy,By arith
            e8 66,l0 cmpsxadd rw:My,Gy,By arith
            e9 66,l0 cmpnsxadd rw:My,Gy,By arith
            ea 66,l0 cmppxadd rw:My,Gy,By arith
            eb 66,l0 cmpnpxadd rw:My,Gy,By arith
            ec 66,l0 cmplxadd rw:My,Gy,By arith
            ed 66,l0 cmpnlxadd rw:My,Gy,By arith
            ee 66,l0 cmplexadd rw:My,Gy,By arith
            ef 66,l0 cmpnlexadd rw:My,Gy,By arith
            f2 np,l0 andn w:Gy,By,Ey w=oszc u=ap
            f3 np,l0,/1 blsr w:By,Ey w=oszc u=ap
            f3 np,l0,/2 blsmsk w:By,Ey w=oszc u=ap
            f3 np,l0,/3 blsi w:By,Ey w=oszc u=ap
            f5 np,l0 bzhi w:Gy,Ey,By w=oszc u=ap
            f5 f3,l0 pext w:Gy,By,Ey
            f5 f2,l0 pdep w:Gy,By,Ey
            f6 f2,l0 mulx w:Gy,w:By,Ey reads=yDX
            f7 np,l0 bextr w:Gy,Ey,By w=oszc u=ap
            f7 66,l0 shlx w:Gy,Ey,By
            f7 f3,l0 sarx w:Gy,Ey,By
            f7 f2,l0 shrx w:Gy,Ey,By
            """;
    }
}
