package oriel.format.cab;

import oriel.bytes.Bytes;

/** Blocks that are not compressed. */
enum StoredDecoder implements BlockDecoder {
    INSTANCE;

    @Override
    public void decode(Bytes block, byte[] into, int length) {
        block.copy(0, into, 0, length);
    }
}
