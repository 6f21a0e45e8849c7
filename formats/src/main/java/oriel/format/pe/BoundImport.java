package oriel.format.pe;

import java.util.ArrayList;
import java.util.List;
import oriel.bytes.Bytes;

/**
 * A module whose addresses were written into the image when it was bound.
 *
 * @param name file name
 * @param timestamp of the module at that time, unsigned 32 bits
 * @param forwarder whether it is only there because another bound module forwards to it
 */
public record BoundImport(String name, long timestamp, boolean forwarder) {
    private static final int SIZE = 8;
    private static final int MAX_NAME = 1 << 12;

    /** Reads the directory: names are relative to its start. */
    static List<BoundImport> readAll(Bytes directory) {
        var list = new ArrayList<BoundImport>();
        int forwarders = 0;
        for (long at = 0; directory.contains(at, SIZE); at += SIZE) {
            long timestamp = directory.u32(at);
            int name = directory.u16(at + 4);
            if (forwarders == 0 && timestamp == 0 && name == 0) {
                break;
            }
            String text = name < directory.size() ? directory.cString(name, MAX_NAME) : "";
            list.add(new BoundImport(text, timestamp, forwarders > 0));
            forwarders = forwarders > 0 ? forwarders - 1 : directory.u16(at + 6);
        }
        return List.copyOf(list);
    }
}
