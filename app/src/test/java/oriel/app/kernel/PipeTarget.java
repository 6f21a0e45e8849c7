package oriel.app.kernel;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.WString;
import com.sun.jna.ptr.IntByReference;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import oriel.testkit.kd.KernelScene;
import oriel.testkit.kd.ScriptedStreamTarget;

/** A scripted kernel behind a named pipe of Windows, as virtual machines offer one. */
public final class PipeTarget {
    private static final int DUPLEX = 3;
    private static final int BUFFER = 1 << 16;

    private final Pointer pipe;

    private PipeTarget(Pointer pipe) {
        this.pipe = pipe;
    }

    private static Function function(String name) {
        return NativeLibrary.getInstance("kernel32").getFunction(name);
    }

    /** Makes the pipe of a name, and serves it by threads of its own until the program ends. */
    public static void main(String[] args) throws IOException {
        Object[] values = {new WString(args[0]), DUPLEX, 0, 1, BUFFER, BUFFER, 0, null};
        Pointer pipe = function("CreateNamedPipeW").invokePointer(values);
        if (Pointer.nativeValue(pipe) == -1) {
            throw new IOException("CreateNamedPipeW fails");
        }
        Thread server = new Thread(new PipeTarget(pipe)::serve, "pipe target");
        server.setDaemon(true);
        server.start();
    }

    private void serve() {
        function("ConnectNamedPipe").invokeInt(new Object[] {pipe, null});
        new ScriptedStreamTarget(KernelScene.of(true, 1), new In(), new Out()).start();
    }

    /** Looks before it reads: a read that waits would hold up writes of the same pipe. */
    private final class In extends InputStream {
        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            var there = new IntByReference();
            while (there.getValue() == 0) {
                Object[] look = {pipe, null, 0, null, there, null};
                if (function("PeekNamedPipe").invokeInt(look) == 0) {
                    return -1;
                }
                LockSupport.parkNanos(500_000);
            }
            var part = new byte[Math.min(length, there.getValue())];
            var got = new IntByReference();
            Object[] take = {pipe, part, part.length, got, null};
            if (function("ReadFile").invokeInt(take) == 0) {
                return -1;
            }
            System.arraycopy(part, 0, into, offset, got.getValue());
            return got.getValue();
        }
    }

    private final class Out extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            byte[] part = Arrays.copyOfRange(bytes, offset, offset + length);
            Object[] put = {pipe, part, length, new IntByReference(), null};
            if (function("WriteFile").invokeInt(put) == 0) {
                throw new IOException("the other end has gone");
            }
        }
    }
}
