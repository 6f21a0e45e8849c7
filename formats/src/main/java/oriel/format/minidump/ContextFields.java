package oriel.format.minidump;

import oriel.bytes.Bytes;
import oriel.model.Architecture;
import oriel.model.Register;
import oriel.model.RegisterSet;
import oriel.model.Registers;

/** Moves fields of a context into registers. */
final class ContextFields {
    private final Bytes in;
    private final Architecture architecture;
    private final RegisterSet.Builder into;

    ContextFields(Bytes in, Architecture architecture) {
        this.in = in;
        this.architecture = architecture;
        this.into = RegisterSet.builder(architecture);
    }

    /** A run of registers of {@code width} bytes each, {@code width} apart. */
    ContextFields run(long offset, int width, String... names) {
        for (int i = 0; i < names.length; i++) {
            one(offset + (long) i * width, width, names[i]);
        }
        return this;
    }

    /** Numbered registers, {@code prefix}0 to {@code prefix}(count-1), {@code width} apart. */
    ContextFields numbered(long offset, int width, String prefix, int count) {
        if (in.contains(offset, (long) width * count)) {
            int first = Registers.require(architecture, prefix + "0").index();
            for (int i = 0; i < count; i++) {
                Register register = Registers.of(architecture).get(first + i);
                set(offset + (long) i * width, width, register);
            }
        }
        return this;
    }

    /** One register; left unknown when it does not lie within the context. */
    ContextFields one(long offset, int width, String name) {
        if (in.contains(offset, width)) {
            set(offset, width, Registers.require(architecture, name));
        }
        return this;
    }

    RegisterSet build() {
        return into.build();
    }

    private void set(long offset, int width, Register register) {
        switch (width) {
            case 2 -> into.set(register, in.u16(offset));
            case 4 -> into.set(register, in.u32(offset));
            case 8 -> into.set(register, in.u64(offset));
            case 10 -> into.set(register, in.u64(offset), in.u16(offset + 8));
            default -> into.set(register, in.u64(offset), in.u64(offset + 8));
        }
    }
}
