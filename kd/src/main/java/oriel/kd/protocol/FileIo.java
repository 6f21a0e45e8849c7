package oriel.kd.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import oriel.bytes.Bytes;

/** A kernel's request for a file of the host, by which drivers are replaced. */
public sealed interface FileIo {
    int HEADER = 64;
    int CREATE = 0x3430;
    int READ = 0x3431;
    int WRITE = 0x3432;
    int CLOSE = 0x3433;

    /** The number of the request. */
    int api();

    /** Opens a file. */
    record Create(String path) implements FileIo {
        @Override
        public int api() {
            return CREATE;
        }
    }

    /** Reads from a file. */
    record Read(long handle, long offset, long length) implements FileIo {
        @Override
        public int api() {
            return READ;
        }
    }

    /** Writes to a file. */
    record Write(long handle, long offset, byte[] data) implements FileIo {
        @Override
        public int api() {
            return WRITE;
        }
    }

    /** Closes a file. */
    record Close(long handle) implements FileIo {
        @Override
        public int api() {
            return CLOSE;
        }
    }

    /** Something else. */
    record Other(int api) implements FileIo {}

    /**
     * Reads the body of a packet.
     *
     * @throws oriel.bytes.FormatException when it is too short
     */
    static FileIo read(Bytes body) {
        int api = body.s32(0);
        return switch (api) {
            case CREATE -> {
                String path = body.utf16(HEADER, (int) (body.size() - HEADER));
                int end = path.indexOf(0);
                yield new Create(end < 0 ? path : path.substring(0, end));
            }
            case READ -> new Read(body.u64(8), body.u64(16), body.u32(24));
            case WRITE -> {
                long length = Math.min(body.u32(24), body.size() - HEADER);
                yield new Write(
                        body.u64(8), body.u64(16), body.copy(HEADER, (int) Math.max(0, length)));
            }
            case CLOSE -> new Close(body.u64(8));
            default -> new Other(api);
        };
    }

    /**
     * The body of an answer.
     *
     * @param status NTSTATUS
     * @param handle of the file, after it was opened
     * @param length of the file after it was opened, else of what was read or written
     * @param data that was read
     */
    static byte[] answer(int api, int status, long handle, long length, byte[] data) {
        ByteBuffer out = ByteBuffer.allocate(HEADER + data.length).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0, api).putInt(4, status);
        if (api == CREATE) {
            out.putLong(32, handle).putLong(40, length);
        } else {
            out.putLong(8, handle).putInt(24, (int) length);
        }
        out.put(HEADER, data);
        return out.array();
    }
}
