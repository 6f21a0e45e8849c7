package oriel.kd.relay;

import java.util.function.Consumer;
import oriel.kd.packet.Crlf;
import oriel.kd.packet.KdPacket;
import oriel.kd.packet.PacketReader;
import oriel.kd.packet.PacketSink;

/** What goes through a relay as lines of text: bytes, or the packets in them. For one thread. */
public final class TrafficText implements RelayListener {
    private static final int LINE = 16;

    /** What is shown. */
    public enum Form {
        HEX,
        KD
    }

    private final Form form;
    private final boolean targetIsB;
    private final Consumer<String> lines;
    private final Side[] sides = {new Side(Direction.A_TO_B), new Side(Direction.B_TO_A)};

    /**
     * @param targetIsB whether the second line leads to the target
     * @param lines takes each line
     */
    public TrafficText(Form form, boolean targetIsB, Consumer<String> lines) {
        this.form = form;
        this.targetIsB = targetIsB;
        this.lines = lines;
    }

    @Override
    public void passed(Direction direction, long nanos, byte[] bytes) {
        Side side = sides[direction.ordinal()];
        side.nanos = nanos;
        if (form == Form.HEX) {
            hex(side, bytes, 0, bytes.length);
        } else {
            side.reader.feed(bytes, 0, bytes.length);
        }
    }

    private void line(Side side, String words) {
        long micros = side.nanos / 1000;
        String part = Long.toString(1_000_000 + micros % 1_000_000);
        lines.accept(
                micros / 1_000_000
                        + "."
                        + part.substring(1)
                        + " "
                        + side.direction.sign()
                        + " "
                        + words);
    }

    private void hex(Side side, byte[] bytes, int offset, int length) {
        for (int at = 0; at < length; at += LINE) {
            var digits = new StringBuilder();
            var text = new StringBuilder();
            for (int i = at; i < at + LINE; i++) {
                if (i < length) {
                    byte b = bytes[offset + i];
                    digits.append(Character.forDigit(b >> 4 & 15, 16));
                    digits.append(Character.forDigit(b & 15, 16)).append(' ');
                    text.append(b >= 0x20 && b < 0x7f ? (char) b : '.');
                } else {
                    digits.append("   ");
                }
            }
            line(side, digits + " " + text);
        }
    }

    /** One direction. */
    private final class Side implements PacketSink {
        private final Direction direction;
        private final PacketReader reader = new PacketReader(Crlf.AUTO, this);
        private long nanos;

        Side(Direction direction) {
            this.direction = direction;
        }

        @Override
        public void packet(KdPacket packet) {
            line(this, PacketText.of(packet, (direction == Direction.B_TO_A) == targetIsB));
        }

        @Override
        public void damaged(String problem) {
            line(this, "damaged packet: " + problem);
        }

        @Override
        public void noise(byte[] bytes, int offset, int length) {
            if (length == 1 && bytes[offset] == KdPacket.BREAK_IN) {
                line(this, "break-in");
                return;
            }
            line(this, length + " bytes outside of packets:");
            hex(this, bytes, offset, length);
        }

        @Override
        public void crlfFound() {
            line(this, "0a comes as 0d 0a here");
        }
    }
}
