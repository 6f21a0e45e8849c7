package oriel.format.minidump;

import java.util.Optional;
import oriel.bytes.Bytes;
import oriel.model.Architecture;

/** CONTEXT of x86: 716 bytes, the last 512 of them an FXSAVE area. */
final class X86Context {
    private static final int SIZE = 716;
    private static final long I386 = 0x10000;
    private static final int CONTROL = 1;
    private static final int INTEGER = 2;
    private static final int SEGMENTS = 4;
    private static final int FLOATING_POINT = 8;
    private static final int DEBUG = 0x10;
    private static final int EXTENDED = 0x20;
    private static final int XSTATE = 0x40;
    private static final int FXSAVE = 204;

    private X86Context() {}

    static Optional<ProcessorContext> read(Bytes in, XstateLayout layout) {
        long flags = in.u32(0);
        if ((flags & I386) == 0) {
            return Optional.empty();
        }
        var fields = new ContextFields(in, Architecture.X86);
        if ((flags & CONTROL) != 0) {
            fields.run(180, 4, "ebp", "eip", "cs", "efl", "esp", "ss");
        }
        if ((flags & INTEGER) != 0) {
            fields.run(156, 4, "edi", "esi", "ebx", "edx", "ecx", "eax");
        }
        if ((flags & SEGMENTS) != 0) {
            fields.run(140, 4, "gs", "fs", "es", "ds");
        }
        if ((flags & DEBUG) != 0) {
            fields.run(4, 4, "dr0", "dr1", "dr2", "dr3", "dr6", "dr7");
        }
        if ((flags & FLOATING_POINT) != 0) {
            fields.run(28, 4, "fpcw", "fpsw", "fptw");
            for (int i = 0; i < 8; i++) {
                fields.one(56 + 10L * i, 10, "st" + i);
            }
        }
        if ((flags & EXTENDED) != 0) {
            fields.one(FXSAVE + 24, 4, "mxcsr").numbered(FXSAVE + 160, 16, "xmm", 8);
        }
        var registers = fields.build();
        Bytes upperVectors = in.slice(0, 0);
        if ((flags & XSTATE) == XSTATE) {
            XsaveArea extended = XsaveArea.behind(in, SIZE, layout);
            registers = extended.withShadowStackPointer(registers);
            upperVectors = extended.upperVectors(upperVectors);
        }
        return Optional.of(new ProcessorContext(Architecture.X86, flags, registers, upperVectors));
    }
}
