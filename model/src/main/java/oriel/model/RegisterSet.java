package oriel.model;

import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalLong;

/**
 * Values of registers with a validity bit each: after a walk up the stack rbx may be unknown, and
 * an unknown register is never shown as zero. Immutable; {@link #with} copies, {@link Builder}
 * fills. Values narrower than 64 bits are kept zero-extended; of wider ones (xmm0, st0) {@link
 * #value} is the low 64 bits and {@link #high} the rest.
 */
public final class RegisterSet {
    private final Architecture architecture;

    /** Up to the last known register: a walk of 10,000 frames keeps as many sets. */
    private final long[] low;

    /** Up to the last register with upper bits. */
    private final long[] high;

    private final BitSet valid;

    private RegisterSet(Architecture architecture, long[] low, long[] high, BitSet valid) {
        this.architecture = architecture;
        this.low = low;
        this.high = high;
        this.valid = valid;
    }

    /** A set in which no register is known. */
    public static RegisterSet unknown(Architecture architecture) {
        return builder(architecture).build();
    }

    /** Starts a set in which no register is known. */
    public static Builder builder(Architecture architecture) {
        int count = Registers.of(architecture).size();
        return new Builder(architecture, new long[count], new long[count], new BitSet(count));
    }

    /** Starts a set from the values of this one. */
    public Builder toBuilder() {
        int count = Registers.of(architecture).size();
        return new Builder(
                architecture,
                Arrays.copyOf(low, count),
                Arrays.copyOf(high, count),
                (BitSet) valid.clone());
    }

    /** Whose registers these are. */
    public Architecture architecture() {
        return architecture;
    }

    /** Whether the value of a register is known; false for one of another architecture. */
    public boolean has(Register register) {
        return register.architecture() == architecture && valid.get(register.index());
    }

    /** The (low 64 bits of the) value when known. */
    public OptionalLong value(Register register) {
        return has(register) ? OptionalLong.of(low[register.index()]) : OptionalLong.empty();
    }

    /** The value of a register by name when there is such a register and it is known. */
    public OptionalLong value(String name) {
        return Registers.named(architecture, name).map(this::value).orElse(OptionalLong.empty());
    }

    /** Bits 64 and up of a wide register when known. */
    public OptionalLong high(Register register) {
        int index = register.index();
        return has(register)
                ? OptionalLong.of(index < high.length ? high[index] : 0)
                : OptionalLong.empty();
    }

    /** The program counter when known. */
    public OptionalLong pc() {
        return value(Registers.programCounter(architecture));
    }

    /** The stack pointer when known. */
    public OptionalLong sp() {
        return value(Registers.stackPointer(architecture));
    }

    /** A copy in which one register has a value. */
    public RegisterSet with(Register register, long value) {
        return toBuilder().set(register, value).build();
    }

    /** A copy in which one register has a value, by name. */
    public RegisterSet with(String name, long value) {
        return with(Registers.require(architecture, name), value);
    }

    /** A copy in which one register is unknown. */
    public RegisterSet without(Register register) {
        return toBuilder().forget(register).build();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof RegisterSet other
                && architecture == other.architecture
                && valid.equals(other.valid)
                && Arrays.equals(low, other.low)
                && Arrays.equals(high, other.high);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(low) * 31 + valid.hashCode();
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (Register register : Registers.of(architecture)) {
            if (has(register)) {
                text.append(text.isEmpty() ? "" : " ").append(register.name()).append('=');
                text.append(Long.toHexString(low[register.index()]));
            }
        }
        return text.toString();
    }

    /** Fills a {@link RegisterSet}; for one thread, for one set. */
    public static final class Builder {
        private final Architecture architecture;
        private long[] low;
        private long[] high;
        private BitSet valid;

        private Builder(Architecture architecture, long[] low, long[] high, BitSet valid) {
            this.architecture = architecture;
            this.low = low;
            this.high = high;
            this.valid = valid;
        }

        /** Sets a register, cutting the value to its width. */
        public Builder set(Register register, long value) {
            return set(register, value, 0);
        }

        /** Sets a register by name. */
        public Builder set(String name, long value) {
            return set(Registers.require(architecture, name), value, 0);
        }

        /** Sets a register wider than 64 bits. */
        public Builder set(Register register, long lowBits, long highBits) {
            if (register.architecture() != architecture) {
                throw new IllegalArgumentException(register + " is not of " + architecture);
            }
            int bits = register.bits();
            low[register.index()] = bits >= 64 ? lowBits : lowBits & ((1L << bits) - 1);
            high[register.index()] = bits > 64 ? highBits : 0;
            valid.set(register.index());
            return this;
        }

        /** Makes a register unknown. */
        public Builder forget(Register register) {
            low[register.index()] = 0;
            high[register.index()] = 0;
            valid.clear(register.index());
            return this;
        }

        /** The set; the builder must not be used afterwards. */
        public RegisterSet build() {
            int known = valid.length();
            int wide = known;
            while (wide > 0 && high[wide - 1] == 0) {
                wide--;
            }
            return new RegisterSet(
                    architecture, Arrays.copyOf(low, known), Arrays.copyOf(high, wide), valid);
        }
    }
}
