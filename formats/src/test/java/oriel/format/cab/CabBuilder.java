package oriel.format.cab;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;

/** Writes cabinets with one folder, for tests. */
final class CabBuilder {
    private static final int BLOCK = 32768;

    private final List<byte[]> blocks = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();
    private final ByteArrayOutputStream files = new ByteArrayOutputStream();
    private final int type;
    private int fileCount;
    private long folderSize;

    private CabBuilder(int type) {
        this.type = type;
    }

    static CabBuilder stored(byte[] content) {
        var cab = new CabBuilder(0);
        for (int at = 0; at < content.length; at += BLOCK) {
            byte[] part = Arrays.copyOfRange(content, at, Math.min(content.length, at + BLOCK));
            cab.block(part, part.length);
        }
        return cab;
    }

    static CabBuilder mszip(byte[] content) {
        var cab = new CabBuilder(1);
        for (int at = 0; at < content.length; at += BLOCK) {
            int size = Math.min(content.length - at, BLOCK);
            var deflater = new Deflater(9, true);
            if (at > 0) {
                deflater.setDictionary(content, at - BLOCK, BLOCK);
            }
            deflater.setInput(content, at, size);
            deflater.finish();
            var out = new byte[size * 2 + 100];
            out[0] = 'C';
            out[1] = 'K';
            int length = 2 + deflater.deflate(out, 2, out.length - 2);
            deflater.end();
            cab.block(Arrays.copyOf(out, length), size);
        }
        return cab;
    }

    static CabBuilder lzx(byte[] content, int windowBits, int translationSize) {
        var cab = new CabBuilder(3 | windowBits << 8);
        var encoder = new LzxEncoder(windowBits, translationSize);
        for (byte[] block : encoder.encode(content)) {
            int at = cab.blocks.size() * BLOCK;
            cab.block(block, Math.min(content.length - at, BLOCK));
        }
        return cab;
    }

    CabBuilder block(byte[] data, int size) {
        blocks.add(data);
        sizes.add(size);
        folderSize += size;
        return this;
    }

    CabBuilder file(String name, long offset, long size) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer entry = ByteBuffer.allocate(17 + text.length).order(ByteOrder.LITTLE_ENDIAN);
        entry.putInt((int) size).putInt((int) offset).putShort((short) 0);
        entry.putShort((short) 0x5a21).putShort((short) 0x1234).putShort((short) 0x20);
        entry.put(text).put((byte) 0);
        files.writeBytes(entry.array());
        fileCount++;
        return this;
    }

    byte[] build() {
        int dataSize = 0;
        for (byte[] block : blocks) {
            dataSize += 8 + block.length;
        }
        int filesAt = 36 + 8;
        int dataAt = filesAt + files.size();
        ByteBuffer cab = ByteBuffer.allocate(dataAt + dataSize).order(ByteOrder.LITTLE_ENDIAN);
        cab.put("MSCF".getBytes(StandardCharsets.US_ASCII)).putInt(0);
        cab.putInt(cab.capacity()).putInt(0).putInt(filesAt).putInt(0);
        cab.put((byte) 3).put((byte) 1).putShort((short) 1).putShort((short) fileCount);
        cab.putShort((short) 0).putShort((short) 77).putShort((short) 0);
        cab.putInt(dataAt).putShort((short) blocks.size()).putShort((short) type);
        cab.put(files.toByteArray());
        for (int i = 0; i < blocks.size(); i++) {
            byte[] data = blocks.get(i);
            int sum = checksum(data) ^ (data.length | sizes.get(i) << 16);
            cab.putInt(sum).putShort((short) data.length).putShort((short) (int) sizes.get(i));
            cab.put(data);
        }
        return cab.array();
    }

    long folderSize() {
        return folderSize;
    }

    private static int checksum(byte[] data) {
        int sum = 0;
        int whole = data.length & ~3;
        for (int i = 0; i < whole; i++) {
            sum ^= (data[i] & 0xff) << 8 * (i & 3);
        }
        int rest = 0;
        for (int i = whole; i < data.length; i++) {
            rest = rest << 8 | data[i] & 0xff;
        }
        return sum ^ rest;
    }
}
