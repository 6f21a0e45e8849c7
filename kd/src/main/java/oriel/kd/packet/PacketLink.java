package oriel.kd.packet;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The host's side of the conversation that carries packets: acknowledges what arrives, drops what
 * arrives twice, sends again what was not acknowledged, begins anew after a reset, and gives up
 * after a number of attempts. A machine without I/O and clock: bytes and times come in, bytes go
 * out to the {@link Output}. For one thread.
 */
public final class PacketLink {
    /** Where bytes go. On datagrams each call is one datagram. */
    public interface Output {
        /** Sends bytes, or keeps them until the next time anything is waited for. */
        void write(byte[] bytes);
    }

    private static final int INITIAL_ID = 0x80800000;
    private static final int FIRST_DATAGRAM_ID = 0x80000000;
    private static final int SYNC = 0x800;

    /** So far back an id on datagrams is one that came late; farther back the target began anew. */
    private static final int WINDOW = 0x400;

    private static final int MAX_QUEUE = 64;

    /** So often in a row another copy of a damaged packet is asked for, and so soon again. */
    private static final int MOST_ASKED = 32;

    private static final long ASK_AGAIN = 300_000_000L;
    private static final byte[] NONE = {};

    private final Framing framing;
    private final LinkTiming timing;
    private final Output output;
    private final LinkListener listener;
    private final LinkStatistics statistics = new LinkStatistics();
    private final PacketReader reader;
    private final ArrayDeque<KdPacket> queue = new ArrayDeque<>();

    private int nextId;
    private boolean anyReceived;
    private int lastReceived;
    private byte[] lastBody = NONE;
    private boolean acknowledgedNow;
    private int lastAcknowledged;

    /** Whether nobody but this link needs the body of the last packet. */
    private boolean lastReleased;

    private boolean began;

    /** Sent and not acknowledged. */
    private @Nullable KdPacket outstanding;

    private byte[] outstandingBytes = {};
    private int attempts;
    private long sentAt;
    private boolean resetting;
    private long heardAt;

    /** How often another copy was asked for since a whole packet came. */
    private int asked;

    private long askedAt;

    /**
     * @param crlf what to do about 0d 0a, on streams
     */
    public PacketLink(
            Framing framing, LinkTiming timing, Crlf crlf, Output output, LinkListener listener) {
        this.framing = framing;
        this.timing = timing;
        this.output = output;
        this.listener = listener;
        this.reader = new PacketReader(crlf, new Incoming());
        restart();
    }

    /** What went over the line. */
    public LinkStatistics statistics() {
        return statistics;
    }

    /** Whether everything that was sent has been acknowledged. */
    public boolean isIdle() {
        return outstanding == null && queue.isEmpty();
    }

    /** Whether a reset was sent and not answered. */
    public boolean isResetting() {
        return resetting;
    }

    /**
     * Whether the target has begun to count anew by itself since this was asked last: it was
     * restarted, or it had given this side up.
     */
    public boolean takeBegan() {
        boolean was = began;
        began = false;
        return was;
    }

    /** Forgets everything: the line is a new one. */
    public void restart() {
        reader.clear();
        queue.clear();
        outstanding = null;
        resetting = false;
        asked = 0;
        anyReceived = false;
        nextId = framing == Framing.STREAM ? INITIAL_ID : FIRST_DATAGRAM_ID;
    }

    /** Sends a data packet, after those before it have been acknowledged. */
    public void send(int type, byte[] body, long now) {
        var packet = new KdPacket(type, 0, body);
        if (outstanding == null) {
            transmit(packet, now);
        } else if (queue.size() < MAX_QUEUE) {
            queue.add(packet);
        }
    }

    /** Drops what was to be sent: nobody waits for the answer any more. */
    public void abandon() {
        queue.clear();
        outstanding = null;
    }

    /** Asks a running kernel to stop. */
    public void breakIn() {
        output.write(new byte[] {KdPacket.BREAK_IN});
    }

    /** Asks the other side to begin anew. What arrives before its answer is dropped. */
    public void reset() {
        abandon();
        resetting = true;
        control(PacketType.RESET, framing == Framing.STREAM ? 0 : nextId);
    }

    /** Goes on without the answer to a reset: old or strange targets send none. */
    public void stopResetting() {
        resetting = false;
    }

    /** Asks for the last packet once more. */
    public void askResend() {
        control(PacketType.RESEND, 0);
    }

    /** Told by a listener that it has done with the body of the packet it has just received. */
    public void release() {
        lastReleased = true;
    }

    /** Takes bytes that arrived: any part of a stream, or exactly one datagram. */
    public void receive(byte[] bytes, int offset, int length, long now) {
        heardAt = now;
        statistics.bytes += length;
        acknowledgedNow = false;
        if (framing == Framing.STREAM) {
            reader.feed(bytes, offset, length);
        } else {
            datagram(bytes, offset, length);
        }
        sendAgain(now, timing.acknowledgeNanos());
    }

    /** Does what is due at a time. */
    public void tick(long now) {
        if (reader.isWaiting() && now - heardAt >= timing.quietNanos()) {
            reader.giveUpWaiting();
        }
        sendAgain(now, timing.acknowledgeNanos());
    }

    /** Nanoseconds until {@link #tick} has something to do; at most a second. */
    public long untilTick(long now) {
        long wait = 1_000_000_000L;
        if (outstanding != null) {
            wait = Math.min(wait, timing.acknowledgeNanos() - (now - sentAt));
        }
        if (reader.isWaiting()) {
            wait = Math.min(wait, timing.quietNanos() - (now - heardAt));
        }
        return Math.max(0, wait);
    }

    private void sendAgain(long now, long patience) {
        if (outstanding != null && now - sentAt >= patience) {
            repeat(now);
        }
    }

