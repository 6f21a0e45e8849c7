package oriel.format.cab;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import oriel.bytes.Bytes;

/** MSZIP: each block is CK and a deflate stream that may refer to the block before. */
final class MsZipDecoder implements BlockDecoder {
    private static final int SIGNATURE = 0x4b43;

    private final Inflater inflater = new Inflater(true);
    private final byte[] history = new byte[MAX_BLOCK];
    private int historyLength;

    @Override
    public void decode(Bytes block, byte[] into, int length) {
        if (block.u16(0) != SIGNATURE) {
            throw block.error(0, "MSZIP block does not begin with CK");
        }
        byte[] input = block.copy(2, (int) block.size() - 2);
        inflater.reset();
        inflater.setInput(input);
        try {
            inflater.setDictionary(history, 0, historyLength);
            int done = 0;
            while (done < length) {
                int got = inflater.inflate(into, done, length - done);
                if (got == 0) {
                    throw block.error(
                            2, "MSZIP block ends after " + done + " of " + length + " bytes");
                }
                done += got;
            }
        } catch (DataFormatException | IllegalArgumentException e) {
            throw block.error(2, "MSZIP block is damaged: " + e.getMessage());
        }
        int kept = Math.min(historyLength, MAX_BLOCK - length);
        System.arraycopy(history, historyLength - kept, history, 0, kept);
        System.arraycopy(into, 0, history, kept, length);
        historyLength = kept + length;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
