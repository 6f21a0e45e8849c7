package oriel.format.msf;

import java.util.List;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.model.Diagnostic;

/**
 * A multi-stream file: numbered streams in pages (MSF 7.00) or compressed chunks (MSFZ). Layouts:
 * microsoft/microsoft-pdb (msf.cpp) and microsoft/pdb-rs (docs/pdb/msf.md, docs/pdb/msfz.md).
 * Opening reads the directory only. Safe for any thread.
 */
public abstract sealed class Msf permits PagedFile, ChunkedFile {
    private final ContainerKind kind;

    Msf(ContainerKind kind) {
        this.kind = kind;
    }

    /**
     * Opens a container.
     *
     * @throws FormatException when the file is of another kind (the message names it) or its header
     *     or directory is broken
     */
    public static Msf open(Bytes file) {
        ContainerKind kind = ContainerKind.of(file);
        return switch (kind) {
            case MSF -> PagedFile.read(file);
            case MSFZ -> ChunkedFile.read(file);
            case PDB2, PORTABLE ->
                    throw file.error(0, kind.title() + ": this kind is not supported");
            case UNKNOWN -> throw file.error(0, kind.title());
        };
    }

    /** What the streams are packed in. */
    public ContainerKind kind() {
        return kind;
    }

    /** Number of streams, missing ones included. */
    public abstract int streamCount();

    /** Bytes of a stream; 0 for a missing one or a number out of range. */
    public abstract long streamSize(int stream);

    /**
     * A stream by number; empty (of size 0) when it is missing or the number is out of range.
     *
     * @throws FormatException when its description is broken
     */
    public abstract MsfStream stream(int stream);

    /** What is wrong with the container as a whole. */
    public abstract List<Diagnostic> diagnostics();

    /**
     * Name of a stream for messages. Not by {@code +}: the first one in a process links code at run
     * time, which takes as long as all the rest of a lookup.
     */
    static String name(Bytes file, int stream) {
        return file.source().concat(" stream ").concat(Integer.toString(stream));
    }

    static MsfStream empty(String source) {
        return MsfStream.of(Bytes.of(new byte[0], source));
    }
}
