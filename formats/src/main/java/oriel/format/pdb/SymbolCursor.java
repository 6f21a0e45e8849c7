package oriel.format.pdb;

import java.nio.charset.StandardCharsets;
import oriel.bytes.Bytes;
import oriel.format.msf.MsfStream;

/**
 * Walks symbol records in place and reads their fields; makes no object per record. For one thread.
 * A record that does not fit ends the walk and {@link #isDamaged} says so.
 */
public final class SymbolCursor {
    private final MsfStream in;
    private long at;
    private long next;
    private int kind;
    private boolean damaged;

    /**
     * @param in the stream; offsets of records count from its begin
     * @param start offset of the first record
     */
    public SymbolCursor(MsfStream in, long start) {
        this.in = in;
        this.next = start;
    }

    /** Moves to the next record; false at the end, or at a record that does not fit. */
    public boolean next() {
        at = next;
        if (!in.contains(at, 4)) {
            return false;
        }
        int length = in.u16(at);
        if (length < 2 || !in.contains(at, length + 2L)) {
            damaged = true;
            return false;
        }
        kind = in.u16(at + 2);
        next = at + 2 + length;
        return true;
    }

    /** Makes {@link #next()} go on at an offset, if that lies ahead. */
    public void skipTo(long offset) {
        next = Math.max(next, offset);
    }

    /** Makes {@link #next()} go on at any offset. */
    public void seek(long offset) {
        next = offset;
    }

    /** Whether the walk ended at a record that does not fit. */
    public boolean isDamaged() {
        return damaged;
    }

    /** Number of the kind: see {@link SymbolKind}. */
    public int kind() {
        return kind;
    }

    /** Offset of the record in the stream. */
    public long offset() {
        return at;
    }

    /** Offset of the next record. */
    public long end() {
        return next;
    }

    /** The whole record with length and kind. */
    public Bytes record() {
        return in.window(at, recordEnd() - at);
    }

    /** An unsigned byte of the record; fields begin at 4. */
    public int u8(int field) {
        return in.u8(at + field);
    }

    /** An unsigned 16-bit field. */
    public int u16(int field) {
        return in.u16(at + field);
    }

    /** An unsigned 32-bit field. */
    public long u32(int field) {
        return in.u32(at + field);
    }

    /** A signed 32-bit field. */
    public int s32(int field) {
        return in.s32(at + field);
    }

    /** The text that begins at a field and ends at a zero or with the record. */
    public String text(int field) {
        long start = at + field;
        long end = recordEnd();
        if (kind < SymbolKind.FIRST_WITH_ZERO_TERMINATED_NAMES) {
            end = Math.min(end, start + 1 + in.u8(start));
            start++;
        } else {
            end = Math.min(end, in.zeroAt(start));
        }
        var text = new byte[(int) Math.max(0, end - start)];
        in.copy(start, text, 0, text.length);
        return new String(text, StandardCharsets.UTF_8);
    }

    private long recordEnd() {
        return at + 2 + in.u16(at);
    }
}
