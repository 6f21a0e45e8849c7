package oriel.format.pe;

import java.util.ArrayList;
import java.util.List;
import oriel.bytes.Bytes;

/**
 * A group of sections that the linker merged, from debug data of kind POGO: {@code .text$mn} and
 * the like.
 *
 * @param rva where it begins
 * @param sizeBytes its size, unsigned 32 bits
 * @param name of the input section
 */
public record PogoGroup(long rva, long sizeBytes, String name) {
    static List<PogoGroup> readAll(Bytes data) {
        var list = new ArrayList<PogoGroup>();
        long at = 4;
        while (data.contains(at, 9)) {
            String name = data.cString(at + 8, 256);
            list.add(new PogoGroup(data.u32(at), data.u32(at + 4), name));
            at += 8 + name.length() + 1 + 3 & -4;
        }
        return List.copyOf(list);
    }
}
