package oriel.kd.relay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import oriel.bytes.FormatException;
import oriel.kd.packet.Crlf;
import oriel.kd.packet.Framing;
import oriel.kd.packet.KdPacket;
import oriel.kd.packet.PacketReader;
import oriel.kd.packet.PacketSink;
import oriel.kd.packet.PacketType;
import oriel.kd.transport.Transport;

/**
 * A recorded conversation in the place of a target: answers what was asked then, at the stops that
 * were made then. Answers at once, so it is a line without threads. For one thread.
 */
public final class ReplayTransport implements Transport, PacketSink {
    private static final int FIRST_ID = 0x80800000;

    private final String name;
    private final ReplayTarget target;
    private final PacketReader reader = new PacketReader(Crlf.KEEP, this);
    private final ArrayDeque<byte[]> out = new ArrayDeque<>();
    private int nextId = FIRST_ID;
    private int lastReceived = -1;
    private boolean stopped;
    private boolean ran;
    private boolean ended;

    /**
     * Opens a recording.
     *
     * @throws FormatException when there is no stop in it
     */
    public ReplayTransport(Path file) throws IOException {
        this.name = "replay:" + file;
        this.target = new ReplayTarget(Recording.read(file));
        if (target.isEmpty()) {
            throw new FormatException(
                    String.valueOf(file.getFileName()), 0, "the recording holds no stop");
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int read(byte[] into, long timeoutNanos) {
        byte[] next = out.poll();
        if (next == null && ended) {
            return -1;
        }
        if (next == null) {
            try {
                // Nothing can come of itself; a caller that only waits shall not spin.
                Thread.sleep(Math.min(timeoutNanos, 20_000_000L) / 1_000_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return 0;
        }
        System.arraycopy(next, 0, into, 0, next.length);
        return next.length;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        reader.feed(bytes, offset, length);
    }

    @Override
    public String trouble() {
        return ended ? "the recording ends here" : "";
    }

    private void send(int type, byte[] body) {
        out.add(new KdPacket(type, nextId, body).encode(Framing.STREAM));
        nextId ^= 1;
    }

    private void tell() {
        for (KdPacket print : target.takePrints()) {
            send(print.type(), print.body());
        }
        stopped = true;
        send(target.stop().type(), target.stop().body());
    }

    @Override
    public void packet(KdPacket packet) {
        switch (packet.type()) {
            case PacketType.RESET -> {
                nextId = FIRST_ID;
                lastReceived = -1;
                out.add(new KdPacket(PacketType.RESET, 0, new byte[0]).encode(Framing.STREAM));
                if (stopped || !ran) {
                    tell();
                }
            }
            case PacketType.STATE_MANIPULATE -> {
                out.add(
                        new KdPacket(PacketType.ACKNOWLEDGE, packet.id(), new byte[0])
                                .encode(Framing.STREAM));
                if (packet.id() != lastReceived) {
                    lastReceived = packet.id();
                    request(packet.body());
                }
            }
            default -> {
                // Acknowledgements, and answers that nobody waits for.
            }
        }
    }

    private void request(byte[] body) {
        if (ReplayTarget.goesOn(body)) {
            ran = true;
            stopped = false;
            if (target.next()) {
                tell();
            } else {
                ended = true;
            }
        } else {
            send(PacketType.STATE_MANIPULATE, target.answer(body));
        }
    }

    @Override
    public void damaged(String problem) {}

    @Override
    public void noise(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] == KdPacket.BREAK_IN && !stopped) {
                tell();
                return;
            }
        }
    }

    @Override
    public void close() {
        out.clear();
    }
}
