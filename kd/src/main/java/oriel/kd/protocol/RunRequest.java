package oriel.kd.protocol;

import java.nio.ByteBuffer;

/** Requests to run on. */
public sealed interface RunRequest extends ManipulateRequest {
    /** Lets the target run. */
    record Continue(int status) implements RunRequest {
        @Override
        public int api() {
            return Api.CONTINUE;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putInt(status);
        }

        @Override
        public boolean isAnswered() {
            return false;
        }
    }

    /** Lets the target run, with the registers that control tracing. */
    record Continue2(int status, ControlSet control) implements RunRequest {
        @Override
        public int api() {
            return Api.CONTINUE_2;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putInt(status);
            control.write(union);
        }

        @Override
        public boolean isAnswered() {
            return false;
        }
    }
}
