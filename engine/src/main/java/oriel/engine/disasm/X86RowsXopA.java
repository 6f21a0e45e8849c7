package oriel.engine.disasm;

/** XOP map 10. What a row says is explained in docs/formats/x86.md. */
final class X86RowsXopA {
    private X86RowsXopA() {}

    static String rows() {
        return """
            10 np,l0 bextr w:Gy,Ey,I32 w=oszc u=ap
            12 np,l0,/0 lwpins By,E32,I32 arith
            12 np,l0,/1 lwpval By,E32,I32
            """;
    }
}
