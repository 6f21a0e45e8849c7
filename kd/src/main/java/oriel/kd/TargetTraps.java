package oriel.kd;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import oriel.kd.protocol.BreakpointRequest.RestoreBreakpoint;
import oriel.kd.protocol.BreakpointRequest.WriteBreakpoint;
import oriel.kd.protocol.ManipulateReply;
import oriel.model.Architecture;

/**
 * Breakpoint instructions in a target: those of its own table, which has few entries, and beyond
 * them bytes that are written. For the thread of its session.
 */
final class TargetTraps {
    private static final int MAX_HANDLE = 32;

    /** For a trap that is in no table. */
    private static final int WRITTEN = -1;

    /** So close behind a stop targets take their own breakpoints out. */
    private static final int TAKEN_OUT = 16;

    private static final byte[] INT3 = {(byte) 0xcc};

    /** BRK #0xF000, which Windows takes for a breakpoint. */
    private static final byte[] BRK = {0x00, 0x00, 0x3e, (byte) 0xd4};

    private final KdConnection connection;
    private final KdSession session;
    private final Set<Integer> numbers = new HashSet<>();
    private boolean cleared;

    /**
     * A trap that is in the target.
     *
     * @param number in the target's table; {@link #WRITTEN} when it was written
     * @param original what a written one replaced
     */
    record Handle(long va, int number, byte[] original) {}

    TargetTraps(KdConnection connection, KdSession session) {
        this.connection = connection;
        this.session = session;
    }

    /** The machine began anew, without any. */
    void restart() {
        numbers.clear();
        cleared = true;
    }

    /** Puts one in; empty when the target takes none there. */
    Optional<Handle> set(long va) {
        session.stop().forgetMemory();
        Optional<Handle> handle = ask(va);
        if (handle.isEmpty() && !cleared) {
            // A debugger before this one may have left some.
            cleared = true;
            for (int number = 1; number <= MAX_HANDLE; number++) {
                if (!numbers.contains(number)) {
                    restore(number);
                }
            }
            handle = ask(va);
        }
        return handle.isEmpty() ? written(va) : handle;
    }

    private Optional<Handle> ask(long va) {
        ManipulateReply reply =
                connection.request(
                        new WriteBreakpoint(session.toWire(va)), session.stop().processor());
        int number = reply.union().s32(8);
        var handle = new Handle(va, number, new byte[0]);
        // Kernels count from 1, and some say 0 for none. What VirtualBox has built in counts from
        // 0.
        if (!reply.isSuccess() || number == 0 && !isThere(handle)) {
            return Optional.empty();
        }
        numbers.add(number);
        return Optional.of(handle);
    }

    private Optional<Handle> written(long va) {
        Architecture architecture = session.architecture();
        byte[] trap = architecture.isIntel() ? INT3 : BRK;
        byte[] original = session.stop().memory().readUpTo(va, trap.length);
        boolean writable =
                architecture != Architecture.ARM
                        && original.length == trap.length
                        && session.writeUpTo(va, trap) == trap.length;
        return writable ? Optional.of(new Handle(va, WRITTEN, original)) : Optional.empty();
    }

    /** Takes one out. The target may have done so itself: it takes out those near a stop. */
    void lift(Handle handle) {
        session.stop().forgetMemory();
        if (handle.number() == WRITTEN) {
            session.writeUpTo(handle.va(), handle.original());
        } else {
            numbers.remove(handle.number());
            restore(handle.number());
        }
    }

    private void restore(int number) {
        connection.request(new RestoreBreakpoint(number), session.stop().processor());
    }

    /**
     * Whether the target has taken one out by itself, as it does with those close behind a stop,
     * also behind one that tells of an image.
     *
     * @param pc where it stopped
     * @param all whether those far from there may be gone too
     */
    boolean isTaken(Handle handle, long pc, boolean all) {
        long ahead = handle.va() - pc;
        boolean near = ahead >= 0 && ahead < TAKEN_OUT;
        return (near || all) && !isThere(handle);
    }

    /** Whether the target still has one, as its memory shows. */
    private boolean isThere(Handle handle) {
        byte[] trap = session.architecture().isIntel() ? INT3 : BRK;
        byte[] there = session.stop().memory().readUpTo(handle.va(), trap.length);
        return session.architecture().isIntel()
                ? there.length == 1 && there[0] == trap[0]
                : there.length == trap.length
                        && (there[3] & 0xff) == 0xd4
                        && (there[2] & 0xe0) == 0x20;
    }
}
