package oriel.format.pdb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.format.msf.MsfStream;

/**
 * A source file that the linker put into the PDB, such as visualisers for the debugger. Listed in
 * the stream {@code /src/headerblock}, each in a stream of its own.
 *
 * @param fileName as it was given to the linker
 * @param objectName object file it came from; empty for those from the command line
 * @param streamName name of the stream with the contents
 * @param sizeBytes of the contents, unpacked
 * @param compression 0 none, 101 of managed compilers, others by other tools
 */
public record InjectedSource(
        String fileName, String objectName, String streamName, long sizeBytes, int compression) {
    private static final int HEADER_SIZE = 64;
    private static final int KEY_SIZE = 4;
    private static final int ENTRY_SIZE = 40;

    /** The files in a PDB; empty when there are none or the list is broken. */
    public static List<InjectedSource> read(Pdb pdb) {
        Optional<MsfStream> list = pdb.namedStream("/src/headerblock");
        if (list.isEmpty() || pdb.names().isEmpty()) {
            return List.of();
        }
        try {
            return read(list.get(), pdb.names().get());
        } catch (FormatException e) {
            pdb.report("injected sources", e);
            return List.of();
        }
    }

    /** A header, then a hash table from text numbers to entries. */
    private static List<InjectedSource> read(MsfStream in, StringTable names) {
        int count = in.checkedCount(in.u32(HEADER_SIZE), KEY_SIZE + ENTRY_SIZE, HEADER_SIZE);
        long at = HEADER_SIZE + 8;
        for (int bitmap = 0; bitmap < 2; bitmap++) {
            at += 4 + 4L * in.checkedCount(in.u32(at), 4, at + 4);
        }
        var found = new ArrayList<InjectedSource>(count);
        for (int i = 0; i < count; i++, at += KEY_SIZE + ENTRY_SIZE) {
            long entry = at + KEY_SIZE;
            found.add(
                    new InjectedSource(
                            names.at(in.u32(entry + 16)),
                            names.at(in.u32(entry + 20)),
                            names.at(in.u32(entry + 24)),
                            in.u32(entry + 12),
                            in.u8(entry + 28)));
        }
        return List.copyOf(found);
    }

    /** The contents as they are stored; empty when the stream is missing. */
    public Optional<Bytes> contents(Pdb pdb) {
        return pdb.namedStream("/src/files/" + streamName)
                .or(() -> pdb.namedStream(streamName))
                .map(s -> s.window(0, s.size()));
    }
}
