package oriel.kd.protocol;

import java.util.ArrayList;
import java.util.List;
import oriel.model.Architecture;
import oriel.model.Register;
import oriel.model.RegisterSet;
import oriel.model.Registers;

/** Where registers lie in the CONTEXT of an architecture, for reading and for writing. */
public final class ContextLayout {
    /** CONTEXT of x86 with its extended registers. */
    public static final ContextLayout X86 = x86();

    /** CONTEXT of x64. */
    public static final ContextLayout X64 = x64();

    /** CONTEXT of ARM64. */
    public static final ContextLayout ARM64 = arm64();

    /** CONTEXT of ARM. */
    public static final ContextLayout ARM = arm();

    private record Slot(Register register, int offset, int width) {}

    private final Architecture architecture;
    private final int size;
    private final int flagsOffset;
    private final int allFlags;
    private final List<Slot> slots = new ArrayList<>();

    private ContextLayout(Architecture architecture, int size, int flagsOffset, int allFlags) {
        this.architecture = architecture;
        this.size = size;
        this.flagsOffset = flagsOffset;
        this.allFlags = allFlags;
    }

    /** The layout of an architecture. */
    public static ContextLayout of(Architecture architecture) {
        return switch (architecture) {
            case X86 -> X86;
            case X64 -> X64;
            case ARM -> ARM;
            case ARM64 -> ARM64;
        };
    }

    /** Bytes of a whole CONTEXT. */
    public int size() {
        return size;
    }

    /** The flags that ask for everything, or those that a context has. */
    public int flags(byte[] context) {
        int flags = 0;
        for (int i = 3; i >= 0 && context.length >= flagsOffset + 4; i--) {
            flags = flags << 8 | context[flagsOffset + i] & 0xff;
        }
        return flags == 0 ? allFlags : flags;
    }

    /** The registers of a context; those that lie beyond its end are unknown. */
    public RegisterSet read(byte[] context) {
        RegisterSet.Builder set = RegisterSet.builder(architecture);
        for (Slot slot : slots) {
            if (slot.offset + slot.width <= context.length) {
                long low = number(context, slot.offset, Math.min(8, slot.width));
                long high = slot.width > 8 ? number(context, slot.offset + 8, slot.width - 8) : 0;
                set.set(slot.register, low, high);
            }
        }
        return set.build();
    }

    /** A copy of a context with the values of a set; what the set does not know stays. */
    public byte[] write(byte[] context, RegisterSet values) {
        byte[] changed = context.clone();
        for (Slot slot : slots) {
            if (slot.offset + slot.width <= changed.length && values.has(slot.register)) {
                put(
                        changed,
                        slot.offset,
                        Math.min(8, slot.width),
                        values.value(slot.register).orElse(0));
                if (slot.width > 8) {
                    put(
                            changed,
                            slot.offset + 8,
                            slot.width - 8,
                            values.high(slot.register).orElse(0));
                }
            }
        }
        return changed;
    }

    private static long number(byte[] from, int at, int width) {
        long value = 0;
        for (int i = width - 1; i >= 0; i--) {
            value = value << 8 | from[at + i] & 0xff;
        }
        return value;
    }

    private static void put(byte[] into, int at, int width, long value) {
        for (int i = 0; i < width; i++) {
            into[at + i] = (byte) (value >>> 8 * i);
        }
    }

    private ContextLayout add(int offset, int width, int stride, String... names) {
        for (int i = 0; i < names.length; i++) {
            Register register = Registers.require(architecture, names[i]);
            slots.add(new Slot(register, offset + i * stride, width));
        }
        return this;
    }

    private ContextLayout add(int offset, int width, String... names) {
        return add(offset, width, width, names);
    }

    private static String[] numbered(String prefix, int count) {
        var names = new String[count];
        for (int i = 0; i < count; i++) {
            names[i] = prefix + i;
        }
        return names;
    }

    private static ContextLayout x86() {
        return new ContextLayout(Architecture.X86, 0x2cc, 0, 0x1003f)
                .add(0x04, 4, "dr0", "dr1", "dr2", "dr3", "dr6", "dr7")
                .add(0x8c, 2, 4, "gs", "fs", "es", "ds")
                .add(0x9c, 4, "edi", "esi", "ebx", "edx", "ecx", "eax", "ebp", "eip")
                .add(0xbc, 2, "cs")
                .add(0xc0, 4, "efl", "esp")
                .add(0xc8, 2, "ss")
                .add(0xcc + 0x18, 4, "mxcsr")
                .add(0xcc + 0x20, 10, 16, numbered("st", 8))
                .add(0xcc + 0xa0, 16, numbered("xmm", 8));
    }

    private static ContextLayout x64() {
        return new ContextLayout(Architecture.X64, 0x4d0, 0x30, 0x10001f)
                .add(0x34, 4, "mxcsr")
                .add(0x38, 2, "cs", "ds", "es", "fs", "gs", "ss")
                .add(0x44, 4, "efl")
                .add(0x48, 8, "dr0", "dr1", "dr2", "dr3", "dr6", "dr7")
                .add(0x78, 8, "rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi")
                .add(0xb8, 8, "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "rip")
                .add(0x120, 10, 16, numbered("st", 8))
                .add(0x1a0, 16, numbered("xmm", 16));
    }

    private static ContextLayout arm64() {
        return new ContextLayout(Architecture.ARM64, 0x390, 0, 0x40001f)
                .add(0x04, 4, "cpsr")
                .add(0x08, 8, numbered("x", 29))
                .add(0xf0, 8, "fp", "lr", "sp", "pc")
                .add(0x110, 16, numbered("v", 32))
                .add(0x310, 4, "fpcr", "fpsr")
                .add(0x318, 4, numbered("bcr", 8))
                .add(0x338, 8, numbered("bvr", 8))
                .add(0x378, 4, "wcr0", "wcr1")
                .add(0x380, 8, "wvr0", "wvr1");
    }

    private static ContextLayout arm() {
        return new ContextLayout(Architecture.ARM, 0x1a0, 0, 0x20000f)
                .add(0x04, 4, numbered("r", 11))
                .add(0x30, 4, "fp", "r12", "sp", "lr", "pc", "cpsr", "fpscr")
                .add(0x50, 8, numbered("d", 32));
    }
}
