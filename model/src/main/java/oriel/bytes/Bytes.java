package oriel.bytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A checked little-endian window over a file or array of any size. Every read is checked against
 * the window; a read outside it is a {@link FormatException} naming source, offset and problem.
 * Windows share their bytes: {@link #slice} copies nothing. Immutable and safe for any thread as
 * long as nobody changes the bytes underneath.
 *
 * <p>Large files are mapped in pieces of 1 GiB that overlap by {@value #OVERLAP} bytes, so that no
 * scalar read ever crosses a piece. A file that is cut short by another process while mapped makes
 * the JVM throw {@link InternalError} at the read, as for any mapped file.
 */
public final class Bytes {
    /** Files up to this size are read, larger ones are mapped. */
    private static final int READ_LIMIT = 1 << 20;

    private static final int SHIFT = 30;
    private static final long MASK = (1L << SHIFT) - 1;
    private static final int OVERLAP = 8;

    private final ByteBuffer[] pieces;
    private final ByteBuffer first;
    private final String source;
    private final long base;
    private final long size;

    private Bytes(ByteBuffer[] pieces, String source, long base, long size) {
        this.pieces = pieces;
        this.first = pieces[0];
        this.source = source;
        this.base = base;
        this.size = size;
    }

    /** A window over an array that the caller must not change any more. */
    public static Bytes of(byte[] array, String source) {
        return of(ByteBuffer.wrap(array), source);
    }

    /**
     * A window over a buffer from 0 to its limit; position and byte order of the buffer are
     * ignored.
     */
    public static Bytes of(ByteBuffer buffer, String source) {
        ByteBuffer own = buffer.duplicate().clear().limit(buffer.limit());
        own.order(ByteOrder.LITTLE_ENDIAN);
        return new Bytes(new ByteBuffer[] {own}, source, 0, own.limit());
    }

    /**
     * Opens a regular file. The mapping of a large file lives until the window and all slices of it
     * are garbage; Windows keeps the file undeletable for as long.
     *
     * @throws IOException when the file cannot be read, or is a directory
     */
    public static Bytes open(Path file) throws IOException {
        Path name = file.getFileName();
        String source = name == null ? file.toString() : name.toString();
        if (Files.isDirectory(file)) {
            throw new IOException(file + ": is a directory");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size <= READ_LIMIT) {
                return of(Files.readAllBytes(file), source);
            }
            int count = (int) ((size + MASK) >>> SHIFT);
            var pieces = new ByteBuffer[count];
            for (int i = 0; i < count; i++) {
                long start = (long) i << SHIFT;
                long length = Math.min(size - start, MASK + 1 + OVERLAP);
                pieces[i] = channel.map(FileChannel.MapMode.READ_ONLY, start, length);
                pieces[i].order(ByteOrder.LITTLE_ENDIAN);
            }
            return new Bytes(pieces, source, 0, size);
        }
    }

    /** Name of the file or array, for messages. */
    public String source() {
        return source;
    }

    /** Number of bytes in this window. */
    public long size() {
        return size;
    }

    /** Where {@code offset} of this window lies in the source as a whole. */
    public long sourceOffset(long offset) {
        return base + offset;
    }

    /** An unsigned byte. */
    public int u8(long offset) {
        return s8(offset) & 0xff;
    }

    /** A signed byte. */
    public byte s8(long offset) {
        long at = check(offset, 1);
        return at <= MASK ? first.get((int) at) : piece(at).get((int) (at & MASK));
    }

    /** An unsigned 16-bit number. */
    public int u16(long offset) {
        return s16(offset) & 0xffff;
    }

    /** A signed 16-bit number. */
    public short s16(long offset) {
        long at = check(offset, 2);
        return at <= MASK ? first.getShort((int) at) : piece(at).getShort((int) (at & MASK));
    }

    /** An unsigned 32-bit number. */
    public long u32(long offset) {
        return s32(offset) & 0xffffffffL;
    }

    /** A signed 32-bit number. */
    public int s32(long offset) {
        long at = check(offset, 4);
        return at <= MASK ? first.getInt((int) at) : piece(at).getInt((int) (at & MASK));
    }

    /** A 64-bit number; unsigned ones above 2^63 come out negative. */
    public long u64(long offset) {
        long at = check(offset, 8);
        return at <= MASK ? first.getLong((int) at) : piece(at).getLong((int) (at & MASK));
    }

    /**
     * A part of this window that shares its bytes.
     *
     * @throws FormatException when the part does not lie within this window
     */
    public Bytes slice(long offset, long length) {
        if (offset < 0 || length < 0 || offset > size || length > size - offset) {
            throw outside(offset, length);
        }
        return new Bytes(pieces, source, base + offset, length);
    }

    /** From {@code offset} to the end of this window. */
    public Bytes from(long offset) {
        return slice(offset, size - offset);
    }

    /** The same window under another name, for embedded parts that deserve one in messages. */
    public Bytes named(String name) {
        return new Bytes(pieces, name, base, size);
    }

    /** Whether {@code length} bytes at {@code offset} lie within this window. */
    public boolean contains(long offset, long length) {
        return offset >= 0 && length >= 0 && offset <= size && length <= size - offset;
    }

    /** A fresh array with the bytes of a part. */
    public byte[] copy(long offset, int length) {
        if (!contains(offset, length)) {
            throw outside(offset, length);
        }
        var into = new byte[length];
        copy(offset, into, 0, length);
        return into;
    }

    /** Copies a part of this window into an array. */
    public void copy(long offset, byte[] into, int start, int length) {
        if (!contains(offset, length)) {
            throw outside(offset, length);
        }
        long at = base + offset;
        int done = 0;
        while (done < length) {
            int within = (int) (at & MASK);
            int part = (int) Math.min(length - done, MASK + 1 - within);
            piece(at).get(within, into, start + done, part);
            done += part;
            at += part;
        }
    }

    /**
     * Checks a count of fixed-size records against the bytes that are there, before anything is
     * allocated for them.
     *
     * @param count as read from the file, unsigned
     * @param recordSize bytes of one record, positive
     * @param start where the records begin in this window
     */
    public int checkedCount(long count, int recordSize, long start) {
        long room = start < 0 || start > size ? 0 : size - start;
        if (count < 0 || count > room / recordSize || count > Integer.MAX_VALUE) {
            throw error(
                    Math.max(0, Math.min(start, size)),
                    "count "
                            + Long.toUnsignedString(count)
                            + " of "
                            + recordSize
                            + "-byte records does not fit");
        }
        return (int) count;
    }

    /** Text of {@code byteLength} bytes in UTF-16LE; lone surrogates become U+FFFD. */
    public String utf16(long offset, int byteLength) {
        return new String(copy(offset, byteLength & ~1), StandardCharsets.UTF_16LE);
    }

    /** Text of {@code byteLength} bytes in UTF-8; malformed bytes become U+FFFD. */
    public String utf8(long offset, int byteLength) {
        return new String(copy(offset, byteLength), StandardCharsets.UTF_8);
    }

    /**
     * Text in UTF-8 up to a NUL, the end of the window or {@code limit} bytes, whichever comes
     * first.
     */
    public String cString(long offset, int limit) {
        int length = 0;
        long end = Math.min(size, offset + limit);
        check(offset, 0);
        while (offset + length < end && s8(offset + length) != 0) {
            length++;
        }
        return utf8(offset, length);
    }

    /** A {@link FormatException} for a place in this window. */
    public FormatException error(long offset, String problem) {
        return new FormatException(source, base + offset, problem);
    }

    private ByteBuffer piece(long at) {
        return pieces[(int) (at >>> SHIFT)];
    }

    private long check(long offset, int length) {
        if (offset < 0 || offset > size - length) {
            throw outside(offset, length);
        }
        return base + offset;
    }

    private FormatException outside(long offset, long length) {
        return new FormatException(
                source,
                base + offset,
                length + " bytes wanted, window ends at 0x" + Long.toHexString(base + size));
    }
}
