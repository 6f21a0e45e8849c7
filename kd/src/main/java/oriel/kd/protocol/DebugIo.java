package oriel.kd.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import oriel.bytes.Bytes;

/** Text that a kernel prints, or a question it asks. */
public sealed interface DebugIo {
    /** Text in this encoding is close to what kernels print, and no byte of it is lost. */
    Charset CHARSET = StandardCharsets.ISO_8859_1;

    /** Text. */
    record Print(int processor, String text) implements DebugIo {}

    /**
     * A question.
     *
     * @param most longest answer in bytes
     */
    record Prompt(int processor, String text, int most) implements DebugIo {
        /** The body of the packet that answers. */
        public byte[] answer(String words) {
            byte[] bytes = words.getBytes(CHARSET);
            int length = Math.min(bytes.length, most);
            ByteBuffer out = ByteBuffer.allocate(HEADER + length).order(ByteOrder.LITTLE_ENDIAN);
            out.putInt(PROMPT).putShort((short) 0).putShort((short) processor);
            out.putInt(0).putInt(length).put(bytes, 0, length);
            return out.array();
        }
    }

    /** Something else. */
    record Other(int api) implements DebugIo {}

    int HEADER = 16;
    int PRINT = 0x3230;
    int PROMPT = 0x3231;

    /**
     * Reads the body of a packet. Lengths that do not fit are cut to what is there.
     *
     * @throws oriel.bytes.FormatException when it is too short
     */
    static DebugIo read(Bytes body) {
        int api = body.s32(0);
        int processor = body.u16(6);
        long told = body.u32(8);
        long room = Math.max(0, body.size() - HEADER);
        if (api != PRINT && api != PROMPT) {
            return new Other(api);
        }
        int most = (int) Math.min(1024, body.u32(12));
        String text = new String(body.copy(HEADER, (int) Math.min(told, room)), CHARSET);
        return api == PRINT ? new Print(processor, text) : new Prompt(processor, text, most);
    }
}
