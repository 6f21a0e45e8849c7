package oriel.engine.disasm;

/**
 * The opcode maps. Their rows are constants of classes, not files: finding a first file among its
 * classes takes a JVM longer than all the rest of decoding a first instruction.
 */
enum X86Map {
    ONE_BYTE,
    MAP_0F,
    MAP_0F38,
    MAP_0F3A,
    AMD_3DNOW,
    VEX_0F,
    VEX_0F38,
    VEX_0F3A,
    VEX_MAP7,
    XOP_8,
    XOP_9,
    XOP_A,
    EVEX_0F,
    EVEX_0F38,
    EVEX_0F3A,
    EVEX_MAP5,
    EVEX_MAP6;

    /** Whether it belongs to VEX, XOP or EVEX, where unused fields must be idle. */
    boolean isExtended() {
        return compareTo(VEX_0F) >= 0;
    }

    /** Rows, sorted by opcode, a line feed behind each: all of an opcode, and more. */
    String rows(int opcode) {
        return switch (this) {
            case ONE_BYTE -> (opcode & 0xf8) == 0xd8 ? X86RowsX87.rows() : X86RowsOneByte.rows();
            case MAP_0F -> opcode < 0x80 ? X86Rows0f.rows() : X86Rows0f80.rows();
            case MAP_0F38 -> X86Rows0f38.rows();
            case MAP_0F3A -> X86Rows0f3a.rows();
            case AMD_3DNOW -> X86Rows3dNow.rows();
            case VEX_0F -> X86RowsVex0f.rows();
            case VEX_0F38 -> X86RowsVex0f38.rows();
            case VEX_0F3A -> X86RowsVex0f3a.rows();
            case VEX_MAP7 -> X86RowsVexMap7.rows();
            case XOP_8 -> X86RowsXop8.rows();
            case XOP_9 -> X86RowsXop9.rows();
            case XOP_A -> X86RowsXopA.rows();
            case EVEX_0F -> X86RowsEvex0f.rows();
            case EVEX_0F38 -> X86RowsEvex0f38.rows();
            case EVEX_0F3A -> X86RowsEvex0f3a.rows();
            case EVEX_MAP5 -> X86RowsEvexMap5.rows();
            // every map is named: without a default a JVM would load an exception for new ones
            default -> X86RowsEvexMap6.rows();
        };
    }
}
