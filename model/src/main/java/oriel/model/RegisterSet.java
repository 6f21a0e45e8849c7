package oriel.model;

import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Values of registers with a validity bit each: after a walk up the stack rbx may be unknown, and
 * an unknown register is never shown as zero. Immutable; {@link #with} copies, {@link Builder}
 * fills. Values narrower than 64 bits are kept zero-extended; of wider ones (xmm0, st0) {@link
 * #value} is the low 64 bits and {@link #high} the rest.
 */
public final class RegisterSet {
    private static final Values NONE = new Values(new long[0], new long[0], new BitSet());

    private final Architecture architecture;

    /** From which the values are read when somebody asks; a debugger asks for few of them. */
    private final @Nullable Context context;

    /** All values; of a context, once somebody has asked for all. */
    private @Nullable Values values;

    private RegisterSet(Architecture architecture, @Nullable Context context) {
        this.architecture = architecture;
        this.context = context;
    }

    /** Where registers lie, and the bytes. */
    private record Context(ContextLayout layout, byte[] bytes) {
        boolean has(int index) {
            return layout.has(bytes, index);
        }

        Values read() {
            Builder into = builder(layout.architecture());
            for (Register register : Registers.of(layout.architecture())) {
                int index = register.index();
                if (has(index)) {
                    into.set(register, layout.low(bytes, index), layout.high(bytes, index));
                }
            }
            return into.values();
        }
    }

    /**
     * Values and which of them are known.
     *
     * @param low up to the last known register: a walk of 10,000 frames keeps as many sets
     * @param high up to the last register with upper bits
     */
    record Values(long[] low, long[] high, BitSet valid) {
        /** The next known register from an index on; -1 for none. */
        int next(int index) {
            return valid.nextSetBit(index);
        }

        long low(int index) {
            return low[index];
        }

        long high(int index) {
            return index < high.length ? high[index] : 0;
        }
    }

    /** What a context holds; its bytes must not change. */
    static RegisterSet of(ContextLayout layout, byte[] context) {
        return new RegisterSet(layout.architecture(), new Context(layout, context));
    }

    /** All values. */
    Values values() {
        Values all = values;
        if (all == null) {
            all = context == null ? NONE : context.read();
            values = all;
        }
        return all;
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
        Values all = values();
        return new Builder(
                architecture,
                Arrays.copyOf(all.low, count),
                Arrays.copyOf(all.high, count),
                (BitSet) all.valid.clone());
    }

    /** Whose registers these are. */
    public Architecture architecture() {
        return architecture;
    }

    /** Whether the value of a register is known; false for one of another architecture. */
    public boolean has(Register register) {
        if (register.architecture() != architecture) {
            return false;
        }
        Values all = values;
        return all == null && context != null
                ? context.has(register.index())
                : values().valid.get(register.index());
    }

    /** The (low 64 bits of the) value when known. */
    public OptionalLong value(Register register) {
        if (!has(register)) {
            return OptionalLong.empty();
        }
        int index = register.index();
        Values all = values;
        return OptionalLong.of(
                all == null && context != null
                        ? context.layout.low(context.bytes, index)
                        : values().low[index]);
    }

    /** The value of a register by name when there is such a register and it is known. */
    public OptionalLong value(String name) {
        return Registers.named(architecture, name).map(this::value).orElse(OptionalLong.empty());
    }

    /** Bits 64 and up of a wide register when known. */
    public OptionalLong high(Register register) {
        return has(register)
                ? OptionalLong.of(values().high(register.index()))
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
                && values().valid.equals(other.values().valid)
                && Arrays.equals(values().low, other.values().low)
                && Arrays.equals(values().high, other.values().high);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values().low) * 31 + values().valid.hashCode();
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (Register register : Registers.of(architecture)) {
            if (has(register)) {
                text.append(text.isEmpty() ? "" : " ").append(register.name()).append('=');
                text.append(Long.toHexString(values().low[register.index()]));
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
            var set = new RegisterSet(architecture, null);
            set.values = values();
            return set;
        }

        private Values values() {
            int known = valid.length();
            int wide = known;
            while (wide > 0 && high[wide - 1] == 0) {
                wide--;
            }
            return new Values(Arrays.copyOf(low, known), Arrays.copyOf(high, wide), valid);
        }
    }
}
