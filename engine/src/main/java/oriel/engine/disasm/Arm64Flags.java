package oriel.engine.disasm;

/** Bits of cpsr (PSTATE as contexts keep it). */
final class Arm64Flags {
    static final int N = 1 << 31;
    static final int Z = 1 << 30;
    static final int C = 1 << 29;
    static final int V = 1 << 28;
    static final int NZCV = N | Z | C | V;

    private Arm64Flags() {}
}
