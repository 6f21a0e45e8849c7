package oriel.kd.protocol;

import java.nio.ByteBuffer;

/** Requests about the registers of a processor. */
public sealed interface RegisterRequest extends ManipulateRequest {
    /** Asks for the registers of a processor. */
    record GetContext() implements RegisterRequest {
        @Override
        public int api() {
            return Api.GET_CONTEXT;
        }
    }

    /** Sets the registers of a processor; some targets want to have been asked for them before. */
    record SetContext(int flags, byte[] data) implements RegisterRequest {
        @Override
        public int api() {
            return Api.SET_CONTEXT;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putInt(flags);
        }
    }

    /** Asks for a part of the registers of a processor. */
    record GetContextEx(int offset, int count) implements RegisterRequest {
        @Override
        public int api() {
            return Api.GET_CONTEXT_EX;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putInt(offset).putInt(count);
        }
    }

    /** Sets a part of the registers of a processor. */
    record SetContextEx(int offset, byte[] data) implements RegisterRequest {
        @Override
        public int api() {
            return Api.SET_CONTEXT_EX;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putInt(offset).putInt(data.length);
        }
    }

    /** Reads registers that are not in the context. */
    record ReadControlSpace(long address, int count) implements RegisterRequest {
        @Override
        public int api() {
            return Api.READ_CONTROL_SPACE;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putLong(address).putInt(count);
        }
    }

    /** Writes registers that are not in the context. */
    record WriteControlSpace(long address, byte[] data) implements RegisterRequest {
        @Override
        public int api() {
            return Api.WRITE_CONTROL_SPACE;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putLong(address).putInt(data.length);
        }
    }

    /** Reads a model-specific register. */
    record ReadMsr(int msr) implements RegisterRequest {
        @Override
        public int api() {
            return Api.READ_MSR;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putInt(msr);
        }
    }

    /** Writes a model-specific register. */
    record WriteMsr(int msr, long value) implements RegisterRequest {
        @Override
        public int api() {
            return Api.WRITE_MSR;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putInt(msr).putLong(value);
        }
    }
}
