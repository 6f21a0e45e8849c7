package oriel.format.pdb;

import oriel.format.msf.MsfStream;

/** Kinds of the subsections of a module's line part, and the walk over them. */
enum LineSubsection {
    SYMBOLS(0xf1),
    LINES(0xf2),
    STRING_TABLE(0xf3),
    FILE_CHECKSUMS(0xf4),
    FRAME_DATA(0xf5),
    INLINEE_LINES(0xf6),
    CROSS_SCOPE_IMPORTS(0xf7),
    CROSS_SCOPE_EXPORTS(0xf8),
    IL_LINES(0xf9),
    FUNCTION_TOKENS(0xfa),
    TYPE_TOKENS(0xfb),
    MERGED_ASSEMBLY_INPUT(0xfc),
    COFF_SYMBOL_RVA(0xfd);

    private final int number;

    LineSubsection(int number) {
        this.number = number;
    }

    /** Takes the subsections in order; those marked as to be ignored and unknown ones are left. */
    static void forEach(MsfStream in, Sink sink) {
        long at = 0;
        while (in.contains(at, 8)) {
            long number = in.u32(at);
            long size = in.u32(at + 4);
            if (!in.contains(at + 8, size)) {
                return;
            }
            for (LineSubsection kind : values()) {
                if (kind.number == number) {
                    sink.subsection(kind, at + 8, size);
                }
            }
            at += 8 + ((size + 3) & ~3L);
        }
    }

    /** Takes subsections. */
    @FunctionalInterface
    interface Sink {
        void subsection(LineSubsection kind, long offset, long size);
    }
}
