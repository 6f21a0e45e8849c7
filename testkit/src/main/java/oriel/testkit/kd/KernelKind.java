package oriel.testkit.kd;

/**
 * Kernels that are different at the wire: what they say of themselves, how their contexts lie, and
 * which requests they know.
 */
public enum KernelKind {
    /** Knows everything that is asked here. */
    WINDOWS_10_X64(0x8664, 19041, 2, 7, 0x31, Registers.X64, Layout.X64_19041),

    /** Knows everything that is asked here. */
    SERVER_2003_X86(0x14c, 3790, 0, 3, 0x31, Registers.X86, Layout.X86_3790),

    /** Answers requests for whole contexts only, and none that came after it. */
    XP_X86(0x14c, 2600, 0, 3, 0x25, Registers.X86, Layout.X86_2600),

    /** Gives parts of contexts only. */
    WINDOWS_11_X64(0x8664, 22631, 2, 7, 0x31, Registers.X64, Layout.X64_19041),

    /** Stops at BRK; has no control space of the kind that others have. */
    WINDOWS_11_ARM64(0xaa64, 22631, 0, 7, 0x31, Registers.ARM64, Layout.ARM64),

    /** Refuses what it does not implement, and breaks down at what it does not expect. */
    REACTOS_X86(0x14c, 3790, 0, 2, 0, Registers.X86, Layout.X86_3790),

    /** The same on x64. */
    REACTOS_X64(0x8664, 3790, 0, 6, 0, Registers.X64, Layout.X64_3790);

    final int machine;
    final int build;
    final int secondary;
    final int flags;
    final int maxManipulate;
    final Registers registers;
    final Layout layout;

    KernelKind(
            int machine,
            int build,
            int secondary,
            int flags,
            int maxManipulate,
            Registers registers,
            Layout layout) {
        this.machine = machine;
        this.build = build;
        this.secondary = secondary;
        this.flags = flags;
        this.maxManipulate = maxManipulate;
        this.registers = registers;
        this.layout = layout;
    }

    boolean is64() {
        return machine != 0x14c;
    }

    boolean isArm() {
        return machine == 0xaa64;
    }

    boolean isReactOs() {
        return this == REACTOS_X86 || this == REACTOS_X64;
    }

    /** Whether it gives and takes whole contexts. */
    boolean hasWholeContexts() {
        return this != WINDOWS_11_X64;
    }

    /** Whether it gives and takes parts of contexts. */
    boolean hasPartsOfContexts() {
        return this != XP_X86;
    }

    /** Whether it searches and fills memory and tells of it. */
    boolean hasNewerRequests() {
        return this != XP_X86 && !isReactOs();
    }

    /** Where registers lie in a context: its size, its flags, and a few of them. */
    record Registers(int size, int flagsAt, long flags, int pc, int sp, int first) {
        static final Registers X64 = new Registers(1232, 0x30, 0x10001f, 0xf8, 0x98, 0x78);
        static final Registers X86 = new Registers(716, 0, 0x1003f, 0xb8, 0xc4, 0xb0);
        static final Registers ARM64 = new Registers(912, 0, 0x40001f, 0x108, 0x100, 8);
    }

    /** Where the members of processes and threads lie. */
    record Layout(
            int processSize,
            int processId,
            int parent,
            int peb,
            int name,
            int directory,
            int threads,
            int apcProcess,
            int clientId,
            int state,
            int start,
            int entry,
            int teb,
            int stack) {
        static final Layout X64_19041 =
                new Layout(
                        0xa40, 0x440, 0x540, 0x550, 0x5a8, 0x28, 0x30, 0xb8, 0x478, 0x184, 0x450,
                        0x2f8, 0xf0, 0x58);
        static final Layout X86_3790 =
                new Layout(
                        0x278, 0x94, 0x14c, 0x1a0, 0x164, 0x18, 0x50, 0x44, 0x1e4, 0x4c, 0x21c,
                        0x1a8, 0x74, 0x20);
        static final Layout X86_2600 =
                new Layout(
                        0x260, 0x84, 0x14c, 0x1b0, 0x174, 0x18, 0x50, 0x44, 0x1ec, 0x2d, 0x224,
                        0x1b0, 0x20, 0x28);
        static final Layout X64_3790 =
                new Layout(
                        0x3e0, 0xd8, 0x1e0, 0x2c0, 0x268, 0x28, 0x60, 0x68, 0x3a8, 0x154, 0x380,
                        0x300, 0xb0, 0x28);
        static final Layout ARM64 =
                new Layout(
                        0xac0, 0x400, 0x500, 0x510, 0x568, 0x28, 0x30, 0xb8, 0x4a8, 0x184, 0x480,
                        0x318, 0xf0, 0x58);
    }
}
