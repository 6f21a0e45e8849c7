package oriel.kd.protocol;

import java.nio.ByteBuffer;

/** Requests about breakpoints that the target keeps itself. */
public sealed interface BreakpointRequest extends ManipulateRequest {
    /**
     * Lets the target put a breakpoint into its code; the answer has its handle. Asked again, it
     * refuses what it has done already.
     */
    record WriteBreakpoint(long va) implements BreakpointRequest {
        @Override
        public int api() {
            return Api.WRITE_BREAKPOINT;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putLong(va);
        }
    }

    /** Lets the target take a breakpoint out again. */
    record RestoreBreakpoint(int handle) implements BreakpointRequest {
        @Override
        public int api() {
            return Api.RESTORE_BREAKPOINT;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putInt(handle);
        }
    }

    /** Puts an instruction of the host's choice in the place of a breakpoint. */
    record WriteCustomBreakpoint(long va, long instruction, int size, int alignment)
            implements BreakpointRequest {
        @Override
        public int api() {
            return Api.WRITE_CUSTOM_BREAKPOINT;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putLong(va).putLong(instruction).putInt(0);
            union.put((byte) size).put((byte) alignment);
        }

        @Override
        public boolean mayRepeat() {
            return false;
        }
    }

    /** Sets a breakpoint that counts calls. */
    record SetInternalBreakpoint(long va, int flags) implements BreakpointRequest {
        @Override
        public int api() {
            return Api.SET_INTERNAL_BREAKPOINT;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putLong(va).putInt(flags);
        }
    }

    /** Asks how often a breakpoint that counts calls was passed. */
    record GetInternalBreakpoint(long va) implements BreakpointRequest {
        @Override
        public int api() {
            return Api.GET_INTERNAL_BREAKPOINT;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putLong(va);
        }
    }
}
