package oriel.kd.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.HexFormat;
import java.util.Locale;
import oriel.kd.packet.Framing;

/**
 * Writes what goes over a line to a file: for each piece a line of text with the seconds since the
 * beginning, {@code >} towards the target or {@code <} from it, and the bytes. Safe for any thread.
 */
public final class Recorder implements AutoCloseable {
    /** What the first line of a recording says. */
    static final String TITLE = "# oriel kernel debugger recording 1 ";

    private static final HexFormat HEX = HexFormat.of();

    private final Writer out;

    /**
     * A recorder to a file, which it closes.
     *
     * @param framing of the line
     */
    public Recorder(Writer out, Framing framing) throws IOException {
        this.out = out;
        out.write(TITLE + framing.name().toLowerCase(Locale.ROOT) + "\n");
    }

    /** Writes a piece. */
    public synchronized void record(Direction direction, long nanos, byte[] bytes) {
        try {
            out.write(Long.toString(nanos / 1_000_000_000L));
            out.write('.');
            String micros = Long.toString(1_000_000L + nanos / 1000 % 1_000_000L);
            out.write(micros, 1, micros.length() - 1);
            out.write(' ');
            out.write(direction.sign());
            out.write(' ');
            out.write(HEX.formatHex(bytes));
            out.write('\n');
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the recording cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
