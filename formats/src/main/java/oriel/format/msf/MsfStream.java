package oriel.format.msf;

import java.nio.charset.StandardCharsets;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;

/**
 * One stream of a multi-stream file, or a part of one: read like {@link Bytes}, though its pages
 * lie scattered in the file. Nothing is copied; what lies within one run of pages is handed out as
 * a window on the file, only a record that crosses from one run to another is put together in a
 * small array. Immutable to the reader and safe for any thread.
 */
public final class MsfStream {
    private static final Runs.Run NOWHERE =
            new Runs.Run(0, 0, Bytes.of(new byte[0], "empty stream"));

    private final Runs runs;
    private final String source;
    private final long base;
    private final long size;

    /** The run of the last read. A race only costs a search: runs are immutable. */
    private Runs.Run last = NOWHERE;

    MsfStream(Runs runs, String source, long base, long size) {
        this.runs = runs;
        this.source = source;
        this.base = base;
        this.size = size;
    }

    /** A stream over bytes that lie in one piece. */
    public static MsfStream of(Bytes bytes) {
        var run = new Runs.Run(0, bytes.size(), bytes);
        return new MsfStream(offset -> run, bytes.source(), 0, bytes.size());
    }

    /** Number of bytes. */
    public long size() {
        return size;
    }

    /** File and stream number, for messages. */
    public String source() {
        return source;
    }

    /** An unsigned byte. */
    public int u8(long offset) {
        Runs.Run run = run(offset, 1);
        return run.bytes().u8(base + offset - run.start());
    }

    /** An unsigned 16-bit number. */
    public int u16(long offset) {
        Runs.Run run = run(offset, 2);
        return run.bytes().u16(base + offset - run.start());
    }

    /** A signed 32-bit number. */
    public int s32(long offset) {
        Runs.Run run = run(offset, 4);
        return run.bytes().s32(base + offset - run.start());
    }

    /** An unsigned 32-bit number. */
    public long u32(long offset) {
        return s32(offset) & 0xffffffffL;
    }

    /** A 64-bit number. */
    public long u64(long offset) {
        Runs.Run run = run(offset, 8);
        return run.bytes().u64(base + offset - run.start());
    }

    /** Whether {@code length} bytes at {@code offset} lie within the stream. */
    public boolean contains(long offset, long length) {
        return offset >= 0 && length >= 0 && offset <= size && length <= size - offset;
    }

    /** A part of this stream, as a stream. */
    public MsfStream slice(long offset, long length) {
        if (!contains(offset, length)) {
            throw outside(offset, length);
        }
        return new MsfStream(runs, source, base + offset, length);
    }

    /** From {@code offset} to the end. */
    public MsfStream from(long offset) {
        return slice(offset, Math.max(0, size - offset));
    }

    /**
     * A part of this stream in one piece: a window on the file where it lies in one run, a copy
     * where it does not. For records, not for whole streams.
     */
    public Bytes window(long offset, long length) {
        if (length == 0 && contains(offset, 0)) {
            return NOWHERE.bytes();
        }
        Runs.Run run = run(offset, length);
        return run.bytes().slice(base + offset - run.start(), length);
    }

    /** Copies a part of this stream into an array. */
    public void copy(long offset, byte[] into, int start, int length) {
        if (!contains(offset, length)) {
            throw outside(offset, length);
        }
        long at = base + offset;
        int done = 0;
        while (done < length) {
            Runs.Run run = at >= last.start() && at < last.end() ? last : seek(at);
            int part = (int) Math.min(length - done, run.end() - at);
            run.bytes().copy(at - run.start(), into, start + done, part);
            done += part;
            at += part;
        }
    }

    /** Where the next zero byte is at or after {@code offset}, or the end of the stream. */
    public long zeroAt(long offset) {
        long at = offset;
        while (at + 8 <= size) {
            long word = u64(at);
            long zeros = (word - 0x0101010101010101L) & ~word & 0x8080808080808080L;
            if (zeros != 0) {
                return at + Long.numberOfTrailingZeros(zeros) / 8;
            }
            at += 8;
        }
        while (at < size && u8(at) != 0) {
            at++;
        }
        return at;
    }

    /** Text in UTF-8 up to a NUL or the end of the stream. */
    public String cString(long offset) {
        long end = zeroAt(offset);
        if (end - offset > Integer.MAX_VALUE - 16 || end < offset) {
            throw error(offset, "no text here");
        }
        var text = new byte[(int) (end - offset)];
        copy(offset, text, 0, text.length);
        return new String(text, StandardCharsets.UTF_8);
    }

    /** Checks a count of fixed-size records against the bytes that are there. */
    public int checkedCount(long count, int recordSize, long start) {
        long room = start < 0 || start > size ? 0 : size - start;
        if (count < 0 || count > room / recordSize || count > Integer.MAX_VALUE - 16) {
            throw error(
                    Math.max(0, Math.min(start, size)),
                    "count " + count + " of " + recordSize + "-byte records does not fit");
        }
        return (int) count;
    }

    /** A {@link FormatException} for a place in this stream. */
    public FormatException error(long offset, String problem) {
        return new FormatException(source, base + offset, problem);
    }

    private Runs.Run run(long offset, long length) {
        Runs.Run run = last;
        long at = base + offset;
        if (at >= run.start()
                && at + length <= run.end()
                && offset >= 0
                && offset + length <= size) {
            return run;
        }
        if (!contains(offset, length)) {
            throw outside(offset, length);
        }
        run = seek(at);
        return at + length <= run.end() ? run : bridge(offset, length);
    }

    private Runs.Run seek(long at) {
        Runs.Run run = runs.at(at);
        last = run;
        return run;
    }

    private Runs.Run bridge(long offset, long length) {
        if (length > Integer.MAX_VALUE - 16) {
            throw error(offset, length + " bytes are too many in one piece");
        }
        var together = new byte[(int) length];
        copy(offset, together, 0, together.length);
        long at = base + offset;
        return new Runs.Run(at, at + length, Bytes.of(together, source));
    }

    private FormatException outside(long offset, long length) {
        return error(
                offset,
                length + " bytes wanted, stream ends at 0x" + Long.toHexString(base + size));
    }
}
