package oriel.kd;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import oriel.kd.packet.Crlf;
import oriel.kd.packet.LinkStatistics;
import oriel.kd.packet.PacketLink;
import oriel.kd.packet.PacketType;
import oriel.kd.protocol.Api;
import oriel.kd.protocol.ManipulateReply;
import oriel.kd.protocol.ManipulateRequest;
import oriel.kd.protocol.StateChange;
import oriel.kd.transport.Transport;

/**
 * Questions and answers over a line: attaches to a target, sends requests and waits for their
 * answers, waits for stops, and serves what the target asks meanwhile. Whatever a line does, a
 * request is answered or ends in a {@link KdException} after a bounded time. For one thread, except
 * {@link #interrupt}.
 */
public final class KdConnection implements AutoCloseable {
    /** So soon after a stop that came before the answer to a reset another reset is sent. */
    private static final long RESET_ALONE = 200_000_000L;

    /** So long the answer to a reset is waited for after a stop has come without it. */
    private static final long EARLY_PATIENCE = 1_500_000_000L;

    private static final long RESET_PATIENCE = 3_000_000_000L;
    private static final long REPLY_PATIENCE = 4_000_000_000L;

    /** So long after the last byte the target is asked to send its answer again. */
    private static final long NAG_AFTER = 600_000_000L;

    /** A slow line needs longer for an answer that is on its way, but not for ever. */
    private static final long LONGEST_REPLY = 60_000_000_000L;

    private static final long UNACKNOWLEDGED = 1_500_000_000L;

    /** So long a target that is let go on may say nothing at all. */
    private static final long SILENT = 3_500_000_000L;

    private static final long SLICE = 100_000_000L;
    private static final int ATTEMPTS = 3;

    /** So many damaged packets in the place of an answer say that it is too long for the line. */
    private static final int DAMAGED_COPIES = 3;

    private static final int BREAK_INS = 3;

    private final Transport transport;
    private final KdEvents events;
    private final LinePump line;
    private final PacketLink link;
    private final Inbox inbox;

    private boolean attached;
    private volatile boolean breakInWanted;

    private boolean badLineNoticed;
    private long damagedBefore;

    /** What was asked last. */
    private ManipulateRequest asking = ManipulateRequest.Plain.GET_VERSION;

    /**
     * @param transport the line; closed with the connection
     * @param crlf what to do about 0d 0a that was 0a
     * @param events told what the target says by itself
     */
    public KdConnection(Transport transport, Crlf crlf, KdEvents events) {
        this.transport = transport;
        this.events = events;
        this.inbox = new Inbox(events, this::line);
        this.line = new LinePump(transport, crlf, inbox);
        this.link = line.link();
    }

    private LinePump line() {
        return line;
    }

    /** The line. */
    public Transport transport() {
        return transport;
    }

    /** What went over the line. */
    public LinkStatistics statistics() {
        return link.statistics();
    }

    private void pump(long mostNanos) {
        if (line.pump(mostNanos) && attached) {
            events.noticed(transport.name() + ": connected again");
        }
    }

    // Making contact

    /**
     * Makes contact: stops the target if it runs.
     *
     * @param patience how long to wait while nothing at all comes
     * @return the stop
     * @throws KdException saying what was seen when it is no kernel waiting for a debugger
     */
    public StateChange attach(Duration patience) {
        attached = false;
        StateChange found =
                new FirstContact(transport, events, line, inbox).make(patience, this::takeBreakIn);
        line.disturb();
        attached = true;
        return found;
    }

    private boolean takeBreakIn() {
        boolean was = breakInWanted;
        breakInWanted = false;
        return was;
    }

    // Asking

    /**
     * Asks a stopped target.
     *
     * @return the answer, which may be a failure
     * @throws KdException when no answer comes
     */
    public ManipulateReply request(ManipulateRequest request, int processor) {
        return request(request, processor, false, Sequence.ONE);
    }

