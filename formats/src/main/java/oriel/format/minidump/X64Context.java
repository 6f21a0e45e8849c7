package oriel.format.minidump;

import java.util.Optional;
import oriel.bytes.Bytes;
import oriel.model.Architecture;

/** CONTEXT of x64: 1232 bytes. */
final class X64Context {
    private static final int SIZE = 0x4d0;
    private static final int SMALLEST = 0x100;
    private static final long AMD64 = 0x100000;
    private static final int CONTROL = 1;
    private static final int INTEGER = 2;
    private static final int SEGMENTS = 4;
    private static final int FLOATING_POINT = 8;
    private static final int DEBUG = 0x10;
    private static final int XSTATE = 0x40;
    private static final int FXSAVE = 0x100;

    private X64Context() {}

    static Optional<ProcessorContext> read(Bytes in, XstateLayout layout) {
        if (in.size() < SMALLEST || (in.u32(0x30) & AMD64) == 0) {
            return Optional.empty();
        }
        long flags = in.u32(0x30);
        var fields = new ContextFields(in, Architecture.X64);
        if ((flags & CONTROL) != 0) {
            fields.one(0x38, 2, "cs").one(0x42, 2, "ss").one(0x44, 4, "efl");
            fields.one(0x98, 8, "rsp").one(0xf8, 8, "rip");
        }
        if ((flags & INTEGER) != 0) {
            fields.run(0x78, 8, "rax", "rcx", "rdx", "rbx").run(0xa0, 8, "rbp", "rsi", "rdi");
            fields.run(0xb8, 8, "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15");
        }
        if ((flags & SEGMENTS) != 0) {
            fields.run(0x3a, 2, "ds", "es", "fs", "gs");
        }
        if ((flags & DEBUG) != 0) {
            fields.run(0x48, 8, "dr0", "dr1", "dr2", "dr3", "dr6", "dr7");
        }
        if ((flags & FLOATING_POINT) != 0) {
            fields.one(0x34, 4, "mxcsr");
            fields.run(FXSAVE, 2, "fpcw", "fpsw").one(FXSAVE + 4, 2, "fptw");
            for (int i = 0; i < 8; i++) {
                fields.one(FXSAVE + 32 + 16L * i, 10, "st" + i);
            }
            fields.numbered(FXSAVE + 160, 16, "xmm", 16);
        }
        var registers = fields.build();
        Bytes upperVectors = in.slice(0, 0);
        if ((flags & XSTATE) == XSTATE) {
            XsaveArea extended = XsaveArea.behind(in, SIZE, layout);
            registers = extended.withShadowStackPointer(registers);
            upperVectors = extended.upperVectors(upperVectors);
        }
        return Optional.of(new ProcessorContext(Architecture.X64, flags, registers, upperVectors));
    }
}
