package oriel.kd.relay;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import oriel.bytes.FormatException;
import oriel.kd.packet.Crlf;
import oriel.kd.packet.DatagramPackets;
import oriel.kd.packet.KdPacket;
import oriel.kd.packet.PacketReader;
import oriel.kd.packet.PacketSink;

/**
 * The whole packets of a recorded conversation, in their order.
 *
 * @param entries packets of both sides
 */
public record Recording(List<Entry> entries) {
    private static final int MAX_PIECE = 1 << 20;

    /** Copies the list. */
    public Recording {
        entries = List.copyOf(entries);
    }

    /** A packet and who sent it. */
    public record Entry(Direction direction, KdPacket packet) {}

    /**
     * Reads a file that a {@link Recorder} wrote.
     *
     * @throws FormatException when it is no recording
     */
    public static Recording read(Path file) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            return read(in, String.valueOf(file.getFileName()));
        }
    }

    /** Reads the text of one. */
    static Recording read(BufferedReader in, String source) throws IOException {
        var entries = new ArrayList<Entry>();
        PacketReader toTarget = reader(Direction.A_TO_B, entries);
        PacketReader fromTarget = reader(Direction.B_TO_A, entries);
        String title = in.readLine();
        if (title == null || !title.startsWith(Recorder.TITLE)) {
            throw new FormatException(source, 0, "is no recording of a kernel debugger");
        }
        boolean datagrams = title.endsWith("datagram");
        int number = 1;
        for (String line; (line = in.readLine()) != null; ) {
            number++;
            Piece piece = piece(line, source, number);
            if (datagrams) {
                DatagramPackets.read(piece.bytes, 0, piece.bytes.length)
                        .ifPresent(p -> entries.add(new Entry(piece.direction, p)));
            } else {
                boolean host = piece.direction == Direction.A_TO_B;
                (host ? toTarget : fromTarget).feed(piece.bytes, 0, piece.bytes.length);
            }
        }
        return new Recording(entries);
    }

    private record Piece(Direction direction, byte[] bytes) {}

    private static Piece piece(String line, String source, int number) {
        String[] words = line.split(" ", 3);
        boolean whole =
                words.length == 3
                        && words[1].length() == 1
                        && "<>".contains(words[1])
                        && words[2].length() <= 2 * MAX_PIECE;
        if (whole) {
            try {
                return new Piece(
                        words[1].equals(">") ? Direction.A_TO_B : Direction.B_TO_A,
                        HexFormat.of().parseHex(words[2]));
            } catch (IllegalArgumentException e) {
                // said below
            }
        }
        throw new FormatException(source, 0, "line " + number + " is not time, direction, bytes");
    }

    private static PacketReader reader(Direction direction, List<Entry> into) {
        return new PacketReader(
                Crlf.AUTO,
                new PacketSink() {
                    @Override
                    public void packet(KdPacket packet) {
                        into.add(new Entry(direction, packet));
                    }

                    @Override
                    public void damaged(String problem) {}

                    @Override
                    public void noise(byte[] bytes, int offset, int length) {}
                });
    }
}
