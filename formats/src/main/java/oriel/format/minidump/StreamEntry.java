package oriel.format.minidump;

import java.util.Locale;
import java.util.Optional;
import oriel.bytes.Bytes;

/**
 * An entry of the directory: MINIDUMP_DIRECTORY.
 *
 * @param number kind of stream, unsigned 32 bits
 * @param location where its bytes are
 */
public record StreamEntry(long number, Location location) {
    static final int SIZE = 12;

    static StreamEntry read(Bytes in) {
        return new StreamEntry(in.u32(0), Location.read(in, 4));
    }

    /** The kind, when it has a name. */
    public Optional<StreamType> type() {
        return StreamType.of(number);
    }

    /** The kind in words, or its number. */
    public String title() {
        return type().map(StreamType::title)
                .orElseGet(() -> String.format(Locale.ROOT, "stream 0x%x", number));
    }
}
