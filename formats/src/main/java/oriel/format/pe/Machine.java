package oriel.format.pe;

import java.util.Optional;
import oriel.model.Architecture;

/** Machine numbers of the COFF header that this reader can name. */
public enum Machine {
    UNKNOWN(0),
    I386(0x14c),
    R3000(0x162),
    R4000(0x166),
    R10000(0x168),
    WCE_MIPS_V2(0x169),
    ALPHA(0x184),
    SH3(0x1a2),
    SH3_DSP(0x1a3),
    SH4(0x1a6),
    SH5(0x1a8),
    ARM(0x1c0),
    THUMB(0x1c2),
    ARMNT(0x1c4),
    AM33(0x1d3),
    POWERPC(0x1f0),
    POWERPC_FP(0x1f1),
    IA64(0x200),
    MIPS16(0x266),
    ALPHA64(0x284),
    MIPS_FPU(0x366),
    MIPS_FPU16(0x466),
    TRICORE(0x520),
    CEF(0xcef),
    EBC(0xebc),
    RISCV32(0x5032),
    RISCV64(0x5064),
    RISCV128(0x5128),
    LOONGARCH32(0x6232),
    LOONGARCH64(0x6264),
    AMD64(0x8664),
    M32R(0x9041),
    ARM64EC(0xa641),
    ARM64X(0xa64e),
    ARM64(0xaa64),
    CEE(0xc0ee);

    private final int number;

    Machine(int number) {
        this.number = number;
    }

    /** The number in the header, unsigned 16 bits. */
    public int number() {
        return number;
    }

    /** The machine with a number; empty when this reader has no name for it. */
    public static Optional<Machine> of(int number) {
        for (Machine machine : values()) {
            if (machine.number == number) {
                return Optional.of(machine);
            }
        }
        return Optional.empty();
    }

    /** The architecture whose code the image holds, when it is one Oriel knows. */
    public Optional<Architecture> architecture() {
        return switch (this) {
            case I386 -> Optional.of(Architecture.X86);
            case AMD64 -> Optional.of(Architecture.X64);
            case ARM64, ARM64EC, ARM64X -> Optional.of(Architecture.ARM64);
            case ARM, THUMB, ARMNT -> Optional.of(Architecture.ARM);
            default -> Optional.empty();
        };
    }
}
