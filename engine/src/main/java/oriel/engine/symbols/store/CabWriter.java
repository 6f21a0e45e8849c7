package oriel.engine.symbols.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.Deflater;

/**
 * Writes a cabinet with one file, compressed with MSZIP, as {@code makecab} does for symbol stores.
 * Each block is compressed by itself, which every reader understands. Source of the layout: MS-CAB
 * and MS-MCI.
 */
final class CabWriter {
    private static final int BLOCK = 32768;
    private static final int MAX_BLOCKS = 0xffff;
    private static final int HEADER = 36;
    private static final int FOLDER = 8;
    private static final int MSZIP = 1;

    private CabWriter() {}

    /** Whether a file of this size fits into one folder of a cabinet: just under 2 GB. */
    static boolean fits(long sizeBytes) {
        return sizeBytes <= (long) BLOCK * MAX_BLOCKS;
    }

    /**
     * Writes a cabinet.
     *
     * @param name of the file within it
     * @param target replaced if it is there
     */
    static void write(Path source, String name, Path target) throws IOException {
        long size = Files.size(source);
        if (!fits(size)) {
            throw new IOException(source + ": too large for a cabinet");
        }
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        int dataAt = HEADER + FOLDER + 16 + text.length + 1;
        try (FileChannel out =
                        FileChannel.open(
                                target,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.TRUNCATE_EXISTING,
                                StandardOpenOption.WRITE);
                InputStream in = Files.newInputStream(source)) {
            out.position(dataAt);
            int blocks = blocks(in, out);
            ByteBuffer head = ByteBuffer.allocate(dataAt).order(ByteOrder.LITTLE_ENDIAN);
            head.put("MSCF".getBytes(StandardCharsets.US_ASCII)).putInt(0);
            head.putInt((int) out.position()).putInt(0).putInt(HEADER + FOLDER).putInt(0);
            head.put((byte) 3).put((byte) 1).putShort((short) 1).putShort((short) 1);
            head.putShort((short) 0).putShort((short) 0).putShort((short) 0);
            head.putInt(dataAt).putShort((short) blocks).putShort((short) MSZIP);
            // The name is UTF-8: attribute 0x80. Time and date are left at 0.
            head.putInt((int) size).putInt(0).putShort((short) 0);
            head.putShort((short) 0).putShort((short) 0).putShort((short) 0x80);
            head.put(text).put((byte) 0).flip();
            long end = out.position();
            out.position(0);
            write(out, head);
            out.position(end);
        }
    }

    private static int blocks(InputStream in, FileChannel out) throws IOException {
        var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        var packed = new byte[BLOCK + 512];
        int count = 0;
        try {
            for (byte[] plain = in.readNBytes(BLOCK);
                    plain.length > 0;
                    plain = in.readNBytes(BLOCK)) {
                deflater.reset();
                deflater.setInput(plain);
                deflater.finish();
                int length = 0;
                while (!deflater.finished()) {
                    length += deflater.deflate(packed, length, packed.length - length);
                }
                ByteBuffer block = ByteBuffer.allocate(10 + length).order(ByteOrder.LITTLE_ENDIAN);
                block.putInt(0).putShort((short) (length + 2)).putShort((short) plain.length);
                block.put((byte) 'C').put((byte) 'K').put(packed, 0, length).flip();
                write(out, block);
                count++;
            }
        } finally {
            deflater.end();
        }
        return count;
    }

    private static void write(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }
}
