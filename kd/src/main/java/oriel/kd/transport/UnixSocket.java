package oriel.kd.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A socket in the file system, by which virtual machines offer serial lines. */
final class UnixSocket {
    private UnixSocket() {}

    static Transport connect(String path) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(Path.of(path)));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw new IOException("unix:" + path + ": " + e.getMessage(), e);
        }
        InputStream in = Channels.newInputStream(channel);
        return new StreamTransport("unix:" + path, in, new Out(channel), channel);
    }

    /** Not the stream of {@link Channels}, whose writes wait for reads. */
    private static final class Out extends OutputStream {
        private final SocketChannel channel;

        Out(SocketChannel channel) {
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
                channel.write(left);
            }
        }
    }
}
