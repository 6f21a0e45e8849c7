package oriel.bench.kd;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A target that has memory and nothing else, as fast as one can be: it acknowledges and answers in
 * one write, and believes everything. Serves one connection on a port of its own.
 */
final class MemoryPeer implements AutoCloseable {
    static final int HEADER = 16;
    static final int BODY = 56;
    static final int FIRST_ID = 0x80800000;

    private final ServerSocket server;

    MemoryPeer() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "peer");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    private void serve() {
        try (Socket socket = server.accept()) {
            socket.setTcpNoDelay(true);
            var in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            OutputStream out = socket.getOutputStream();
            var header = new byte[HEADER];
            int id = FIRST_ID;
            while (true) {
                in.readFully(header, 0, 1);
                if (header[0] == 0x62) {
                    continue;
                }
                in.readFully(header, 1, HEADER - 1);
                ByteBuffer h = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
                if (header[0] == 0x69) {
                    if (h.getShort(4) == 6) {
                        id = FIRST_ID;
                        out.write(control(6, 0));
                        out.write(data(7, id, stop()));
                        id ^= 1;
                    }
                    continue;
                }
                byte[] body = in.readNBytes(h.getShort(6) & 0xffff);
                in.readByte();
                byte[] answer = data(2, id, answer(body));
                ByteBuffer reply = ByteBuffer.allocate(HEADER + answer.length);
                out.write(reply.put(control(4, h.getInt(8))).put(answer).array());
                id ^= 1;
            }
        } catch (IOException e) {
            // The client has gone.
        }
    }

    private static byte[] answer(byte[] request) {
        ByteBuffer in = ByteBuffer.wrap(request).order(ByteOrder.LITTLE_ENDIAN);
        int api = in.getInt(0);
        int count = api == 0x313d ? in.getInt(24) : 0;
        ByteBuffer out = ByteBuffer.allocate(BODY + count).order(ByteOrder.LITTLE_ENDIAN);
        out.put(request, 0, BODY).putInt(8, 0).putInt(28, count);
        if (api == 0x3146) {
            out.putShort(18, (short) 19041).put(20, (byte) 6).putShort(22, (short) 4);
            out.putShort(24, (short) 0x8664);
        }
        return out.array();
    }

    private static byte[] stop() {
        ByteBuffer out = ByteBuffer.allocate(240).order(ByteOrder.LITTLE_ENDIAN);
        return out.putInt(0, 0x3030).putInt(8, 1).putInt(32, 0x80000003).array();
    }

    static byte[] control(int type, int id) {
        ByteBuffer out = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        return out.putInt(0x69696969)
                .putShort((short) type)
                .putShort(6, (short) 0)
                .putInt(8, id)
                .array();
    }

    static byte[] data(int type, int id, byte[] body) {
        int sum = 0;
        for (byte b : body) {
            sum += b & 0xff;
        }
        int length = HEADER + body.length + 1;
        ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0x30303030).putShort((short) type).putShort((short) body.length);
        return out.putInt(id).putInt(sum).put(body).put((byte) 0xaa).array();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
