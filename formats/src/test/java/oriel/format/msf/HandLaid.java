package oriel.format.msf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Lays out containers byte by byte, as the documents describe them. */
public final class HandLaid {
    private HandLaid() {}

    /** An MSF 7.00 file in which the pages of all streams are dealt out in turns, scattered. */
    public static byte[] msf(int pageSize, byte[]... streams) {
        int[] first = new int[streams.length];
        int directoryWords = 1 + streams.length;
        int dataPages = 0;
        for (int i = 0; i < streams.length; i++) {
            first[i] = directoryWords;
            int pages = (streams[i].length + pageSize - 1) / pageSize;
            directoryWords += pages;
            dataPages += pages;
        }
        int directoryPages = (directoryWords * 4 + pageSize - 1) / pageSize;
        int mapPage = 3;
        int directoryStart = 4;
        int dataStart = directoryStart + directoryPages;
        int total = dataStart + dataPages;
        ByteBuffer out = ByteBuffer.allocate(total * pageSize).order(ByteOrder.LITTLE_ENDIAN);
        out.put("Microsoft C/C++ MSF 7.00\r\n\u001aDS\0\0\0".getBytes(StandardCharsets.ISO_8859_1));
        out.putInt(pageSize).putInt(1).putInt(total).putInt(directoryWords * 4).putInt(0);
        out.putInt(mapPage);
        int[] directory = new int[directoryWords];
        directory[0] = streams.length;
        int next = total - 1;
        for (int round = 0; next >= dataStart; round++) {
            for (int i = 0; i < streams.length; i++) {
                int from = round * pageSize;
                if (from < streams[i].length) {
                    directory[first[i] + round] = next;
                    int length = Math.min(pageSize, streams[i].length - from);
                    out.put(next * pageSize, streams[i], from, length);
                    next--;
                }
            }
        }
        for (int i = 0; i < streams.length; i++) {
            directory[1 + i] = streams[i].length;
        }
        for (int i = 0; i < directoryPages; i++) {
            out.putInt(mapPage * pageSize + 4 * i, directoryStart + i);
        }
        for (int i = 0; i < directoryWords; i++) {
            out.putInt(directoryStart * pageSize + 4 * i, directory[i]);
        }
        return out.array();
    }

    /** One chunk of an MSFZ file. */
    record Chunk(int compression, byte[] packed, int unpackedSize) {}

    /**
     * An MSFZ file: header, chunks, chunk table, directory.
     *
     * @param directory the unpacked stream directory
     */
    static byte[] msfz(int streams, byte[] directory, Chunk... chunks) {
        var out = new ByteArrayOutputStream();
        ByteBuffer table = ByteBuffer.allocate(20 * chunks.length).order(ByteOrder.LITTLE_ENDIAN);
        out.writeBytes(new byte[80]);
        for (Chunk chunk : chunks) {
            table.putLong(out.size()).putInt(chunk.compression).putInt(chunk.packed.length);
            table.putInt(chunk.unpackedSize);
            out.writeBytes(chunk.packed);
        }
        long tableOffset = out.size();
        out.writeBytes(table.array());
        long directoryOffset = out.size();
        out.writeBytes(directory);
        byte[] file = out.toByteArray();
        ByteBuffer header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        header.put(
                "Microsoft MSFZ Container\r\n\u001aALD\0\0".getBytes(StandardCharsets.ISO_8859_1));
        header.putLong(0).putLong(directoryOffset).putLong(tableOffset);
        header.putInt(streams).putInt(0).putInt(directory.length).putInt(directory.length);
        header.putInt(chunks.length).putInt(table.capacity());
        return file;
    }

    static byte[] counting(int size, int start) {
        var bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (start + i * 31 + i / 251);
        }
        return bytes;
    }
}
