package oriel.engine.symbols.store;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import oriel.bytes.Bytes;
import oriel.format.cab.CabEntry;
import oriel.format.cab.CabFile;

/** Takes the one file out of a cabinet of a symbol server. */
final class CabExpander {
    private CabExpander() {}

    /** Whether a file begins like a cabinet. */
    static boolean isCabinet(Path file) throws IOException {
        return Files.size(file) > 0 && CabFile.looksLikeCabinet(Bytes.open(file));
    }

    /**
     * Expands the file that a key names, or the only one there is. Where it goes is never taken
     * from the cabinet.
     *
     * @throws oriel.bytes.FormatException when the cabinet is damaged
     * @throws SymbolServerException when it would grow beyond what is allowed
     */
    static void expand(Path cabinet, StoreKey key, Path into, long largestBytes)
            throws IOException {
        CabFile cab = CabFile.read(Bytes.open(cabinet));
        CabEntry entry = pick(cab.entries(), key, cabinet);
        if (entry.sizeBytes() > largestBytes) {
            throw new SymbolServerException(
                    key
                            + ": the cabinet would grow to "
                            + entry.sizeBytes()
                            + " bytes, allowed are "
                            + largestBytes,
                    false);
        }
        try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(into), 1 << 16)) {
            cab.extract(entry, to);
        }
    }

    private static CabEntry pick(List<CabEntry> entries, StoreKey key, Path cabinet) {
        for (CabEntry entry : entries) {
            String name = entry.name();
            int slash = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
            if (name.substring(slash + 1).equalsIgnoreCase(key.file())) {
                return entry;
            }
        }
        if (entries.size() == 1) {
            return entries.get(0);
        }
        throw new SymbolServerException(
                cabinet.getFileName() + ": no " + key.file() + " in the cabinet", false);
    }
}
