package oriel.kd.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * A named pipe of Windows. Opened for overlapped I/O, because on any other handle of a pipe a write
 * waits until the read that is under way has ended.
 */
final class NamedPipe {
    private NamedPipe() {}

    static Transport open(String path) throws IOException {
        AsynchronousFileChannel channel;
        try {
            channel =
                    AsynchronousFileChannel.open(
                            Path.of(path), StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (java.nio.file.FileSystemException e) {
            String reason = e.getReason() == null ? "no such pipe" : e.getReason();
            throw new IOException("pipe:" + path + ": " + reason, e);
        }
        return new StreamTransport("pipe:" + path, new In(channel), new Out(channel), channel);
    }

    private static int await(Future<Integer> done) throws IOException {
        try {
            return done.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause() == null ? e : e.getCause());
        }
    }

    private static final class In extends InputStream {
        private final AsynchronousFileChannel channel;

        In(AsynchronousFileChannel channel) {
            this.channel = channel;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return await(channel.read(ByteBuffer.wrap(into, offset, length), 0));
        }
    }

    private static final class Out extends OutputStream {
        private final AsynchronousFileChannel channel;

        Out(AsynchronousFileChannel channel) {
            this.channel = channel;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            var left = ByteBuffer.wrap(bytes, offset, length);
            while (left.hasRemaining()) {
                await(channel.write(left, 0));
            }
        }
    }
}
