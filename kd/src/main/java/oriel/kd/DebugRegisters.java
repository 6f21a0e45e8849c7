package oriel.kd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.model.Architecture;

/**
 * Watches in the debug registers of all processors of x86 and x64. Their addresses are written into
 * the saved special registers, from which a kernel loads them when it goes on; DR7 goes with the
 * request to go on. For the thread of its session.
 */
final class DebugRegisters {
    static final int COUNT = 4;

    /** DR7 without watches: a bit that is always set. */
    private static final long AT_REST = 0x400;

    private static final int X86_AT = 0x10;
    private static final int X64_AT = 0x20;

    private final KdSession session;

    /** What is in the registers; empty ones watch nothing. */
    private List<KernelBreakpoint> slots = List.of();

    private boolean used;
    private boolean stale;

    DebugRegisters(KdSession session) {
        this.session = session;
    }

    /** The machine began anew, with registers that watch nothing. */
    void restart() {
        stale = true;
    }

    /** Puts watches into the registers when others are there. */
    void arm(List<KernelBreakpoint> wanted) {
        var next = new ArrayList<KernelBreakpoint>();
        for (KernelBreakpoint each : wanted) {
            if (each.watch().isPresent()
                    && each.enabled()
                    && each.va().isPresent()
                    && next.size() < COUNT) {
                next.add(each);
            }
        }
        if (next.equals(slots) && !stale || next.isEmpty() && !used) {
            return;
        }
        used = true;
        stale = true;
        slots = List.copyOf(next);
        KdStop stop = session.stop();
        for (int i = 0; i < stop.threads().size(); i++) {
            write(i);
        }
        stale = false;
    }

    private void write(int processor) {
        boolean wide = session.architecture() == Architecture.X64;
        int at = wide ? X64_AT : X86_AT;
        int width = wide ? 8 : 4;
        byte[] special = session.registers().specialBytes(processor);
        int end = at + (COUNT + 2) * width;
        if (special.length < end) {
            throw new KdException("the target does not tell its debug registers");
        }
        byte[] head = Arrays.copyOf(special, end);
        ByteBuffer out = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < COUNT; i++) {
            long va = i < slots.size() ? slots.get(i).va().orElse(0) : 0;
            put(out, at + i * width, width, va);
        }
        put(out, end - width, width, control(0).orElse(AT_REST));
        session.registers().setSpecialBytes(processor, head);
    }

    private static void put(ByteBuffer out, int at, int width, long value) {
        if (width == 8) {
            out.putLong(at, value);
        } else {
            out.putInt(at, (int) value);
        }
    }

    /**
     * DR7 to go on with; empty when nothing was ever watched: then it stays as it is.
     *
     * @param exceptVa where no instruction is watched, because it is about to be executed
     */
    OptionalLong control(long exceptVa) {
        if (!used) {
            return OptionalLong.empty();
        }
        long dr7 = AT_REST;
        for (int i = 0; i < slots.size(); i++) {
            if (!executes(slots.get(i), exceptVa)) {
                Watch watch = slots.get(i).watch().orElseThrow();
                dr7 |= 2L << 2 * i | (long) watch.controlBits() << 16 + 4 * i;
            }
        }
        return OptionalLong.of(dr7);
    }

    /** DR7 to leave the target with. */
    OptionalLong rest() {
        return used ? OptionalLong.of(AT_REST) : OptionalLong.empty();
    }

    /** Whether the instruction at an address is watched. */
    boolean executes(long va) {
        return slots.stream().anyMatch(each -> executes(each, va));
    }

    private static boolean executes(KernelBreakpoint each, long va) {
        return each.isAt(va)
                && each.watch().filter(w -> w.access() == Watch.Access.EXECUTE).isPresent();
    }

    /** The watch that stopped the target, as DR6 tells. */
    Optional<KernelBreakpoint> hit(KdStop stop) {
        long dr6 = stop.change().dr6(stop.architecture());
        for (int i = 0; KdSession.isStep(stop.change()) && i < slots.size(); i++) {
            if ((dr6 >>> i & 1) != 0) {
                return Optional.of(slots.get(i));
            }
        }
        return Optional.empty();
    }
}
