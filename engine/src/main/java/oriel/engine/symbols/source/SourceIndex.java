package oriel.engine.symbols.source;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import oriel.bytes.FormatException;
import oriel.format.msf.MsfStream;
import oriel.format.pdb.Pdb;

/** Says at which address a source file can be fetched. */
@FunctionalInterface
public interface SourceIndex {
    /** Knows no file. */
    SourceIndex NONE = file -> Optional.empty();

    /**
     * The address of a file, http or https only: commands that an index names are never run.
     *
     * @param file path as the compiler wrote it
     */
    Optional<String> address(String file);

    /** What a PDB says: its SourceLink stream, else its srcsrv stream. */
    static SourceIndex of(Pdb pdb) {
        SourceIndex link = text(pdb, "sourcelink").<SourceIndex>map(SourceLink::parse).orElse(NONE);
        SourceIndex server =
                text(pdb, "srcsrv").<SourceIndex>map(SourceServerIndex::parse).orElse(NONE);
        return file -> link.address(file).or(() -> server.address(file));
    }

    private static Optional<String> text(Pdb pdb, String name) {
        Optional<MsfStream> stream = pdb.namedStream(name);
        if (stream.isEmpty() || stream.get().size() > SourceServerIndex.LARGEST) {
            return Optional.empty();
        }
        try {
            var bytes = new byte[(int) stream.get().size()];
            stream.get().copy(0, bytes, 0, bytes.length);
            return Optional.of(new String(bytes, StandardCharsets.UTF_8));
        } catch (FormatException e) {
            pdb.report(name, e.getMessage());
            return Optional.empty();
        }
    }
}
