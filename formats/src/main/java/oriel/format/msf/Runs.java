package oriel.format.msf;

import oriel.bytes.Bytes;

/** Where the bytes of a stream lie, as contiguous pieces. Safe for any thread. */
interface Runs {
    /**
     * The piece that holds one byte of the stream.
     *
     * @param offset within the stream, less than its size
     * @throws oriel.bytes.FormatException when the piece is not in the file
     */
    Run at(long offset);

    /**
     * A contiguous piece of a stream.
     *
     * @param start offset in the stream of its first byte
     * @param end offset in the stream after its last byte
     * @param bytes the piece itself
     */
    record Run(long start, long end, Bytes bytes) {}
}
