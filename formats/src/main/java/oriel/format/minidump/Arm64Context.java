package oriel.format.minidump;

import java.util.Optional;
import oriel.bytes.Bytes;
import oriel.model.Architecture;

/** CONTEXT of ARM64 (912 bytes), and the one that Breakpad wrote before (796 bytes). */
final class Arm64Context {
    private static final int SMALLEST = 0x110;
    private static final long ARM64 = 0x400000;
    private static final int CONTROL = 1;
    private static final int INTEGER = 2;
    private static final int FLOATING_POINT = 4;
    private static final int DEBUG = 8;

    private static final int OLD_SIZE = 796;
    private static final long OLD = 0x80000000L;

    private Arm64Context() {}

    static Optional<ProcessorContext> read(Bytes in) {
        if (in.size() < SMALLEST) {
            return Optional.empty();
        }
        long flags = in.u32(0);
        if ((flags & ARM64) != 0) {
            return Optional.of(windows(in, flags));
        }
        return (flags & OLD) != 0 && in.size() >= OLD_SIZE
                ? Optional.of(breakpad(in, flags))
                : Optional.empty();
    }

    private static ProcessorContext windows(Bytes in, long flags) {
        var fields = new ContextFields(in, Architecture.ARM64);
        if ((flags & CONTROL) != 0) {
            fields.one(4, 4, "cpsr").run(0xf0, 8, "fp", "lr", "sp", "pc");
        }
        if ((flags & INTEGER) != 0) {
            fields.numbered(8, 8, "x", 29);
        }
        if ((flags & FLOATING_POINT) != 0) {
            fields.numbered(0x110, 16, "v", 32).run(0x310, 4, "fpcr", "fpsr");
        }
        if ((flags & DEBUG) != 0) {
            fields.numbered(0x318, 4, "bcr", 8).numbered(0x338, 8, "bvr", 8);
            fields.run(0x378, 4, "wcr0", "wcr1").run(0x380, 8, "wvr0", "wvr1");
        }
        return new ProcessorContext(Architecture.ARM64, flags, fields.build());
    }

    /** MDRawContextARM64_Old: 64-bit flags, 33 registers, cpsr, fpsr, fpcr, vectors. */
    private static ProcessorContext breakpad(Bytes in, long flags) {
        var fields = new ContextFields(in, Architecture.ARM64);
        fields.numbered(8, 8, "x", 29).run(240, 8, "fp", "lr", "sp", "pc");
        fields.run(272, 4, "cpsr", "fpsr", "fpcr").numbered(284, 16, "v", 32);
        return new ProcessorContext(Architecture.ARM64, flags, fields.build());
    }
}
