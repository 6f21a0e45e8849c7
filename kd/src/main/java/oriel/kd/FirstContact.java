package oriel.kd;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import oriel.kd.packet.LinkStatistics;
import oriel.kd.packet.PacketLink;
import oriel.kd.protocol.StateChange;
import oriel.kd.transport.Transport;

/**
 * An attempt to make contact with a target that runs, stands still, starts, or is none at all. For
 * the thread of its connection.
 */
final class FirstContact {
    /** A target that is stopped answers a reset at once; a running one needs the break-in. */
    private static final long RESET_ALONE = 200_000_000L;

    private static final long BREAK_IN_AGAIN = 2_000_000_000L;

    /** So long the answer to a reset is waited for after a stop has come without it. */
    private static final long EARLY_PATIENCE = 1_500_000_000L;

    /** So long after such a stop another reset is sent, and then a break-in with a third. */
    private static final long EARLY_URGED = 350_000_000L;

    /** So long what comes may be the stop, and not what a running target prints. */
    private static final long STOP_COMES = 1_500_000_000L;

    /** So soon, and so often, a user learns what has come instead of a target. */
    private static final long FIRST_LOOK = 3_500_000_000L;

    private static final long SLICE = 100_000_000L;

    private final Transport transport;
    private final KdEvents events;
    private final LinePump line;
    private final PacketLink link;
    private final Inbox inbox;
    private final long start = System.nanoTime();
    private final int generationBefore;
    private long nextBreakIn = start + RESET_ALONE;
    private long heard;
    private long heardAt = start - RESET_ALONE;
    private long nextLook = FIRST_LOOK;
    private String said = "";
    private int resets;
    private int urges;

    FirstContact(Transport transport, KdEvents events, LinePump line, Inbox inbox) {
        this.transport = transport;
        this.events = events;
        this.line = line;
        this.link = line.link();
        this.inbox = inbox;
        this.generationBefore = line.generation();
        this.heard = seen().bytes();
    }

    private LinkStatistics seen() {
        return link.statistics();
    }

    /**
     * Waits for the stop.
     *
     * @param patience how long to wait while nothing at all comes
     * @param interrupted whether the user wants no more
     * @throws KdException saying what was seen when it is no kernel waiting for a debugger
     */
    StateChange make(Duration patience, BooleanSupplier interrupted) {
        inbox.stop = null;
        inbox.early = null;
        inbox.forgetResets();
        inbox.takeLate();
        reset();
        while (true) {
            StateChange found = found();
            if (found != null) {
                return found;
            }
            long now = System.nanoTime();
            urge(now);
            long waited = now - start;
            if (waited > patience.toNanos() || waited > FIRST_LOOK && isStrange()) {
                throw new KdException(strange(waited));
            }
            if (waited > nextLook) {
                nextLook = waited + FIRST_LOOK;
                notice(strange(waited));
            }
            if (interrupted.getAsBoolean()) {
                throw new KdException("interrupted while waiting for a target");
            }
            line.pump(SLICE);
            if (line.takeRestarted()) {
                reset();
            }
        }
    }

    /** Says what has been seen, and once more when that has become something else. */
    private void notice(String words) {
        var kind = new StringBuilder();
        words.chars().filter(c -> c < '0' || c > '9').forEach(c -> kind.append((char) c));
        if (!kind.toString().equals(said)) {
            said = kind.toString();
            events.noticed(words + "; still waiting");
        }
    }

    private void reset() {
        resets++;
        link.reset();
    }

    /** Sends what the target needs to tell its stop. */
    private void urge(long now) {
        if (seen().bytes() != heard) {
            heard = seen().bytes();
            heardAt = now;
        }
        // A target that stands still would keep a break-in for when it runs again.
        boolean comes = now - heardAt < RESET_ALONE / 2 && now - start < STOP_COMES;
        boolean due = !comes && now - nextBreakIn >= 0 && transport.isConnected();
        if (inbox.takeLate()) {
            // It has answered the debugger before this one first, so it is stopped.
            reset();
        } else if (inbox.early == null && due) {
            link.breakIn();
            if (link.isResetting()) {
                reset();
            }
            nextBreakIn = now + BREAK_IN_AGAIN;
        } else if (urges < 2 && inbox.isEarlyFor(EARLY_URGED * (urges + 1))) {
            // A reset that was lost; or the stop is an old one that the line has kept.
            urges++;
            if (urges > 1) {
                link.breakIn();
            }
            reset();
        }
    }

    /** The stop with which contact is made, or null while there is none. */
    private @Nullable StateChange found() {
        StateChange found = inbox.stop;
        if (found == null) {
            if (!inbox.isEarlyFor(EARLY_PATIENCE)) {
                return null;
            }
            link.stopResetting();
            found = inbox.early;
        }
        // A late answer to a reset would begin anew in the middle of something. A target that told
        // its stop before it answered one was running: those before are lost.
        boolean ran = inbox.early != null;
        long until = System.nanoTime() + RESET_ALONE;
        while (!ran && inbox.resetsAnswered() < resets && System.nanoTime() - until < 0) {
            line.pump(SLICE / 4);
            found = inbox.stop == null ? found : inbox.stop;
        }
        inbox.stop = null;
        inbox.early = null;
        return found;
    }

    private String strange(long waited) {
        return new StrangeLine(transport, seen(), line.generation()).words(waited);
    }

    /** Whether what has come so far never comes from a target. */
    private boolean isStrange() {
        boolean hungUp = line.generation() - generationBefore >= StrangeLine.HANG_UPS;
        boolean other = seen().bytes() > 0 && !StrangeLine.isText(seen().noise());
        return seen().packets() == 0 && (other || hungUp);
    }
}
