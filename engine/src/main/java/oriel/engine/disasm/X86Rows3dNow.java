package oriel.engine.disasm;

/**
 * 3DNow!, behind 0f 0f: the opcode stands behind the operands. What a row says is explained in
 * docs/formats/x86.md.
 */
final class X86Rows3dNow {
    private X86Rows3dNow() {}

    static String rows() {
        return """
            0c - pi2fw w:P64,Q64
            0d - pi2fd w:P64,Q64
            1c - pf2iw w:P64,Q64
            1d - pf2id w:P64,Q64
            8a - pfnacc rw:P64,Q64
            8e - pfpnacc rw:P64,Q64
            90 - pfcmpge rw:P64,Q64
            94 - pfmin rw:P64,Q64
            96 - pfrcp w:P64,Q64
            97 - pfrsqrt w:P64,Q64
            9a - pfsub rw:P64,Q64
            9e - pfadd rw:P64,Q64
            a0 - pfcmpgt rw:P64,Q64
            a4 - pfmax rw:P64,Q64
            a6 - pfrcpit1 rw:P64,Q64
            a7 - pfrsqit1 rw:P64,Q64
            aa - pfsubr rw:P64,Q64
            ae - pfacc rw:P64,Q64
            b0 - pfcmpeq rw:P64,Q64
            b4 - pfmul rw:P64,Q64
            b6 - pfrcpit2 rw:P64,Q64
            b7 - pmulhrw rw:P64,Q64
            bb - pswapd w:P64,Q64
            bf - pavgusb rw:P64,Q64
            """;
    }
}
