package oriel.bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import oriel.engine.dump.DumpOptions;
import oriel.engine.dump.DumpTarget;

/**
 * A synthetic dump of all memory of a process, of any size, as a sparse file: it takes no room on
 * the disk but for its tables. Its memory is cut into ranges of 64 KiB with holes between them, so
 * that 5 GB have 80,000 ranges, as big processes do.
 *
 * <p>As a program: makes one (5 GB, or as many as the first argument says), opens it and reads a
 * word of every hundredth range. Run it with {@code -Xmx256m}.
 */
public final class HugeDump {
    private static final int RANGE = 1 << 16;
    private static final int SAMPLE = 100;
    private static final long FIRST_VA = 0x10000;
    private static final int HEADER = 32;
    private static final int SYSTEM_INFO = 56;
    private static final int LIST_HEADER = 16;
    private static final int LIST_ENTRY = 16;

    private HugeDump() {}

    /** Writes a dump of about {@code sizeBytes} bytes. */
    public static void create(Path file, long sizeBytes) throws IOException {
        int ranges = (int) (sizeBytes / RANGE);
        int list = HEADER + 2 * 12 + SYSTEM_INFO;
        int tables = list + LIST_HEADER + ranges * LIST_ENTRY;
        ByteBuffer out = ByteBuffer.allocate(tables).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0x504d444d).putInt(0xa793).putInt(2).putInt(HEADER).putInt(0).putInt(0);
        out.putLong(2);
        out.putInt(7).putInt(SYSTEM_INFO).putInt(HEADER + 2 * 12);
        out.putInt(9).putInt(LIST_HEADER + ranges * LIST_ENTRY).putInt(list);
        out.putShort((short) 9).putShort((short) 6).putShort((short) 0).put((byte) 8).put((byte) 1);
        out.putInt(10).putInt(0).putInt(19045).putInt(2).putInt(0).putInt(0);
        out.position(list);
        out.putLong(ranges).putLong(tables);
        for (int i = 0; i < ranges; i++) {
            out.putLong(va(i)).putLong(RANGE);
        }
        try (var target = new RandomAccessFile(file.toFile(), "rw")) {
            target.write(out.array());
            target.setLength(tables + (long) ranges * RANGE);
        }
    }

    /** Address of a range. */
    private static long va(int range) {
        return FIRST_VA + 2L * RANGE * range;
    }

    /** Makes, opens and reads a dump, and tells how long that took. */
    public static void main(String[] args) throws IOException {
        long gigabytes = args.length > 0 ? Long.parseLong(args[0]) : 5;
        Path file = Files.createTempFile("oriel-huge", ".dmp");
        try {
            create(file, gigabytes << 30);
            long start = System.nanoTime();
            DumpTarget dump = DumpTarget.open(file, DumpOptions.DEFAULT);
            long opened = System.nanoTime();
            int ranges = dump.readableRanges().size();
            long words = 0;
            for (int i = 0; i < ranges; i += SAMPLE) {
                words += dump.memory().unsigned(va(i) + RANGE - 8, 8).isPresent() ? 1 : 0;
            }
            long read = System.nanoTime();
            Runtime runtime = Runtime.getRuntime();
            System.out.println(
                    Files.size(file)
                            + " bytes, "
                            + ranges
                            + " ranges: opened in "
                            + (opened - start) / 1_000_000
                            + " ms, "
                            + words
                            + " words read in "
                            + (read - opened) / 1_000_000
                            + " ms, heap in use "
                            + (runtime.totalMemory() - runtime.freeMemory() >> 20)
                            + " MB of "
                            + (runtime.maxMemory() >> 20));
        } finally {
            Files.delete(file);
        }
    }
}
