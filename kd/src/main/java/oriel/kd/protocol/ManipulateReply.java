package oriel.kd.protocol;

import java.util.Arrays;
import oriel.bytes.Bytes;

/**
 * The answer to a request.
 *
 * @param api of the request
 * @param processor that answered
 * @param status NTSTATUS
 * @param union the 40 bytes of fields
 * @param data what follows them
 */
public record ManipulateReply(int api, int processor, int status, Bytes union, Bytes data) {
    /** STATUS_UNSUCCESSFUL: what most failures are. */
    public static final int UNSUCCESSFUL = 0xc0000001;

    /**
     * Reads the body of a packet. Fields that a target leaves away at the end are zero.
     *
     * @throws oriel.bytes.FormatException when it is too short to be one
     */
    public static ManipulateReply read(Bytes body) {
        Bytes whole = body;
        if (body.size() < ManipulateRequest.HEADER) {
            body.u32(8);
            byte[] padded =
                    Arrays.copyOf(body.copy(0, (int) body.size()), ManipulateRequest.HEADER);
            whole = Bytes.of(padded, body.source());
        }
        return new ManipulateReply(
                whole.s32(0),
                whole.u16(6),
                whole.s32(8),
                whole.slice(ManipulateRequest.UNION, 40),
                whole.from(ManipulateRequest.HEADER));
    }

    /** Whether the target did what was asked: only errors are failures, warnings are not. */
    public boolean isSuccess() {
        return status >>> 30 != 3;
    }

    /**
     * The data of a read, at most what was asked for: targets have been seen to claim more.
     *
     * @param told bytes read as the target says, unsigned
     */
    public Bytes data(long told, int wanted) {
        // A target that does not count has sent what it has read.
        long count = told == 0 && isSuccess() ? wanted : Math.min(told, wanted);
        return data.slice(0, Math.min(count, data.size()));
    }
}
