package oriel.engine.disasm;

import java.util.Optional;
import java.util.OptionalLong;
import oriel.model.Architecture;
import oriel.model.Register;
import oriel.model.RegisterSet;
import oriel.model.Registers;

/**
 * A register as an instruction names it: al, ah, ax, eax and rax are five of these over one {@link
 * Register}. Instances are constants, so compare them with {@code ==}. Immutable.
 */
public final class CodeRegister {
    /** No register; stands where an operand has no base, index or segment. */
    public static final CodeRegister NONE = new CodeRegister("", Kind.NONE, 0, 0, 0, "", "");

    /** What a register is for. */
    public enum Kind {
        NONE,
        GENERAL,
        PROGRAM_COUNTER,
        FLAGS,
        SEGMENT,
        CONTROL,
        DEBUG,
        X87,
        MMX,
        VECTOR,
        MASK,
        TILE,
        BOUND,
        ZERO,
        SYSTEM
    }

    private final String name;
    private final Kind kind;
    private final int number;
    private final int bits;
    private final int bytes;
    private final int shift;
    private final String wideName;
    private final String narrowName;

    /**
     * @param name lower case, as an assembler writes it
     * @param kind what it is for
     * @param number the number that encodes it
     * @param bits width
     * @param shift lowest bit of the full register that it covers: 8 for ah, else 0
     * @param wideName the full register of a 64-bit architecture in {@link Registers}, or ""
     * @param narrowName the full register of a 32-bit architecture, or ""
     */
    CodeRegister(
            String name,
            Kind kind,
            int number,
            int bits,
            int shift,
            String wideName,
            String narrowName) {
        this.name = name;
        this.kind = kind;
        this.number = number;
        this.bits = bits;
        this.bytes = bits >> 3;
        this.shift = shift;
        this.wideName = wideName;
        this.narrowName = narrowName;
    }

    /** Lower case, as an assembler writes it: rax, ah, xmm5, st(1), k3, x0, wzr. Empty for NONE. */
    public String name() {
        return name;
    }

    /** What it is for. */
    public Kind kind() {
        return kind;
    }

    /** The number that encodes it, 0..31. */
    public int number() {
        return number;
    }

    /** Width in bits. */
    public int bits() {
        return bits;
    }

    /** Width in whole bytes. */
    int bytes() {
        return bytes;
    }

    /** Lowest bit of the full register that this one covers: 8 for ah, ch, dh, bh, otherwise 0. */
    public int shift() {
        return shift;
    }

    /** Whether there is a register at all. */
    public boolean isPresent() {
        return kind != Kind.NONE;
    }

    /** Whether this is the stack pointer or a part of it. */
    public boolean isStackPointer() {
        return wideName.equals("rsp") || wideName.equals("sp");
    }

    /**
     * The full register that holds this one: rax for al on x64, xmm3 for ymm3 (of which only the
     * low half is then known). Empty when contexts of that architecture do not hold it (k1, zmm20).
     */
    public Optional<Register> in(Architecture architecture) {
        String full = architecture.is64Bit() ? wideName : narrowName;
        return full.isEmpty() ? Optional.empty() : Registers.named(architecture, full);
    }

    /** A register of x86 and x64 by its name in lower case: al, r8d, cs, xmm3. */
    public static Optional<CodeRegister> ofIntel(String name) {
        return X86Registers.find(name);
    }

    /**
     * The value of this part in a set of registers, zero-extended; of registers wider than 64 bits
     * the low 64. Empty when unknown.
     */
    public OptionalLong value(RegisterSet registers) {
        if (kind == Kind.ZERO) {
            return OptionalLong.of(0);
        }
        Optional<Register> full = in(registers.architecture());
        if (full.isEmpty()) {
            return OptionalLong.empty();
        }
        OptionalLong value = registers.value(full.get());
        if (value.isEmpty() || bits >= 64) {
            return value;
        }
        return OptionalLong.of((value.getAsLong() >>> shift) & ((1L << bits) - 1));
    }

    @Override
    public String toString() {
        return name;
    }
}
