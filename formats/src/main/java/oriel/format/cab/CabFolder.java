package oriel.format.cab;

import oriel.bytes.Bytes;

/**
 * A run of data blocks that are compressed together (CFFOLDER).
 *
 * @param firstBlock file offset of its first block
 * @param blockCount number of blocks
 * @param type compression in the low four bits; for LZX the window in bits 8 to 12
 */
record CabFolder(long firstBlock, int blockCount, int type) {
    private static final int STORED = 0;
    private static final int MSZIP = 1;
    private static final int QUANTUM = 2;
    private static final int LZX = 3;

    /** A fresh decoder for the blocks of this folder. */
    BlockDecoder decoder(Bytes cabinet) {
        return switch (type & 0xf) {
            case STORED -> StoredDecoder.INSTANCE;
            case MSZIP -> new MsZipDecoder();
            case LZX -> {
                int bits = type >> 8 & 0x1f;
                if (bits < LzxDecoder.SMALLEST_WINDOW || bits > LzxDecoder.LARGEST_WINDOW) {
                    throw cabinet.error(0, "LZX window of " + bits + " bits");
                }
                yield new LzxDecoder(bits);
            }
            case QUANTUM -> throw cabinet.error(0, "Quantum compression is not supported");
            default -> throw cabinet.error(0, "unknown compression " + (type & 0xf));
        };
    }
}
