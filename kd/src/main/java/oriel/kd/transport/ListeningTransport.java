package oriel.kd.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.channels.ServerSocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a TCP connection, or for one after the other: a restarted virtual machine connects
 * anew.
 */
final class ListeningTransport implements Transport {
    private final ServerSocket server;
    private final boolean again;
    private volatile @Nullable TcpTransport peer;
    private volatile int generation;

    /**
     * @param again whether another connection is waited for when one has ended
     */
    ListeningTransport(@Nullable InetAddress local, int port, boolean again) throws IOException {
        this.again = again;
        // Of a channel, because those it accepts are to have channels.
        server = ServerSocketChannel.open().socket();
        try {
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(local, port), 1);
        } catch (IOException e) {
            server.close();
            throw new IOException("listen:" + port + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String name() {
        return "listen:" + server.getLocalPort();
    }

    @Override
    public int read(byte[] into, long timeoutNanos) throws IOException {
        TcpTransport connected = peer;
        if (connected == null) {
            accept(timeoutNanos);
            return 0;
        }
        int got;
        try {
            got = connected.read(into, timeoutNanos);
        } catch (IOException e) {
            got = -1;
        }
        if (got < 0) {
            connected.close();
            if (!again) {
                return -1;
            }
            peer = null;
            return 0;
        }
        return got;
    }

    private void accept(long timeoutNanos) throws IOException {
        server.setSoTimeout((int) (timeoutNanos / 1_000_000 + 1));
        try {
            var accepted = new TcpTransport(name(), server.accept().getChannel());
            peer = accepted;
            generation++;
            if (server.isClosed()) {
                // Meanwhile, by another thread that saw no peer.
                accepted.close();
            }
        } catch (SocketTimeoutException e) {
            // nobody yet
        }
    }

    @Override
    public void pour(Sink sink, long quietNanos) {
        TcpTransport connected = peer;
        if (connected != null) {
            connected.pour(sink, quietNanos);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        TcpTransport connected = peer;
        if (connected == null) {
            return;
        }
        try {
            connected.write(bytes, offset, length);
        } catch (IOException e) {
            connected.close();
        }
    }

    @Override
    public int generation() {
        return generation;
    }

    @Override
    public boolean isConnected() {
        return peer != null;
    }

    @Override
    public String trouble() {
        return isConnected() ? "" : "nothing has connected";
    }

    @Override
    public void close() throws IOException {
        server.close();
        TcpTransport connected = peer;
        if (connected != null) {
            connected.close();
        }
    }
}
