package oriel.kd;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.kd.packet.Crlf;
import oriel.kd.packet.Framing;
import oriel.kd.packet.KdPacket;
import oriel.kd.packet.LinkListener;
import oriel.kd.packet.LinkStatistics;
import oriel.kd.packet.PacketLink;
import oriel.kd.packet.PacketType;
import oriel.kd.protocol.Api;
import oriel.kd.protocol.DebugIo;
import oriel.kd.protocol.FileIo;
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
    /** A target that is stopped answers a reset at once; a running one needs the break-in. */
    private static final long RESET_ALONE = 300_000_000L;

    private static final long BREAK_IN_AGAIN = 2_000_000_000L;

    /** So long the answer to the first reset is waited for after a stop has come without it. */
    private static final long FIRST_RESET_PATIENCE = 1_200_000_000L;

    /** The same in the middle of a session, where beginning anew costs more. */
    private static final long RESET_PATIENCE = 3_000_000_000L;

    /** So soon a user learns that there is no target, or that nothing has come so far. */
    private static final long FIRST_LOOK = 3_500_000_000L;

    private static final long REPLY_PATIENCE = 4_000_000_000L;
    private static final long UNACKNOWLEDGED = 1_500_000_000L;
    private static final long SLICE = 100_000_000L;
    private static final int ATTEMPTS = 3;
    private static final int BREAK_INS = 3;

    private final Transport transport;
    private final KdEvents events;
    private final PacketLink link;
    private final byte[] input = new byte[1 << 16];
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final Incoming incoming = new Incoming();

    private int generation;
    private boolean disturbed;
    private boolean attached;
    private @Nullable ManipulateRequest asked;
    private @Nullable ManipulateReply reply;
    private @Nullable StateChange stop;
    private @Nullable StateChange early;
    private long earlyAt;
    private boolean givenUp;
    private boolean peerReset;
    private int resetsSent;
    private int resetsAnswered;
    private boolean restarted;
    private volatile boolean breakInWanted;

    /**
     * @param transport the line; closed with the connection
     * @param crlf what to do about 0d 0a that was 0a
     * @param events told what the target says by itself
     */
    public KdConnection(Transport transport, Crlf crlf, KdEvents events) {
        this.transport = transport;
        this.events = events;
        this.generation = transport.generation();
        this.link =
                new PacketLink(transport.framing(), transport.timing(), crlf, this::put, incoming);
    }

    /** The line. */
    public Transport transport() {
        return transport;
    }

    /** What went over the line. */
    public LinkStatistics statistics() {
        return link.statistics();
    }

    /**
     * Makes contact: stops the target if it runs.
     *
     * @param patience how long to wait while nothing at all comes
     * @return the stop
     * @throws KdException saying what was seen when it is no kernel waiting for a debugger
     */
    public StateChange attach(Duration patience) {
        long start = System.nanoTime();
        stop = null;
        early = null;
        resetsSent = 0;
        resetsAnswered = 0;
        attached = false;
        int hangUps = -generation;
        boolean looked = false;
        sendReset();
        long nextBreakIn = start + RESET_ALONE;
        while (true) {
            StateChange found = attached();
            if (found != null) {
                return found;
            }
            long now = System.nanoTime();
            if (early == null && now - nextBreakIn >= 0 && transport.isConnected()) {
                link.breakIn();
                if (link.isResetting()) {
                    sendReset();
                }
                nextBreakIn = now + BREAK_IN_AGAIN;
            }
            long waited = now - start;
            if (waited > patience.toNanos() || waited > FIRST_LOOK && isStrange(hangUps)) {
                throw new KdException(
                        new StrangeLine(transport, statistics(), generation).words(waited));
            }
            if (!looked && waited > FIRST_LOOK) {
                looked = true;
                events.noticed(
                        new StrangeLine(transport, statistics(), generation).words(waited)
                                + "; still waiting");
            }
            if (breakInWanted) {
                breakInWanted = false;
                throw new KdException("interrupted while waiting for a target");
            }
            pump(SLICE);
            if (restarted) {
                restarted = false;
                sendReset();
            }
        }
    }

    /** Whether what has come so far never comes from a target. */
    private boolean isStrange(int hangUps) {
        LinkStatistics seen = statistics();
        return seen.packets() == 0
                && (seen.bytes() > 0 || generation + hangUps >= StrangeLine.HANG_UPS);
    }

    /** The stop with which contact is made, or null while there is none. */
    private @Nullable StateChange attached() {
        StateChange found = stop;
        if (found == null) {
            if (early == null || System.nanoTime() - earlyAt < FIRST_RESET_PATIENCE) {
                return null;
            }
            link.stopResetting();
            found = early;
        }
        // A late answer to a reset would begin anew in the middle of something.
        long until = System.nanoTime() + RESET_ALONE;
        while (resetsAnswered < resetsSent && System.nanoTime() - until < 0 && early != found) {
            pump(SLICE / 4);
            found = stop == null ? found : stop;
        }
        stop = null;
        early = null;
        disturbed = true;
        attached = true;
        return found;
    }

    private void sendReset() {
        resetsSent++;
        link.reset();
    }

    /**
     * Asks a stopped target.
     *
     * @return the answer, which may be a failure
     * @throws KdException when no answer comes
     */
    public ManipulateReply request(ManipulateRequest request, int processor) {
        return request(request, processor, REPLY_PATIENCE);
    }

    private ManipulateReply request(ManipulateRequest request, int processor, long patience) {
        byte[] body = request.encode(processor);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            ManipulateReply answer = ask(request, body, patience);
            if (answer != null) {
                return answer;
            }
            resynchronise();
            if (!request.mayRepeat()) {
                throw new KdException(
                        "the line was disturbed during "
                                + Api.name(request.api())
                                + "; it is not known whether the target has done it");
            }
        }
        throw new KdException(
                transport.name() + ": no answer to " + Api.name(request.api()) + hint(body));
    }

    /** One attempt; null when there is no answer and something must be done about the line. */
    private @Nullable ManipulateReply ask(ManipulateRequest request, byte[] body, long patience) {
        reply = null;
        stop = null;
        asked = request;
        givenUp = false;
        peerReset = false;
        link.send(PacketType.STATE_MANIPULATE, body, System.nanoTime());
        long heard = statistics().bytes();
        long start = System.nanoTime();
        boolean nagged = false;
        while (reply == null) {
            pump(SLICE);
            if (restarted || givenUp || peerReset) {
                break;
            }
            if (reply == null) {
                long now = System.nanoTime();
                long bytes = statistics().bytes();
                if (bytes != heard) {
                    heard = bytes;
                } else if (!nagged && now - start > patience / 2 && link.isIdle()) {
                    nagged = true;
                    link.askResend();
                }
                if (now - start > patience) {
                    break;
                }
            }
        }
        asked = null;
        ManipulateReply answer = reply;
        reply = null;
        if (answer == null) {
            link.abandon();
        }
        return answer;
    }

    /** Begins anew with a target that is stopped. */
    private void resynchronise() {
        disturbed = true;
        boolean resetSeen = (peerReset || stop != null) && !restarted;
        early = null;
        restarted = false;
        if (!resetSeen) {
            sendReset();
        }
        long now = System.nanoTime();
        long until = now + RESET_PATIENCE;
        long again = now + RESET_PATIENCE / 3;
        while (stop == null && System.nanoTime() - until < 0) {
            pump(SLICE);
            if (link.isResetting() && System.nanoTime() - again > 0) {
                sendReset();
                again = until;
            }
        }
        if (link.isResetting()) {
            link.stopResetting();
            if (early == null) {
                throw new KdException(transport.name() + ": the target does not answer any more");
            }
        }
        stop = null;
        early = null;
    }

    private String hint(byte[] body) {
        for (byte b : body) {
            if (b == 0x0a) {
                return "; it holds a byte 0a: if only such requests fail, the way to the target"
                        + " turns 0a into 0d 0a, which needs 'oriel relay' at the other end";
            }
        }
        return "";
    }

    /**
     * Sends what the target does not answer: it runs, or restarts.
     *
     * @throws KdException when it does not even acknowledge
     */
    public void resume(ManipulateRequest request, int processor) {
        byte[] body = request.encode(processor);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            stop = null;
            givenUp = false;
            peerReset = false;
            link.send(PacketType.STATE_MANIPULATE, body, System.nanoTime());
            long start = System.nanoTime();
            while (!link.isIdle() && !givenUp && !peerReset && !restarted && stop == null) {
                pump(SLICE);
                boolean never = statistics().acknowledgements() == 0;
                if (never && System.nanoTime() - start > UNACKNOWLEDGED) {
                    // A target that has answered all the time without acknowledging anything.
                    link.abandon();
                }
            }
            if (!givenUp && !peerReset) {
                flush();
                return;
            }
            resynchronise();
        }
        throw new KdException(
                transport.name()
                        + ": "
                        + Api.name(request.api())
                        + " was not acknowledged"
                        + hint(body));
    }

    /**
     * Turns to another processor.
     *
     * @return the stop of that processor
     */
    public StateChange switchProcessor(int processor) {
        var request = ManipulateRequest.Plain.SWITCH_PROCESSOR;
        stop = null;
        reply = null;
        asked = request;
        givenUp = false;
        peerReset = false;
        link.send(PacketType.STATE_MANIPULATE, request.encode(processor), System.nanoTime());
        long until = System.nanoTime() + REPLY_PATIENCE;
        while (stop == null && !givenUp && !peerReset && System.nanoTime() - until < 0) {
            pump(SLICE);
            ManipulateReply answer = reply;
            if (answer != null && !answer.isSuccess()) {
                asked = null;
                throw new KdRefusedException(answer.api(), answer.status());
            }
        }
        asked = null;
        StateChange found = stop;
        stop = null;
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
            StateChange found = stop;
            if (found == null && restarted) {
                restarted = false;
                early = null;
                sendReset();
            }
            if (found == null
                    && early != null
                    && link.isResetting()
                    && System.nanoTime() - earlyAt > RESET_PATIENCE) {
                link.stopResetting();
                found = early;
            }
            if (found != null) {
                stop = null;
                early = null;
                return Optional.of(found);
            }
            long left = timeout.toNanos() - (System.nanoTime() - start);
            if (left <= 0) {
                return Optional.empty();
            }
            pump(Math.min(left, SLICE));
        }
    }

    /** Asks the target to stop, or ends an attempt to attach. For any thread. */
    public void interrupt() {
        breakInWanted = true;
    }

    /** Sends what has been kept back to be sent together. */
    public void flush() {
        if (output.size() == 0) {
            return;
        }
        try {
            byte[] bytes = output.toByteArray();
            output.reset();
            transport.write(bytes, 0, bytes.length);
        } catch (IOException e) {
            throw lost(e.getMessage());
        }
    }

    private void put(byte[] bytes) {
        if (transport.framing() == Framing.DATAGRAM) {
            try {
                transport.write(bytes, 0, bytes.length);
            } catch (IOException e) {
                throw lost(e.getMessage());
            }
        } else {
            output.writeBytes(bytes);
        }
    }

    /** Waits for bytes once, and does what they and the time demand. */
    private void pump(long mostNanos) {
        flush();
        long wait = Math.min(mostNanos, link.untilTick(System.nanoTime()));
        int got;
        try {
            got = transport.read(input, wait);
        } catch (IOException e) {
            throw lost(e.getMessage());
        }
        if (got < 0) {
            throw lost(transport.trouble());
        }
        if (transport.generation() != generation) {
            boolean first = generation == 0;
            generation = transport.generation();
            output.reset();
            link.restart();
            restarted = true;
            disturbed = true;
            if (!first && attached) {
                events.noticed(transport.name() + ": connected again");
            }
        }
        long now = System.nanoTime();
        if (got > 0) {
            link.receive(input, 0, got, now);
        }
        link.tick(now);
    }

    private KdException lost(@Nullable String why) {
        String detail = why == null || why.isEmpty() ? "" : ": " + why;
        return new KdException(transport.name() + ": the other end has gone" + detail);
    }

    @Override
    public void close() {
        try {
            flush();
        } catch (KdException e) {
            // It has gone before us.
        }
        try {
            transport.close();
        } catch (IOException e) {
            // Nothing is lost by it.
        }
    }

    /** Sorts what arrives. */
    private final class Incoming implements LinkListener {
        @Override
        public void received(KdPacket packet) {
            Bytes body = Bytes.of(packet.body(), PacketType.name(packet.type()) + " packet");
            try {
                switch (packet.type()) {
                    case PacketType.STATE_MANIPULATE -> answer(ManipulateReply.read(body));
                    case PacketType.STATE_CHANGE_64 -> stopped(StateChange.read(body));
                    case PacketType.DEBUG_IO -> debugIo(DebugIo.read(body));
                    case PacketType.FILE_IO ->
                            link.send(
                                    PacketType.FILE_IO,
                                    events.file(FileIo.read(body)),
                                    System.nanoTime());
                    case PacketType.STATE_CHANGE_32 ->
                            events.noticed(
                                    "the target speaks the protocol of Windows NT 4, which is not"
                                            + " supported");
                    default -> {
                        // Traces and requests for hardware breakpoints: acknowledged, that is all.
                    }
                }
            } catch (FormatException e) {
                events.noticed(e.getMessage());
            }
        }

        private void answer(ManipulateReply answer) {
            ManipulateRequest request = asked;
            if (request == null || request.api() != answer.api()) {
                return;
            }
            // Once answers may have been lost or doubled, only those to this very address count.
            // Kernels send it back; what else does may leave it zero, or not extend its sign.
            if (disturbed && request instanceof ManipulateRequest.ReadVirtual read) {
                int about = answer.union().s32(0);
                if (about != 0 && about != (int) read.va()) {
                    return;
                }
            }
            reply = answer;
        }

        private void stopped(StateChange change) {
            stop = change;
            if (asked != null && asked.api() != Api.SWITCH_PROCESSOR) {
                peerReset = true;
            }
        }

        private void debugIo(DebugIo io) {
            switch (io) {
                case DebugIo.Print print -> events.printed(print.text());
                case DebugIo.Prompt prompt ->
                        link.send(
                                PacketType.DEBUG_IO,
                                prompt.answer(events.asked(prompt.text())),
                                System.nanoTime());
                case DebugIo.Other other -> {
                    // Acknowledged, that is all.
                }
            }
        }

        @Override
        public void acknowledged() {}

        @Override
        public void peerReset(boolean wasAsked) {
            peerReset = true;
            resetsAnswered++;
            stop = null;
        }

        @Override
        public void receivedBeforeReset(KdPacket packet) {
            if (packet.type() == PacketType.STATE_CHANGE_64) {
                try {
                    earlyAt = early == null ? System.nanoTime() : earlyAt;
                    early = StateChange.read(Bytes.of(packet.body(), "state change packet"));
                } catch (FormatException e) {
                    events.noticed(e.getMessage());
                }
            }
        }

        @Override
        public void givenUp(int attempts) {
            givenUp = true;
        }

        @Override
        public void crlfFound() {
            events.noticed("the line turns 0a into 0d 0a; undoing that from here on (--fix-crlf)");
        }
    }
}
