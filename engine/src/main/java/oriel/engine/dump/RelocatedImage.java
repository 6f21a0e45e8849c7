package oriel.engine.dump;

import java.util.Arrays;
import oriel.format.pe.DataDirectory;
import oriel.format.pe.DirectoryKind;
import oriel.format.pe.PeImage;
import oriel.format.pe.Section;

/**
 * The bytes of an image file as the loader left them at an address: relocated, and without the
 * sections that the program may have written to since.
 *
 * <p>Base relocations as in Microsoft's "PE Format": blocks of a page rva, a size and 16-bit
 * entries of a type and an offset.
 */
final class RelocatedImage {
    private static final int HIGHLOW = 3;
    private static final int DIR64 = 10;
    private static final int BLOCK_HEADER = 8;
    private static final int LARGEST_DIRECTORY = 64 << 20;

    private final PeImage image;
    private final long delta;

    /** Places that hold an address: the rva shifted left by one, the lowest bit set for 8 bytes. */
    private final long[] places;

    RelocatedImage(PeImage image, long base) {
        this.image = image;
        this.delta = base - image.optionalHeader().imageBase();
        this.places = delta == 0 ? new long[0] : places(image);
    }

    /** Reads as {@link oriel.model.Memory} does; stops at sections that may be written. */
    int read(long rva, byte[] into, int offset, int length) {
        int most = length;
        for (Section section : image.sections()) {
            if (section.isWritable() && section.rva() + section.sizeBytes() > rva) {
                most = (int) Math.max(0, Math.min(most, section.rva() - rva));
            }
        }
        int got = image.read(rva, into, offset, most);
        if (places.length > 0) {
            relocate(rva, into, offset, got);
        }
        return got;
    }

    private void relocate(long rva, byte[] into, int offset, int length) {
        int i = Arrays.binarySearch(places, (rva - 8) << 1);
        for (i = i < 0 ? -i - 1 : i; i < places.length && places[i] >>> 1 < rva + length; i++) {
            long place = places[i] >>> 1;
            int width = (places[i] & 1) != 0 ? 8 : 4;
            var word = new byte[width];
            if (image.read(place, word, 0, width) < width) {
                continue;
            }
            long value = 0;
            for (int b = width - 1; b >= 0; b--) {
                value = value << 8 | (word[b] & 0xff);
            }
            value += delta;
            for (int b = 0; b < width; b++) {
                long at = place + b - rva;
                if (at >= 0 && at < length) {
                    into[offset + (int) at] = (byte) (value >>> 8 * b);
                }
            }
        }
    }

    private static long[] places(PeImage image) {
        DataDirectory directory = image.directory(DirectoryKind.BASE_RELOCATION);
        var table = new byte[(int) Math.min(directory.sizeBytes(), LARGEST_DIRECTORY)];
        int size = image.read(directory.rva(), table, 0, table.length);
        var places = new long[size / 2];
        int count = 0;
        int block = 0;
        while (block + BLOCK_HEADER <= size) {
            long page = u32(table, block);
            long length = u32(table, block + 4);
            if (length < BLOCK_HEADER || length > size - block) {
                break;
            }
            for (int at = block + BLOCK_HEADER; at + 2 <= block + (int) length; at += 2) {
                int entry = (table[at] & 0xff) | (table[at + 1] & 0xff) << 8;
                int type = entry >>> 12;
                if (type == HIGHLOW || type == DIR64) {
                    places[count++] = (page + (entry & 0xfff)) << 1 | (type == DIR64 ? 1 : 0);
                }
            }
            block += (int) length;
        }
        places = Arrays.copyOf(places, count);
        Arrays.sort(places);
        return places;
    }

    private static long u32(byte[] bytes, int at) {
        return (bytes[at] & 0xff)
                | (bytes[at + 1] & 0xff) << 8
                | (bytes[at + 2] & 0xff) << 16
                | (bytes[at + 3] & 0xffL) << 24;
    }
}
