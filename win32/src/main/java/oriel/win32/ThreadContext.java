package oriel.win32;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import oriel.model.Architecture;
import oriel.model.ContextLayout;
import oriel.model.RegisterSet;
import oriel.win32.raw.Failures;
import oriel.win32.raw.Kernel32;

/** The processor context of one thread, as read; changed and written back whole. */
final class ThreadContext {
    /** The calls demand that x64 contexts begin at such an address. */
    private static final int ALIGNMENT = 16;

    private final ContextLayout layout;
    private final boolean wow64;
    private final byte[] bytes;

    private ThreadContext(ContextLayout layout, boolean wow64, byte[] bytes) {
        this.layout = layout;
        this.wow64 = wow64;
        this.bytes = bytes;
    }

    static ThreadContext read(long thread, Architecture architecture, boolean wow64) {
        ContextLayout layout = ContextLayout.of(architecture);
        try (var room = new Memory(layout.sizeBytes() + ALIGNMENT)) {
            Pointer context = room.align(ALIGNMENT);
            context.clear(layout.sizeBytes());
            context.setInt(layout.flagsOffset(), layout.allFlags());
            boolean good =
                    wow64
                            ? Kernel32.Wow64GetThreadContext(thread, context)
                            : Kernel32.GetThreadContext(thread, context);
            Failures.check(wow64 ? "Wow64GetThreadContext" : "GetThreadContext", good);
            return new ThreadContext(layout, wow64, context.getByteArray(0, layout.sizeBytes()));
        }
    }

    RegisterSet registers() {
        return layout.read(bytes);
    }

    void set(RegisterSet wanted) {
        layout.write(wanted, bytes);
    }

    void write(long thread) {
        try (var room = new Memory(layout.sizeBytes() + ALIGNMENT)) {
            Pointer context = room.align(ALIGNMENT);
            context.write(0, bytes, 0, bytes.length);
            context.setInt(layout.flagsOffset(), layout.allFlags());
            boolean good =
                    wow64
                            ? Kernel32.Wow64SetThreadContext(thread, context)
                            : Kernel32.SetThreadContext(thread, context);
            Failures.check(wow64 ? "Wow64SetThreadContext" : "SetThreadContext", good);
        }
    }
}
