package oriel.format.pe;

import java.util.ArrayList;
import java.util.List;

/**
 * IMAGE_TLS_DIRECTORY. Addresses are virtual, for the base in the header.
 *
 * @param dataStartVa first byte of the template
 * @param dataEndVa first byte after it
 * @param indexVa where the loader stores the index of the slot
 * @param callbacksVa a table of callbacks that ends with 0; 0 when there is none
 * @param zeroFillBytes zeros behind the template
 * @param characteristics alignment in bits 20 to 23
 * @param callbacks addresses of the callbacks, as far as the table could be read
 */
public record TlsDirectory(
        long dataStartVa,
        long dataEndVa,
        long indexVa,
        long callbacksVa,
        long zeroFillBytes,
        int characteristics,
        List<Long> callbacks) {
    /** Copies the callbacks. */
    public TlsDirectory {
        callbacks = List.copyOf(callbacks);
    }

    static TlsDirectory read(ImageView image, OptionalHeader header, long rva) {
        int width = header.isPlus() ? 8 : 4;
        long callbacks = word(image, rva + 3L * width, width);
        return new TlsDirectory(
                word(image, rva, width),
                word(image, rva + width, width),
                word(image, rva + 2L * width, width),
                callbacks,
                image.u32(rva + 4L * width),
                (int) image.u32(rva + 4L * width + 4),
                callbacks(image, callbacks - header.imageBase(), width));
    }

    private static List<Long> callbacks(ImageView image, long rva, int width) {
        var list = new ArrayList<Long>();
        for (long at = rva; image.fileOffset(at) >= 0; at += width) {
            long va = image.contains(at + width - 1) ? word(image, at, width) : 0;
            if (va == 0) {
                break;
            }
            list.add(va);
        }
        return list;
    }

    private static long word(ImageView image, long rva, int width) {
        return width == 8 ? image.u64(rva) : image.u32(rva);
    }
}
