package oriel.model;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Where the registers lie in the CONTEXT structure (winnt.h) of an architecture, to read and to
 * write whole ones of live threads and of dumps.
 */
public final class ContextLayout {
    /** Of x64. */
    public static final ContextLayout X64 = x64();

    /** Of x86, also WOW64_CONTEXT. */
    public static final ContextLayout X86 = x86();

    /** Of ARM64. */
    public static final ContextLayout ARM64 = arm64();

    /** Of 32-bit ARM. */
    public static final ContextLayout ARM = arm();

    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Architecture architecture;
    private final int sizeBytes;
    private final int flagsOffset;
    private final int allFlags;

    /** Where each register lies, by its index; -1 for those that are not in the structure. */
    private final int[] offsets;

    private final int[] widths;

    private ContextLayout(Architecture architecture, int sizeBytes, int flagsOffset, int allFlags) {
        this.architecture = architecture;
        this.sizeBytes = sizeBytes;
        this.flagsOffset = flagsOffset;
        this.allFlags = allFlags;
        int count = Registers.of(architecture).size();
        this.offsets = new int[count];
        this.widths = new int[count];
        Arrays.fill(offsets, -1);
    }

    /** The layout of an architecture. */
    public static ContextLayout of(Architecture architecture) {
        return switch (architecture) {
            case X64 -> X64;
            case X86 -> X86;
            case ARM64 -> ARM64;
            case ARM -> ARM;
        };
    }

    /** Bytes of the structure. */
    public int sizeBytes() {
        return sizeBytes;
    }

    /** Where ContextFlags lies. */
    public int flagsOffset() {
        return flagsOffset;
    }

    /** CONTEXT_ALL. */
    public int allFlags() {
        return allFlags;
    }

    /** The registers of a context; those beyond its end are unknown. */
    public RegisterSet read(byte[] context) {
        return RegisterSet.of(this, context.clone());
    }

    Architecture architecture() {
        return architecture;
    }

    /** Whether a context holds a register. */
    boolean has(byte[] context, int index) {
        return offsets[index] >= 0 && offsets[index] + widths[index] <= context.length;
    }

    /** The low 64 bits of a register that a context holds. */
    long low(byte[] context, int index) {
        int at = offsets[index];
        return switch (widths[index]) {
            case 2 -> (short) SHORT.get(context, at) & 0xffff;
            case 4 -> (int) INT.get(context, at) & 0xffffffffL;
            default -> (long) LONG.get(context, at);
        };
    }

    /** The bits of a register above the 64th. */
    long high(byte[] context, int index) {
        int at = offsets[index] + 8;
        return switch (widths[index]) {
            case 10 -> (short) SHORT.get(context, at) & 0xffff;
            case 16 -> (long) LONG.get(context, at);
            default -> 0;
        };
    }

    /** Puts the registers that a set knows into a context; what it does not know stays. */
    public void write(RegisterSet registers, byte[] context) {
        RegisterSet.Values values = registers.values();
        for (int i = values.next(0); i >= 0; i = values.next(i + 1)) {
            if (!has(context, i)) {
                continue;
            }
            long low = values.low(i);
            long high = values.high(i);
            int at = offsets[i];
            switch (widths[i]) {
                case 2 -> SHORT.set(context, at, (short) low);
                case 4 -> INT.set(context, at, (int) low);
                case 8 -> LONG.set(context, at, low);
                case 10 -> {
                    LONG.set(context, at, low);
                    SHORT.set(context, at + 8, (short) high);
                }
                default -> {
                    LONG.set(context, at, low);
                    LONG.set(context, at + 8, high);
                }
            }
        }
    }

    /** A whole context with the registers that a set knows; the others are 0. */
    public byte[] context(RegisterSet registers) {
        var context = new byte[sizeBytes];
        INT.set(context, flagsOffset, allFlags);
        write(registers, context);
        return context;
    }

    private ContextLayout run(int offset, int stride, int width, String... names) {
        for (int i = 0; i < names.length; i++) {
            int index = Registers.require(architecture, names[i]).index();
            offsets[index] = offset + i * stride;
            widths[index] = width;
        }
        return this;
    }

    private ContextLayout run(int offset, int width, String... names) {
        return run(offset, width, width, names);
    }

    private ContextLayout numbered(int offset, int stride, int width, String prefix, int count) {
        for (int i = 0; i < count; i++) {
            run(offset + i * stride, width, prefix + i);
        }
        return this;
    }

    private static ContextLayout x64() {
        return new ContextLayout(Architecture.X64, 0x4d0, 0x30, 0x10001f)
                .run(0x34, 4, "mxcsr")
                .run(0x38, 2, "cs", "ds", "es", "fs", "gs", "ss")
                .run(0x44, 4, "efl")
                .run(0x48, 8, "dr0", "dr1", "dr2", "dr3", "dr6", "dr7")
                .run(0x78, 8, "rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi")
                .run(0xb8, 8, "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "rip")
                .run(0x100, 2, "fpcw", "fpsw", "fptw")
                .numbered(0x120, 16, 10, "st", 8)
                .numbered(0x1a0, 16, 16, "xmm", 16);
    }

    private static ContextLayout x86() {
        return new ContextLayout(Architecture.X86, 716, 0, 0x1003f)
                .run(4, 4, "dr0", "dr1", "dr2", "dr3", "dr6", "dr7")
                .run(28, 4, 2, "fpcw", "fpsw", "fptw")
                .numbered(56, 10, 10, "st", 8)
                .run(140, 4, 2, "gs", "fs", "es", "ds")
                .run(156, 4, "edi", "esi", "ebx", "edx", "ecx", "eax", "ebp", "eip")
                .run(188, 4, 2, "cs")
                .run(192, 4, "efl", "esp")
                .run(200, 4, 2, "ss")
                .run(228, 4, "mxcsr")
                .numbered(364, 16, 16, "xmm", 8);
    }

    private static ContextLayout arm64() {
        return new ContextLayout(Architecture.ARM64, 0x390, 0, 0x40000f)
                .run(4, 4, "cpsr")
                .numbered(8, 8, 8, "x", 29)
                .run(0xf0, 8, "fp", "lr", "sp", "pc")
                .numbered(0x110, 16, 16, "v", 32)
                .run(0x310, 4, "fpcr", "fpsr")
                .numbered(0x318, 4, 4, "bcr", 8)
                .numbered(0x338, 8, 8, "bvr", 8)
                .run(0x378, 4, "wcr0", "wcr1")
                .run(0x380, 8, "wvr0", "wvr1");
    }

    private static ContextLayout arm() {
        return new ContextLayout(Architecture.ARM, 0x1a0, 0, 0x20000f)
                .numbered(4, 4, 4, "r", 11)
                .run(0x30, 4, "fp", "r12", "sp", "lr", "pc", "cpsr", "fpscr")
                .numbered(0x50, 8, 8, "d", 32);
    }
}
