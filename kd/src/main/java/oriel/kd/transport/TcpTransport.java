package oriel.kd.transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.OptionalInt;

/** A TCP connection. */
final class TcpTransport implements Transport {
    private static final int CONNECT_MILLIS = 5000;

    private final String name;
    private final SocketChannel channel;
    private final Socket socket;
    private final InputStream in;
    private final UntimedReader reader;
    private int timeoutSet = -1;

    TcpTransport(String name, SocketChannel channel) throws IOException {
        this.name = name;
        this.channel = channel;
        this.socket = channel.socket();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        this.in = socket.getInputStream();
        this.reader = new UntimedReader(name, channel);
    }

    static TcpTransport connect(String host, int port) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.socket().connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            return new TcpTransport("tcp:" + host + ":" + port, channel);
        } catch (IOException e) {
            channel.close();
            throw new IOException("tcp:" + host + ":" + port + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int read(byte[] into, long timeoutNanos) throws IOException {
        OptionalInt late = reader.takeLate(into, timeoutNanos);
        if (late.isPresent()) {
            return late.getAsInt();
        }
        if (timeoutNanos == 0 && in.available() == 0) {
            return 0;
        }
        // Rounded up, because 0 means for ever.
        int millis = (int) Math.min(Integer.MAX_VALUE, timeoutNanos / 1_000_000 + 1);
        if (millis != timeoutSet) {
            socket.setSoTimeout(millis);
            timeoutSet = millis;
        }
        try {
            return in.read(into);
        } catch (SocketTimeoutException e) {
            return 0;
        }
    }

    @Override
    public void pour(Sink sink, long quietNanos) {
        reader.pour(sink, quietNanos);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        var left = ByteBuffer.wrap(bytes, offset, length);
        while (left.hasRemaining()) {
            channel.write(left);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        reader.close();
    }
}
