package oriel.format.minidump;

import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.Consumer;
import java.util.function.Function;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;

/**
 * A table of records of one size, decoded when they are asked for. Holds no records: a table of a
 * million entries costs as much as one of two.
 */
final class RecordList<T> extends AbstractList<T> implements RandomAccess {
    private final Bytes records;
    private final int stride;
    private final int count;
    private final Function<Bytes, T> reader;

    private RecordList(Bytes records, int stride, int count, Function<Bytes, T> reader) {
        this.records = records;
        this.stride = stride;
        this.count = count;
        this.reader = reader;
    }

    /**
     * A table of {@code claimed} records, or of as many as are there.
     *
     * @param start where the first one begins in {@code stream}
     * @param stride bytes from one record to the next
     * @param needed bytes of a record that the reader looks at
     * @param problems is told when not all are there
     * @throws FormatException when records are too short to be read
     */
    static <T> RecordList<T> read(
            Bytes stream,
            long start,
            long claimed,
            long stride,
            int needed,
            Function<Bytes, T> reader,
            Consumer<FormatException> problems) {
        if (claimed == 0) {
            return new RecordList<>(stream.slice(0, 0), needed, 0, reader);
        }
        if (stride < needed || stride > Integer.MAX_VALUE) {
            throw stream.error(0, "records of " + stride + " bytes, " + needed + " wanted");
        }
        int size = (int) stride;
        int count = fitting(stream, start, claimed, size, problems);
        Bytes records = count == 0 ? stream.slice(0, 0) : stream.slice(start, (long) count * size);
        return new RecordList<>(records, size, count, reader);
    }

    /**
     * A table behind a u32 count, as most streams have it. Some writers align the records to 8
     * bytes; the size of the stream tells.
     */
    static <T> RecordList<T> counted(
            Bytes stream, int size, Function<Bytes, T> reader, Consumer<FormatException> problems) {
        long claimed = stream.u32(0);
        boolean padded = claimed != 0 && stream.size() == 8 + claimed * size;
        return read(stream, padded ? 8 : 4, claimed, size, size, reader, problems);
    }

    private static int fitting(
            Bytes stream,
            long start,
            long claimed,
            int stride,
            Consumer<FormatException> problems) {
        try {
            return stream.checkedCount(claimed, stride, start);
        } catch (FormatException e) {
            problems.accept(e);
            long room = Math.max(0, stream.size() - Math.max(0, start));
            return start < 0 ? 0 : (int) Math.min(room / stride, Integer.MAX_VALUE);
        }
    }

    @Override
    public T get(int index) {
        Objects.checkIndex(index, count);
        return reader.apply(records.slice((long) index * stride, stride));
    }

    @Override
    public int size() {
        return count;
    }
}