    private void repeat(long now) {
        if (attempts >= timing.attempts()) {
            int tried = attempts;
            abandon();
            listener.givenUp(tried);
            return;
        }
        attempts++;
        sentAt = now;
        statistics.resent++;
        output.write(outstandingBytes);
    }

    private void transmit(KdPacket packet, long now) {
        var numbered = new KdPacket(packet.type(), nextId, packet.body());
        outstanding = numbered;
        outstandingBytes = numbered.encode(framing);
        attempts = 1;
        sentAt = now;
        output.write(outstandingBytes);
    }

    private void control(int type, int id) {
        output.write(new KdPacket(type, id, new byte[0]).encode(framing));
    }

    private void datagram(byte[] bytes, int offset, int length) {
        if (DatagramPackets.isBreakIn(bytes, offset, length)) {
            return;
        }
        if (DatagramPackets.isConnectionCheck(bytes, offset, length)) {
            statistics.packets++;
            askResend();
            return;
        }
        Optional<KdPacket> packet = DatagramPackets.read(bytes, offset, length);
        if (packet.isPresent()) {
            packet(packet.get());
        } else {
            statistics.addNoise(bytes, offset, length);
            damaged("a datagram of " + length + " bytes holds no whole packet");
        }
    }

    private void damaged(String problem) {
        statistics.damaged++;
        statistics.lastProblem = problem;
        // One bad packet may look like several, and each request makes the target send at once.
        boolean again = asked < MOST_ASKED && heardAt - askedAt >= ASK_AGAIN;
        if (asked == 0 || again) {
            asked++;
            askedAt = heardAt;
            askResend();
        }
    }

    /**
     * Takes a packet that comes damaged again and again for read, so that the target goes on. A
     * reset would not help: it is sent once more after that.
     */
    public void skipDamaged() {
        abandon();
        if (framing == Framing.STREAM) {
            int skipped = anyReceived ? lastReceived & ~SYNC ^ 1 : INITIAL_ID;
            control(PacketType.ACKNOWLEDGE, skipped);
            anyReceived = true;
            lastReceived = skipped;
            lastBody = NONE;
            lastReleased = false;
        }
    }

    private void packet(KdPacket packet) {
        statistics.packets++;
        asked = 0;
        switch (packet.type()) {
            case PacketType.ACKNOWLEDGE -> {
                statistics.acknowledgements++;
                acknowledged(packet.id());
            }
            case PacketType.RESEND -> {
                if (outstanding != null) {
                    repeat(heardAt);
                }
            }
            case PacketType.RESET -> {
                statistics.resets++;
                peerReset();
            }
            default -> data(packet);
        }
    }

    private void acknowledged(int id) {
        KdPacket sent = outstanding;
        if (sent != null && (id & ~SYNC) == (sent.id() & ~SYNC)) {
            arrived();
        }
    }

    private void arrived() {
        outstanding = null;
        nextId = framing == Framing.STREAM ? nextId ^ 1 : nextId + 2;
        listener.acknowledged();
        KdPacket next = outstanding == null ? queue.poll() : null;
        if (next != null) {
            transmit(next, heardAt);
        }
    }

    private void peerReset() {
        boolean asked = resetting;
        resetting = false;
        anyReceived = false;
        if (framing == Framing.STREAM) {
            nextId = INITIAL_ID;
        }
        abandon();
        listener.peerReset(asked);
    }

    private void data(KdPacket packet) {
        boolean stream = framing == Framing.STREAM;
        int acknowledged = stream ? packet.id() & ~SYNC : packet.id();
        // Of copies that come together the last waits. More would be in the way of a break-in:
        // targets that run look at a byte at each tick of their clock.
        if (!acknowledgedNow || acknowledged != lastAcknowledged) {
            control(PacketType.ACKNOWLEDGE, acknowledged);
            acknowledgedNow = true;
            lastAcknowledged = acknowledged;
        }
        if (resetting) {
            listener.receivedBeforeReset(packet);
            return;
        }
        if (isOld(packet)) {
            statistics.duplicates++;
            return;
        }
        if (stream && (packet.id() & SYNC) != 0) {
            // The target has just begun: it expects the first id.
            nextId = INITIAL_ID;
            began = true;
        }
        anyReceived = true;
        lastReceived = packet.id();
        if (lastReleased) {
            reader.reuse(lastBody);
        }
        lastBody = packet.body();
        lastReleased = false;
        KdPacket sent = outstanding;
        if (sent != null
                && packet.type() == PacketType.STATE_MANIPULATE
                && sent.type() == PacketType.STATE_MANIPULATE) {
            // The answer has come, so the question has arrived: its acknowledgement was lost.
            arrived();
        }
        listener.received(packet);
    }

    private boolean isOld(KdPacket packet) {
        int id = packet.id();
        if (!anyReceived) {
            return false;
        }
        if (framing == Framing.STREAM) {
            // What comes again is the same; another packet of the same id comes from a target that
            // begins anew, or from one that does not count.
            return id == lastReceived && Arrays.equals(packet.body(), lastBody);
        }
        int ahead = id - lastReceived;
        return ahead <= 0 && ahead > -WINDOW;
    }

    /** Sorts what the reader finds. */
    private final class Incoming implements PacketSink {
        @Override
        public void packet(KdPacket packet) {
            PacketLink.this.packet(packet);
        }

        @Override
        public void damaged(String problem) {
            PacketLink.this.damaged(problem);
        }

        @Override
        public void noise(byte[] bytes, int offset, int length) {
            statistics.addNoise(bytes, offset, length);
        }

        @Override
        public void crlfFound() {
            listener.crlfFound();
        }
    }
}
