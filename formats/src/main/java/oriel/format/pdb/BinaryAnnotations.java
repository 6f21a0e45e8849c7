package oriel.format.pdb;

import oriel.bytes.Bytes;

/**
 * The program of an inline site: numbers in one, two or four bytes that move a code offset and a
 * line. {@link #next()} runs it up to the next row of the line table that it describes: a range of
 * code with one line. For one thread. Source: {@code CVUncompressData} and {@code
 * BinaryAnnotationOpcode} of microsoft-pdb (cvinfo.h).
 */
public final class BinaryAnnotations {
    private static final int CODE_OFFSET = 1;
    private static final int CHANGE_CODE_OFFSET = 3;
    private static final int CHANGE_CODE_LENGTH = 4;
    private static final int CHANGE_FILE = 5;
    private static final int CHANGE_LINE_OFFSET = 6;
    private static final int CHANGE_COLUMN_START = 9;
    private static final int CHANGE_CODE_OFFSET_AND_LINE_OFFSET = 11;
    private static final int CHANGE_CODE_LENGTH_AND_CODE_OFFSET = 12;

    private final Bytes program;
    private final long end;
    private long at;

    private long codeOffset;
    private long fileId;
    private long lineDelta;
    private long column;

    /** The row that began but whose end is not known yet. */
    private boolean open;

    private long openStart;
    private long openFileId;
    private long openLineDelta;
    private long openColumn;

    /** Length of the open row when that is known already, else negative. */
    private long pendingLength = -1;

    private long rowStart;
    private long rowEnd;
    private long rowFileId;
    private long rowLineDelta;
    private long rowColumn;

    /**
     * @param record of S_INLINESITE or S_INLINESITE2
     * @param start where the program begins
     * @param fileId the file in which the inlined function begins
     */
    public BinaryAnnotations(Bytes record, int start, long fileId) {
        this.program = record;
        this.at = start;
        this.end = record.size();
        this.fileId = fileId;
    }

    /** Moves to the next row; false when the program ends or makes no sense any more. */
    public boolean next() {
        if (pendingLength >= 0) {
            long length = pendingLength;
            pendingLength = -1;
            if (closeAfter(length)) {
                return true;
            }
        }
        while (at < end) {
            int code = (int) number();
            if (code <= 0) {
                at = end;
                break;
            }
            boolean row = step(code);
            if (row) {
                return true;
            }
        }
        return false;
    }

    /** First code offset of the row, relative to the procedure. */
    public long start() {
        return rowStart;
    }

    /** Code offset after the row. */
    public long end() {
        return rowEnd;
    }

    /** The source file, as an offset into the checksums of the module. */
    public long fileId() {
        return rowFileId;
    }

    /** Lines from the begin of the inlined function. */
    public long lineDelta() {
        return rowLineDelta;
    }

    /** The column, 0 when not known. */
    public long column() {
        return rowColumn;
    }

    private boolean step(int code) {
        switch (code) {
            case CODE_OFFSET -> {
                return moveTo(number());
            }
            case CHANGE_CODE_OFFSET -> {
                return moveTo(codeOffset + number());
            }
            case CHANGE_CODE_LENGTH -> {
                // The next offset counts from the end of the row (clang writes gaps like this) ...
                long length = number();
                boolean row = closeAfter(length);
                codeOffset += length;
                return row;
            }
            case CHANGE_FILE -> fileId = number();
            case CHANGE_LINE_OFFSET -> lineDelta += signed(number());
            case CHANGE_CODE_OFFSET_AND_LINE_OFFSET -> {
                long both = number();
                lineDelta += signed(both >>> 4);
                return moveTo(codeOffset + (both & 0xf));
            }
            case CHANGE_CODE_LENGTH_AND_CODE_OFFSET -> {
                // ... but here from its begin: in MSVC's programs only then do the rows of nested
                // sites lie within those of the sites around them. llvm-symbolizer 19 differs.
                long length = number();
                if (moveTo(codeOffset + number())) {
                    // Two rows end here: the one before, and this one, which is told next.
                    pendingLength = length;
                    return true;
                }
                return closeAfter(length);
            }
            case CHANGE_COLUMN_START -> column = number();
            default -> number();
        }
        return false;
    }

    /** Ends the open row where the next begins. */
    private boolean moveTo(long offset) {
        boolean row = open && close(offset);
        codeOffset = offset;
        open = true;
        openStart = offset;
        openFileId = fileId;
        openLineDelta = lineDelta;
        openColumn = column;
        return row;
    }

    private boolean closeAfter(long length) {
        boolean row = open && close(codeOffset + length);
        open = false;
        return row;
    }

    private boolean close(long offset) {
        rowStart = openStart;
        rowEnd = offset;
        rowFileId = openFileId;
        rowLineDelta = openLineDelta;
        rowColumn = openColumn;
        return offset > openStart;
    }

    private static long signed(long number) {
        return (number & 1) != 0 ? -(number >>> 1) : number >>> 1;
    }

    /** One compressed number; -1 when it is broken, which also ends the program. */
    private long number() {
        if (at >= end) {
            return -1;
        }
        int first = program.u8(at);
        if ((first & 0x80) == 0) {
            at++;
            return first;
        }
        if ((first & 0xc0) == 0x80 && at + 2 <= end) {
            at += 2;
            return (first & 0x3f) << 8 | program.u8(at - 1);
        }
        if ((first & 0xe0) == 0xc0 && at + 4 <= end) {
            at += 4;
            return (first & 0x1fL) << 24
                    | program.u8(at - 3) << 16
                    | program.u8(at - 2) << 8
                    | program.u8(at - 1);
        }
        at = end;
        return -1;
    }
}
