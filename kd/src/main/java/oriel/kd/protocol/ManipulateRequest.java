package oriel.kd.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A request to a stopped target: DBGKD_MANIPULATE_STATE64. Addresses of 32-bit targets are passed
 * sign-extended.
 */
public sealed interface ManipulateRequest
        permits MemoryRequest,
                RegisterRequest,
                DeviceRequest,
                BreakpointRequest,
                RunRequest,
                ManipulateRequest.Plain,
                ManipulateRequest.Other {
    /** Bytes before the data of a request or answer. */
    int HEADER = 56;

    /** Where the fields of each request begin. */
    int UNION = 16;

    /** The number of the request. */
    int api();

    /** Writes the fields into 40 bytes. */
    default void fields(ByteBuffer union) {}

    /** What follows the fields. */
    default byte[] data() {
        return new byte[0];
    }

    /** Whether the target answers at all. */
    default boolean isAnswered() {
        return true;
    }

    /** Whether asking twice does no harm, as when the first answer was lost. */
    default boolean mayRepeat() {
        return true;
    }

    /** The body of the packet, for a processor. */
    default byte[] encode(int processor) {
        byte[] data = data();
        var body = new byte[HEADER + data.length];
        ByteBuffer out = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0, api());
        out.putShort(6, (short) processor);
        fields(ByteBuffer.wrap(body, UNION, HEADER - UNION).slice().order(ByteOrder.LITTLE_ENDIAN));
        System.arraycopy(data, 0, body, HEADER, data.length);
        return body;
    }

    /** A request that has no fields. */
    record Plain(int api) implements ManipulateRequest {
        /** Restarts the machine. */
        public static final Plain REBOOT = new Plain(Api.REBOOT);

        /** Asks what the target is. */
        public static final Plain GET_VERSION = new Plain(Api.GET_VERSION);

        /** Crashes the target with bug check e2. */
        public static final Plain CAUSE_BUG_CHECK = new Plain(Api.CAUSE_BUG_CHECK);

        /** Turns to another processor; a stop of that processor is the answer. */
        public static final Plain SWITCH_PROCESSOR = new Plain(Api.SWITCH_PROCESSOR);

        /** Asks whether memory below 4 GB has been written where it must not be. */
        public static final Plain CHECK_LOW_MEMORY = new Plain(Api.CHECK_LOW_MEMORY);

        /** Removes all breakpoints that count calls. */
        public static final Plain CLEAR_ALL_INTERNAL_BREAKPOINTS =
                new Plain(Api.CLEAR_ALL_INTERNAL_BREAKPOINTS);

        @Override
        public boolean isAnswered() {
            return api != Api.REBOOT
                    && api != Api.CAUSE_BUG_CHECK
                    && api != Api.SWITCH_PROCESSOR
                    && api != Api.CLEAR_ALL_INTERNAL_BREAKPOINTS;
        }
    }

    /** A request in numbers: what has no record of its own. */
    record Other(int api, byte[] union, byte[] data) implements ManipulateRequest {
        @Override
        public void fields(ByteBuffer out) {
            out.put(union, 0, Math.min(union.length, HEADER - UNION));
        }

        @Override
        public boolean mayRepeat() {
            return false;
        }
    }
}
