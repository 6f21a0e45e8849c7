package oriel.format.minidump;

import java.util.Optional;
import oriel.bytes.Bytes;
import oriel.model.Architecture;

/**
 * CONTEXT of 32-bit ARM (416 bytes) and Breakpad's (368 bytes), which have the general and floating
 * point registers at the same places.
 */
final class ArmContext {
    private static final int SMALLEST = 0x48;
    private static final long ARM = 0x200000;
    private static final long BREAKPAD = 0x40000000L;
    private static final int CONTROL = 1;
    private static final int INTEGER = 2;
    private static final int FLOATING_POINT = 4;

    private ArmContext() {}

    static Optional<ProcessorContext> read(Bytes in) {
        if (in.size() < SMALLEST || (in.u32(0) & (ARM | BREAKPAD)) == 0) {
            return Optional.empty();
        }
        long flags = in.u32(0);
        boolean breakpad = (flags & BREAKPAD) != 0;
        var fields = new ContextFields(in, Architecture.ARM);
        if (breakpad || (flags & INTEGER) != 0) {
            fields.numbered(4, 4, "r", 11).run(0x30, 4, "fp", "r12");
        }
        if (breakpad || (flags & CONTROL) != 0) {
            fields.run(0x38, 4, "sp", "lr", "pc", "cpsr");
        }
        if ((flags & FLOATING_POINT) != 0) {
            fields.one(0x48, 4, "fpscr").numbered(0x50, 8, "d", 32);
        }
        return Optional.of(new ProcessorContext(Architecture.ARM, flags, fields.build()));
    }
}
