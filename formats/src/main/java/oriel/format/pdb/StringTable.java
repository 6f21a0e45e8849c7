package oriel.format.pdb;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import oriel.format.msf.MsfStream;

/**
 * The stream {@code /names}: texts named by their offset, and a hash table to find the offset of a
 * text.
 */
public final class StringTable {
    private static final long SIGNATURE = 0xeffeeffeL;
    private static final int HEADER_SIZE = 12;

    private final MsfStream texts;
    private final MsfStream hashes;
    private final long version;

    private StringTable(MsfStream texts, MsfStream hashes, long version) {
        this.texts = texts;
        this.hashes = hashes;
        this.version = version;
    }

    static StringTable read(MsfStream in) {
        if (in.u32(0) != SIGNATURE) {
            throw in.error(0, "no string table");
        }
        MsfStream texts = in.slice(HEADER_SIZE, in.u32(8));
        return new StringTable(texts, in.from(HEADER_SIZE + texts.size()), in.u32(4));
    }

    /**
     * The text at an offset.
     *
     * @throws oriel.bytes.FormatException when it lies outside
     */
    public String at(long offset) {
        return texts.cString(texts.contains(offset, 1) ? offset : texts.size() + 1);
    }

    /** The offset of a text, found by its hash. */
    public Optional<Long> offsetOf(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int buckets = hashes.checkedCount(hashes.u32(0), 4, 4);
        if (buckets == 0) {
            return Optional.empty();
        }
        long hash = version == 1 ? NameHash.v1(bytes) : NameHash.v2(bytes);
        long bucket = Integer.remainderUnsigned((int) hash, buckets);
        for (int i = 0; i < buckets; i++, bucket = (bucket + 1) % buckets) {
            long offset = hashes.u32(4 + 4 * bucket);
            if (offset == 0 && bytes.length > 0) {
                return Optional.empty();
            }
            if (at(offset).equals(text)) {
                return Optional.of(offset);
            }
        }
        return Optional.empty();
    }

    /** All texts, one after the other, each with its offset. */
    public void forEach(Sink sink) {
        for (long at = 0; at < texts.size(); ) {
            long end = texts.zeroAt(at);
            sink.text(at, texts.cString(at));
            at = end + 1;
        }
    }

    /** Takes texts. */
    @FunctionalInterface
    public interface Sink {
        /** One text and its offset. */
        void text(long offset, String text);
    }
}
