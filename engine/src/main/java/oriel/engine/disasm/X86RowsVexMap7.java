package oriel.engine.disasm;

/** VEX map 7. What a row says is explained in docs/formats/x86.md. */
final class X86RowsVexMap7 {
    private X86RowsVexMap7() {}

    static String rows() {
        return """
            f8 f3,w0,l0,/0,x64 uwrmsr I32,R64
            f8 f2,w0,l0,/0,x64 urdmsr w:R64,I32
            """;
    }
}