    /**
     * Asks a stopped target again and again.
     *
     * @param first asked first
     * @param many whether it will be asked often
     * @param sequence may be called by another thread, while this one waits
     * @return the answer on which nothing followed
     */
    ManipulateReply request(
            ManipulateRequest first, int processor, boolean many, Sequence sequence) {
        asking = first;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            ManipulateRequest before = asking;
            ManipulateReply answer = ask(before, processor, many, sequence);
            if (answer != null) {
                return answer;
            }
            if (isDamagedAgain(sequence)) {
                link.skipDamaged();
                asking = sequence.less();
                attempt = -1;
                continue;
            }
            resynchronise();
            ManipulateRequest open = asking;
            if (!open.mayRepeat()) {
                throw new KdException(
                        "the line was disturbed during "
                                + Api.name(open.api())
                                + "; it is not known whether the target has done it");
            }
            if (open != before) {
                attempt = -1;
            }
        }
        throw new KdException(
                transport.name()
                        + ": no answer to "
                        + Api.name(asking.api())
                        + hint(asking.encode(processor)));
    }

    /** One attempt; null when there is no answer and something must be done about the line. */
    private @Nullable ManipulateReply ask(
            ManipulateRequest request, int processor, boolean many, Sequence sequence) {
        inbox.expect(request);
        damagedBefore = statistics().damaged();
        send(request, processor);
        inbox.onReply(
                answer -> {
                    damagedBefore = statistics().damaged();
                    Optional<ManipulateRequest> next = sequence.following(answer);
                    if (next.isPresent()) {
                        asking = next.get();
                        inbox.expect(asking);
                        send(asking, processor);
                        line.flush();
                        sequence.take(answer);
                        link.release();
                    }
                });
        boolean came = awaitReply(many, sequence);
        ManipulateReply answer = inbox.takeReply();
        if (!came || answer == null) {
            link.abandon();
            return null;
        }
        return answer;
    }

    private void send(ManipulateRequest request, int processor) {
        link.send(PacketType.STATE_MANIPULATE, request.encode(processor), System.nanoTime());
    }

    /** Waits for an answer. False when the line is to be looked after. */
    private boolean awaitReply(boolean many, Sequence sequence) {
        ManipulateRequest awaited = asking;
        var clock = new WaitingClock();
        long start = 0;
        long heardAt = 0;
        long heard = statistics().bytes();
        long nagAt = NAG_AFTER;
        while (!inbox.hasReply()) {
            if (many) {
                line.pour(() -> isAwaiting() && !isDamagedAgain(sequence));
            }
            if (isAwaiting() && !isDamagedAgain(sequence)) {
                pump(SLICE);
            }
            if (inbox.hasReply()) {
                break;
            }
            if (line.isRestarted() || inbox.isGivenUp() || inbox.isPeerReset()) {
                return false;
            }
            if (isDamagedAgain(sequence)) {
                return false;
            }
            long now = clock.now();
            long bytes = statistics().bytes();
            if (asking != awaited) {
                awaited = asking;
                start = now;
                nagAt = NAG_AFTER;
            }
            if (bytes != heard) {
                heard = bytes;
                heardAt = now;
            } else if (now - heardAt > nagAt && link.isIdle()) {
                // A target that waited for an acknowledgement too long has begun to count anew: it
                // acknowledges what it then takes for an old request, and never answers it. Asked
                // to send again it tells its stop.
                nagAt *= 3;
                link.askResend();
            }
            if (now - heardAt > REPLY_PATIENCE || now - start > LONGEST_REPLY) {
                return false;
            }
        }
        return true;
    }

    /** Says once that the line is a bad one. */
    void noticeBadLine() {
        if (!badLineNoticed) {
            badLineNoticed = true;
            events.noticed(
                    transport.name()
                            + ": the line damages packets; memory is read in shorter ones while it"
                            + " does, which takes longer (!line counts them)");
        }
    }

    /** Whether a shorter answer would come through a line that damages the one that is awaited. */
    private boolean isDamagedAgain(Sequence sequence) {
        return sequence.canAskLess()
                && !line.isRestarted()
                && !inbox.isPeerReset()
                && statistics().damaged() - damagedBefore >= DAMAGED_COPIES;
    }

    private boolean isAwaiting() {
        return !inbox.hasReply() && !inbox.isGivenUp() && !inbox.isPeerReset();
    }

    /** Begins anew with a target that is stopped. */
    private void resynchronise() {
        line.disturb();
        boolean restarted = line.takeRestarted();
        boolean resetSeen = (inbox.isPeerReset() || inbox.stop != null) && !restarted;
        inbox.early = null;
        inbox.takeLate();
        if (!resetSeen) {
            link.reset();
        }
        var clock = new WaitingClock();
        long again = RESET_PATIENCE / 3;
        while (inbox.stop == null && !inbox.takeLate() && clock.now() < RESET_PATIENCE) {
            pump(SLICE);
            if (clock.now() > again) {
                // Lost; or a reset came that the target knows nothing of.
                link.reset();
                again = RESET_PATIENCE;
            }
        }
        if (link.isResetting()) {
            link.stopResetting();
            if (inbox.early == null && !resetSeen) {
                throw new KdException(transport.name() + ": the target does not answer any more");
            }
        }
        inbox.stop = null;
        inbox.early = null;
    }

    private static String hint(byte[] body) {
        for (byte b : body) {
            if (b == 0x0a) {
                return "; it holds a byte 0a: if only such requests fail, the way to the target"
                        + " turns 0a into 0d 0a, which needs 'oriel relay' at the other end";
            }
        }
        return "";
    }

    // Running

    /**
     * Sends what the target does not answer: it runs, or restarts.
     *
     * @throws KdException when it does not even acknowledge
     */
    public void resume(ManipulateRequest request, int processor) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            inbox.forget();
            send(request, processor);
            var clock = new WaitingClock();
            long heard = statistics().bytes();
            long heardAt = 0;
            while (!link.isIdle()
                    && !inbox.isGivenUp()
                    && !inbox.isPeerReset()
                    && !line.isRestarted()
                    && inbox.stop == null) {
                pump(SLICE);
                if (statistics().bytes() != heard) {
                    heard = statistics().bytes();
                    heardAt = clock.now();
                } else if (clock.now() - heardAt > SILENT && !answersReset()) {
                    // It has given this side up while nobody listened, and runs already.
                    return;
                }
                boolean never = statistics().acknowledgements() == 0;
                if (never && clock.now() > UNACKNOWLEDGED) {
                    // A target that has answered all the time without acknowledging anything.
                    link.abandon();
                }
            }
            if (!inbox.isGivenUp() && !inbox.isPeerReset()) {
                line.flush();
                return;
            }
            resynchronise();
        }
        throw new KdException(
                transport.name()
                        + ": "
                        + Api.name(request.api())
                        + " was not acknowledged"
                        + hint(request.encode(processor)));
    }

    private boolean answersReset() {
        link.reset();
        var clock = new WaitingClock();
        while (!inbox.isPeerReset() && inbox.early == null && clock.now() < SILENT / 3) {
            pump(SLICE);
        }
        return inbox.isPeerReset() || inbox.early != null;
    }

    /**
     * Turns to another processor.
     *
     * @return the stop of that processor
     */
    public StateChange switchProcessor(int processor) {
        var request = ManipulateRequest.Plain.SWITCH_PROCESSOR;
        inbox.expect(request);
        send(request, processor);
        var clock = new WaitingClock();
        ManipulateReply answer = null;
        while (inbox.stop == null
                && !inbox.isGivenUp()
                && !inbox.isPeerReset()
                && clock.now() < REPLY_PATIENCE) {
            pump(SLICE);
            if (inbox.hasReply()) {
                answer = inbox.takeReply();
                if (answer != null && !answer.isSuccess()) {
                    throw new KdRefusedException(answer.api(), answer.status());
                }
            }
        }
        inbox.takeReply();
        StateChange found = inbox.stop;
        inbox.stop = null;
        if (found == null) {
            throw new KdException("no stop of processor " + processor + " came");
        }
        return found;
    }

    /**
     * Waits for a running target to stop.
     *
     * @param timeout how long at most
     * @return the stop, or empty when the target still runs
     * @throws KdException when the line is gone for good
     */
    public Optional<StateChange> awaitStop(Duration timeout) {
        long start = System.nanoTime();
        long breakInAt = 0;
        int breakIns = 0;
        boolean resetAgain = true;
        while (true) {
            if (breakInWanted || breakIns > 0 && System.nanoTime() - breakInAt > RESET_PATIENCE) {
                // A break-in may be lost on a bad line; too many would stop the target again later.
                boolean first = breakInWanted;
                breakInWanted = false;
                breakIns = first ? 1 : breakIns + 1;
                breakInAt = System.nanoTime();
                if (breakIns <= BREAK_INS) {
                    link.breakIn();
                }
            }
            StateChange found = inbox.stop;
            if (found == null && line.takeRestarted()) {
                inbox.early = null;
                resetAgain = true;
                // What the line before this one lost is asked for once more.
                breakInWanted |= breakIns > 0;
                link.reset();
            }
            if (found == null && link.isResetting() && inbox.isEarlyFor(RESET_ALONE)) {
                if (resetAgain) {
                    // It ran, and has read over the first one as it looked for break-ins.
                    resetAgain = false;
                    link.reset();
                } else if (inbox.isEarlyFor(EARLY_PATIENCE)) {
                    link.stopResetting();
                    found = inbox.early;
                }
            }
            if (found != null) {
                inbox.stop = null;
                inbox.early = null;
                return Optional.of(found);
            }
            long left = timeout.toNanos() - (System.nanoTime() - start);
            if (left <= 0) {
                return Optional.empty();
            }
            pump(Math.min(left, SLICE));
        }
    }

    /** Whether the target has begun to count its packets anew since this was asked last. */
    boolean takeBegan() {
        return link.takeBegan();
    }

    /** Asks the target to stop, or ends an attempt to attach. For any thread. */
    public void interrupt() {
        breakInWanted = true;
    }

    /** Takes back what was asked for and has not been sent. */
    void forgetInterrupt() {
        breakInWanted = false;
    }

    /** Sends what has been kept back to be sent together. */
    public void flush() {
        line.flush();
    }

    @Override
    public void close() {
        line.close();
    }
}
