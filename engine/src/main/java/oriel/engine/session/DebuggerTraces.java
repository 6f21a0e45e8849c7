package oriel.engine.session;

import java.util.OptionalLong;
import oriel.model.Architecture;
import oriel.model.Memory;
import oriel.model.TargetThread;

/**
 * What the system writes into a process that begins under a debugger: BeingDebugged and
 * NtGlobalFlag of the process environment block, and the flags of its heaps. Layouts: winternl.h,
 * and the symbols of ntdll for heaps since Windows Vista.
 */
final class DebuggerTraces {
    /** FLG_HEAP_ENABLE_TAIL_CHECK, FLG_HEAP_ENABLE_FREE_CHECK, FLG_HEAP_VALIDATE_PARAMETERS. */
    private static final long GLOBAL_FLAGS = 0x70;

    /**
     * HEAP_TAIL_CHECKING_ENABLED, HEAP_FREE_CHECKING_ENABLED, HEAP_SKIP_VALIDATION_CHECKS,
     * HEAP_VALIDATE_PARAMETERS_ENABLED.
     */
    private static final long HEAP_FLAGS = 0x50000060L;

    private static final int MOST_HEAPS = 256;

    // In the blocks of threads: NtTib.Self and ProcessEnvironmentBlock of TEB64.
    private static final int WIDE_SELF = 0x30;
    private static final int WIDE_PEB = 0x60;
    private static final int GDI_BATCH_COUNT = 0xf70;

    private final ProcessSpace space;
    private final boolean wide;

    private DebuggerTraces(ProcessSpace space, boolean wide) {
        this.space = space;
        this.wide = wide;
    }

    /**
     * Takes the traces out of a process that stands.
     *
     * @param mark whether the mark of being debugged goes, too
     */
    static void clear(ProcessSpace space, boolean mark) {
        OptionalLong peb = space.target().process().pebVa();
        boolean wide = space.architecture() != Architecture.X86;
        if (peb.isPresent()) {
            new DebuggerTraces(space, wide).clear(peb.getAsLong(), mark);
        }
        if (!wide) {
            nativePeb(space).ifPresent(va -> new DebuggerTraces(space, true).clear(va, mark));
        }
    }

    /**
     * The 64-bit environment block of a 32-bit process on a 64-bit system: the 64-bit block of each
     * thread points to it.
     */
    private static OptionalLong nativePeb(ProcessSpace space) {
        Memory memory = space.memory();
        for (TargetThread thread : space.target().threads()) {
            long teb = thread.tebVa().orElse(0);
            // GdiBatchCount of the 32-bit block is where the other one lies.
            long other = memory.unsigned(teb + GDI_BATCH_COUNT, 4).orElse(0);
            for (long each : new long[] {teb, other}) {
                if (each != 0 && memory.unsigned(each + WIDE_SELF, 8).orElse(0) == each) {
                    return memory.unsigned(each + WIDE_PEB, 8);
                }
            }
        }
        return OptionalLong.empty();
    }

    private void clear(long peb, boolean mark) {
        if (mark) {
            space.write(peb + 2, new byte[] {0});
        }
        clearBits(peb + (wide ? 0xbc : 0x68), GLOBAL_FLAGS);
        long count = number(peb + (wide ? 0xe8 : 0x88), 4);
        long heaps = number(peb + (wide ? 0xf0 : 0x90), pointer());
        for (int i = 0; i < Math.min(count, MOST_HEAPS); i++) {
            heap(number(heaps + (long) i * pointer(), pointer()));
        }
        heap(number(peb + (wide ? 0x30 : 0x18), pointer()));
    }

    private void heap(long heap) {
        if (heap != 0) {
            // Flags and ForceFlags
            clearBits(heap + (wide ? 0x70 : 0x40), HEAP_FLAGS);
            clearBits(heap + (wide ? 0x74 : 0x44), HEAP_FLAGS);
        }
    }

    private int pointer() {
        return wide ? 8 : 4;
    }

    private long number(long va, int width) {
        Memory memory = space.memory();
        return memory.unsigned(va, width).orElse(0);
    }

    private void clearBits(long va, long bits) {
        long value = number(va, 4);
        if ((value & bits) != 0) {
            long cleared = value & ~bits;
            space.write(
                    va,
                    new byte[] {
                        (byte) cleared,
                        (byte) (cleared >>> 8),
                        (byte) (cleared >>> 16),
                        (byte) (cleared >>> 24)
                    });
        }
    }
}
