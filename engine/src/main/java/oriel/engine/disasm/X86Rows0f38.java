package oriel.engine.disasm;

/** Opcodes behind 0f 38. What a row says is explained in docs/formats/x86.md. */
final class X86Rows0f38 {
    private X86Rows0f38() {}

    static String rows() {
        return """
            00 66 pshufb rw:V128,W128
            00 - pshufb rw:P64,Q64
            01 66 phaddw rw:V128,W128
            01 - phaddw rw:P64,Q64
            02 66 phaddd rw:V128,W128
            02 - phaddd rw:P64,Q64
            03 66 phaddsw rw:V128,W128
            03 - phaddsw rw:P64,Q64
            04 66 pmaddubsw rw:V128,W128
            04 - pmaddubsw rw:P64,Q64
            05 66 phsubw rw:V128,W128
            05 - phsubw rw:P64,Q64
            06 66 phsubd rw:V128,W128
            06 - phsubd rw:P64,Q64
            07 66 phsubsw rw:V128,W128
            07 - phsubsw rw:P64,Q64
            08 66 psignb rw:V128,W128
            08 - psignb rw:P64,Q64
            09 66 psignw rw:V128,W128
            09 - psignw rw:P64,Q64
            0a 66 psignd rw:V128,W128
            0a - psignd rw:P64,Q64
            0b 66 pmulhrsw rw:V128,W128
            0b - pmulhrsw rw:P64,Q64
            10 66 pblendvb rw:V128,W128,xmm0
            14 66 blendvps rw:V128,W128,xmm0
            15 66 blendvpd rw:V128,W128,xmm0
            17 66 ptest V128,W128 arith
            1c 66 pabsb w:V128,W128
            1c - pabsb w:P64,Q64
            1d 66 pabsw w:V128,W128
            1d - pabsw w:P64,Q64
            1e 66 pabsd w:V128,W128
            1e - pabsd w:P64,Q64
            20 66 pmovsxbw w:V128,W128/64
            21 66 pmovsxbd w:V128,W128/32
            22 66 pmovsxbq w:V128,W128/16
            23 66 pmovsxwd w:V128,W128/64
            24 66 pmovsxwq w:V128,W128/32
            25 66 pmovsxdq w:V128,W128/64
            28 66 pmuldq rw:V128,W128
            29 66 pcmpeqq rw:V128,W128
            2a 66 movntdqa w:V128,M128
            2b 66 packusdw rw:V128,W128
            30 66 pmovzxbw w:V128,W128/64
            31 66 pmovzxbd w:V128,W128/32
            32 66 pmovzxbq w:V128,W128/16
            33 66 pmovzxwd w:V128,W128/64
            34 66 pmovzxwq w:V128,W128/32
            35 66 pmovzxdq w:V128,W128/64
            37 66 pcmpgtq rw:V128,W128
            38 66 pminsb rw:V128,W128
            39 66 pminsd rw:V128,W128
            3a 66 pminuw rw:V128,W128
            3b 66 pminud rw:V128,W128
            3c 66 pmaxsb rw:V128,W128
            3d 66 pmaxsd rw:V128,W128
            3e 66 pmaxuw rw:V128,W128
            3f 66 pmaxud rw:V128,W128
            40 66 pmulld rw:V128,W128
            41 66 phminposuw w:V128,W128
            80 66 invept Gm,M128 priv
            81 66 invvpid Gm,M128 priv
            82 66 invpcid Gm,M128 priv
            c8 - sha1nexte rw:V128,W128
            c9 - sha1msg1 rw:V128,W128
            ca - sha1msg2 rw:V128,W128
            cb - sha256rnds2 rw:V128,W128,xmm0
            cc - sha256msg1 rw:V128,W128
            cd - sha256msg2 rw:V128,W128
            cf 66 gf2p8mulb rw:V128,W128
            d8 f3,/0 aesencwide128kl Mn arith reads=xmm0+xmm1+xmm2+xmm3+xmm4+xmm5+xmm6+xmm7 writes=xmm0+xmm1+xmm2+xmm3+xmm4+xmm5+xmm6+xmm7
            d8 f3,/1 aesdecwide128kl Mn arith reads=xmm0+xmm1+xmm2+xmm3+xmm4+xmm5+xmm6+xmm7 writes=xmm0+xmm1+xmm2+xmm3+xmm4+xmm5+xmm6+xmm7
            d8 f3,/2 aesencwide256kl Mn arith reads=xmm0+xmm1+xmm2+xmm3+xmm4+xmm5+xmm6+xmm7 writes=xmm0+xmm1+xmm2+xmm3+xmm4+xmm5+xmm6+xmm7
            d8 f3,/3 aesdecwide256kl Mn arith reads=xmm0+xmm1+xmm2+xmm3+xmm4+xmm5+xmm6+xmm7 writes=xmm0+xmm1+xmm2+xmm3+xmm4+xmm5+xmm6+xmm7
            db 66 aesimc w:V128,W128
            dc f3 aesenc128kl rw:V128,Mn arith
            dc f3 loadiwkey V128,U128 arith reads=xmm0+eax
            dc 66 aesenc rw:V128,W128
            dd f3 aesdec128kl rw:V128,Mn arith
            dd 66 aesenclast rw:V128,W128
            de f3 aesenc256kl rw:V128,Mn arith
            de 66 aesdec rw:V128,W128
            df f3 aesdec256kl rw:V128,Mn arith
            df 66 aesdeclast rw:V128,W128
            f0 f3 movbe w:Gy,My
            f0 f2 crc32 rw:Gy,E8
            f0 nof movbe w:Gv,Mv
            f1 f3 movbe w:My,Gy
            f1 f2 crc32 rw:Gy,Ev
            f1 nof movbe w:Mv,Gv
            f5 66,o64 wrussq rw:M64,G64 priv
            f5 66 wrussd rw:M32,G32 priv
            f6 f2,o64 wrssq rw:M64,G64
            f6 f3 adox rw:Gy,Ey r=o w=o
            f6 f2 wrssd rw:M32,G32
            f6 np,o64 wrssq rw:M64,G64
            f6 np wrssd rw:M32,G32
            f6 66 adcx rw:Gy,Ey r=c w=c
            f8 f3 enqcmds Ga,M512,w:mreg512 arith
            f8 f2 enqcmd Ga,M512,w:mreg512 arith
            f8 f3,x64 uwrmsr Gm,Rm
            f8 f2,x64 urdmsr w:Gm,Rm
            f8 66 movdir64b Ga,M512,w:mreg512
            f9 - movdiri rw:My,Gy
            fa f3 encodekey128 w:G32,R32 arith reads=xmm0 writes=xmm0+xmm1+xmm2+xmm4+xmm5+xmm6
            fb f3 encodekey256 w:G32,R32 arith reads=xmm0+xmm1 writes=xmm0+xmm1+xmm2+xmm3+xmm4+xmm5+xmm6
            fc f3 axor rw:My,Gy
            fc f2 aor rw:My,Gy
            fc np aadd rw:My,Gy
            fc 66 aand rw:My,Gy
            """;
    }
}
