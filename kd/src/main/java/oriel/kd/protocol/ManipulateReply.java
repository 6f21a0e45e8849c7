package oriel.kd.protocol;

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
     * Reads the body of a packet.
     *
     * @throws oriel.bytes.FormatException when it is too short
     */
    public static ManipulateReply read(Bytes body) {
        return new ManipulateReply(
                body.s32(0),
                body.u16(6),
                body.s32(8),
                body.slice(ManipulateRequest.UNION, 40),
                body.from(ManipulateRequest.HEADER));
    }

    /** Whether the target did what was asked: success, information and warning are not failures. */
    public boolean isSuccess() {
        return status >= 0;
    }

    /**
     * The data of a read, at most what was asked for: targets have been seen to claim more.
     *
     * @param told bytes read as the target says, unsigned
     */
    public Bytes data(long told, int wanted) {
        return data.slice(0, Math.min(Math.min(told, wanted), data.size()));
    }
}
