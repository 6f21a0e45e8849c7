package oriel.engine.disasm;

/** Opcodes behind 0f 3a. What a row says is explained in docs/formats/x86.md. */
final class X86Rows0f3a {
    private X86Rows0f3a() {}

    static String rows() {
        return """
            08 66 roundps w:V128,W128,I8
            09 66 roundpd w:V128,W128,I8
            0a 66 roundss rw:V128,W128/32,I8
            0b 66 roundsd rw:V128,W128/64,I8
            0c 66 blendps rw:V128,W128,I8
            0d 66 blendpd rw:V128,W128,I8
            0e 66 pblendw rw:V128,W128,I8
            0f 66 palignr rw:V128,W128,I8
            0f - palignr rw:P64,Q64,I8
            14 66 pextrb w:E32/8,V128,I8
            15 66 pextrw w:E32/16,V128,I8
            16 66,o64 pextrq w:E64,V128,I8
            16 66 pextrd w:E32,V128,I8
            17 66 extractps w:E32,V128,I8
            20 66 pinsrb rw:V128,E32/8,I8
            21 66 insertps rw:V128,W128/32,I8
            22 66,o64 pinsrq rw:V128,E64,I8
            22 66 pinsrd rw:V128,E32,I8
            40 66 dpps rw:V128,W128,I8
            41 66 dppd rw:V128,W128,I8
            42 66 mpsadbw rw:V128,W128,I8
            44 66 pclmulqdq rw:V128,W128,I8
            60 66 pcmpestrm V128,W128,I8 arith reads=yAX+yDX writes=xmm0
            61 66 pcmpestri V128,W128,I8 arith reads=yAX+yDX writes=ecx
            62 66 pcmpistrm V128,W128,I8 arith writes=xmm0
            63 66 pcmpistri V128,W128,I8 arith writes=ecx
            cc - sha1rnds4 rw:V128,W128,I8
            ce 66 gf2p8affineqb rw:V128,W128,I8
            cf 66 gf2p8affineinvqb rw:V128,W128,I8
            df 66 aeskeygenassist w:V128,W128,I8
            f0 f3,reg,/0,rm0 hreset I8 reads=eax priv
            """;
    }
}
