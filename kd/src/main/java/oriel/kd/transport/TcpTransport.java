package oriel.kd.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** A TCP connection. */
final class TcpTransport implements Transport {
    private static final int CONNECT_MILLIS = 5000;

    private final String name;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private int timeoutSet = -1;

    TcpTransport(String name, Socket socket) throws IOException {
        this.name = name;
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    static TcpTransport connect(String host, int port) throws IOException {
        var socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            return new TcpTransport("tcp:" + host + ":" + port, socket);
        } catch (IOException e) {
            socket.close();
            throw new IOException("tcp:" + host + ":" + port + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int read(byte[] into, long timeoutNanos) throws IOException {
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
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
