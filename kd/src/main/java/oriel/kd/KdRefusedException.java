package oriel.kd;

import oriel.kd.protocol.Api;

/** A request that the target answered with a failure. */
public final class KdRefusedException extends KdException {
    private static final long serialVersionUID = 1L;

    private final int api;
    private final int status;

    /**
     * @param api number of the request
     * @param status NTSTATUS of the answer
     */
    public KdRefusedException(int api, int status) {
        super("the target refuses " + Api.name(api) + ": status " + Integer.toHexString(status));
        this.api = api;
        this.status = status;
    }

    /** Number of the request. */
    public int api() {
        return api;
    }

    /** NTSTATUS of the answer. */
    public int status() {
        return status;
    }
}
