package oriel.kd;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.kd.packet.KdPacket;
import oriel.kd.packet.LinkListener;
import oriel.kd.packet.PacketType;
import oriel.kd.protocol.Api;
import oriel.kd.protocol.DebugIo;
import oriel.kd.protocol.FileIo;
import oriel.kd.protocol.ManipulateReply;
import oriel.kd.protocol.ManipulateRequest;
import oriel.kd.protocol.MemoryRequest;
import oriel.kd.protocol.StateChange;

/**
 * Sorts what a target sends: keeps its answer and its stop until they are asked for, tells its
 * prints, answers its questions. For the thread of its connection.
 */
final class Inbox implements LinkListener {
    private final KdEvents events;
    private final Supplier<LinePump> line;

    private @Nullable ManipulateRequest asked;
    private @Nullable ManipulateReply reply;
    private Consumer<ManipulateReply> onReply = answer -> {};
    @Nullable StateChange stop;

    /** A stop that came before the answer to a reset: as a rule it is told once more. */
    @Nullable StateChange early;

    /** What was printed last before the answer to a reset; it may be told once more after it. */
    private String earlyPrint = "";

    private int earlyPrintId;

    /** Whether the target has been seen to send back the address that was read. */
    private boolean tellsAddresses;

    private long earlyAt;
    private boolean late;
    private boolean givenUp;
    private boolean peerReset;
    private int resetsAnswered;

    Inbox(KdEvents events, Supplier<LinePump> line) {
        this.events = events;
        this.line = line;
    }

    /** Waits for the answer to a request from here on. */
    void expect(ManipulateRequest request) {
        asked = request;
        reply = null;
        stop = null;
        givenUp = false;
        peerReset = false;
        earlyPrint = "";
    }

    /** Does something at once when the answer comes, before anybody looks at it. */
    void onReply(Consumer<ManipulateReply> action) {
        onReply = action;
    }

    boolean hasReply() {
        return reply != null;
    }

    /** The answer, if there is one; none is waited for any more. */
    @Nullable ManipulateReply takeReply() {
        ManipulateReply now = reply;
        reply = null;
        asked = null;
        onReply = answer -> {};
        return now;
    }

    /**
     * Whether an answer has come that nobody waits for, since this was asked last. A target whose
     * answer was not acknowledged sends that again after a reset, and not its stop.
     */
    boolean takeLate() {
        boolean was = late;
        late = false;
        return was;
    }

    /** Forgets stops, and what became of packets, before something is sent. */
    void forget() {
        stop = null;
        givenUp = false;
        peerReset = false;
        earlyPrint = "";
    }

    /** Whether nobody acknowledged what was sent. */
    boolean isGivenUp() {
        return givenUp;
    }

    /** Whether the target has begun its conversation anew. */
    boolean isPeerReset() {
        return peerReset;
    }

    int resetsAnswered() {
        return resetsAnswered;
    }

    void forgetResets() {
        resetsAnswered = 0;
    }

    /** Whether a stop came so many nanoseconds ago without the answer to the reset before it. */
    boolean isEarlyFor(long nanos) {
        return early != null && System.nanoTime() - earlyAt >= nanos;
    }

    @Override
    public void received(KdPacket packet) {
        Bytes body = Bytes.of(packet.body(), PacketType.name(packet.type()));
        try {
            switch (packet.type()) {
                case PacketType.STATE_MANIPULATE -> answer(ManipulateReply.read(body));
                case PacketType.STATE_CHANGE_64 -> stopped(StateChange.read(body));
                case PacketType.DEBUG_IO -> debugIo(DebugIo.read(body));
                case PacketType.FILE_IO -> send(packet.type(), events.file(FileIo.read(body)));
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

    private void send(int type, byte[] body) {
        line.get().link().send(type, body, System.nanoTime());
    }

    private void answer(ManipulateReply answer) {
        ManipulateRequest request = asked;
        late |= request == null;
        if (request == null || reply != null || request.api() != answer.api()) {
            return;
        }
        // Once answers may have been lost or doubled, only those to this very address count.
        // Kernels send it back; what else does may leave it zero, or not extend its sign. A zero of
        // one that sends addresses back is an address.
        if (line.get().isDisturbed() && isAboutAnother(request, answer)) {
            return;
        }
        reply = answer;
        onReply.accept(answer);
    }

    private boolean isAboutAnother(ManipulateRequest request, ManipulateReply answer) {
        long wanted;
        switch (request) {
            case MemoryRequest.ReadVirtual read -> wanted = read.va();
            case MemoryRequest.ReadPhysical read -> wanted = read.pa();
            default -> {
                return false;
            }
        }
        long told = answer.union().u64(0);
        boolean narrow = told >>> 32 == 0 || told >> 32 == -1;
        boolean same = told == wanted || narrow && (int) told == (int) wanted;
        tellsAddresses |= same && told != 0;
        return !same && (told != 0 || tellsAddresses);
    }

    private void stopped(StateChange change) {
        stop = change;
        earlyPrint = "";
        ManipulateRequest request = asked;
        if (request != null && reply == null && request.api() != Api.SWITCH_PROCESSOR) {
            peerReset = true;
        }
    }

    private void debugIo(DebugIo io) {
        switch (io) {
            case DebugIo.Print print -> {
                boolean again = print.text().equals(earlyPrint);
                earlyPrint = "";
                if (!again) {
                    events.printed(print.text());
                }
            }
            case DebugIo.Prompt prompt ->
                    send(PacketType.DEBUG_IO, prompt.answer(events.asked(prompt.text())));
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
        Bytes body = Bytes.of(packet.body(), PacketType.name(packet.type()));
        try {
            if (packet.type() == PacketType.STATE_CHANGE_64) {
                StateChange change = StateChange.read(body);
                earlyAt = early == null ? System.nanoTime() : earlyAt;
                early = change;
            } else if (packet.type() == PacketType.DEBUG_IO
                    && DebugIo.read(body) instanceof DebugIo.Print print
                    && !(print.text().equals(earlyPrint) && packet.id() == earlyPrintId)) {
                // It has been acknowledged, so it may not come again.
                earlyPrint = print.text();
                earlyPrintId = packet.id();
                events.printed(print.text());
            }
        } catch (FormatException e) {
            events.noticed(e.getMessage());
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
