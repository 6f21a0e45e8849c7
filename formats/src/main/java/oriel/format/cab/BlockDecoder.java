package oriel.format.cab;

import oriel.bytes.Bytes;

/** Undoes the compression of the blocks of one folder, in order. For one thread. */
interface BlockDecoder extends AutoCloseable {
    /** Uncompressed bytes of a block at most. */
    int MAX_BLOCK = 32768;

    /**
     * Fills {@code into} from its start with the {@code length} bytes of the next block.
     *
     * @throws oriel.bytes.FormatException when the block is damaged
     */
    void decode(Bytes block, byte[] into, int length);

    /** Frees what the decoder holds. */
    @Override
    default void close() {}
}
