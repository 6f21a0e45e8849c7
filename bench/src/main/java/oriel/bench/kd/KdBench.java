package oriel.bench.kd;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Locale;
import oriel.kd.KdConnection;
import oriel.kd.KdEvents;
import oriel.kd.KdSession;
import oriel.kd.KdStop;
import oriel.kd.net.Datagram;
import oriel.kd.net.DatagramCipher;
import oriel.kd.net.KdnetKey;
import oriel.kd.packet.Crlf;
import oriel.kd.transport.Endpoint;

/**
 * How fast the kernel protocol is: physical memory over loopback TCP against the same peer asked by
 * a client that does nothing but send bytes and count them; processor time for each packet; KDNET
 * datagrams decrypted and verified. Prints one line for each.
 */
public final class KdBench {
    private static final int TOTAL = 64 << 20;
    private static final int PIECE = 3944;
    private static final int HEADER = 16;
    private static final int BODY = 56;
    private static final int FIRST_ID = 0x80800000;

    private KdBench() {}

    /** Runs all. */
    public static void main(String[] args) throws IOException {
        for (int round = 0; round < 3; round++) {
            double peer = peerAlone();
            double client = client();
            System.out.printf(
                    Locale.ROOT,
                    "physical reads: peer alone %.1f MB/s, client %.1f MB/s, %.0f %%%n",
                    peer,
                    client,
                    100 * client / peer);
            kdnet();
        }
    }

    // The peer: acknowledges and answers in one write, and believes everything.

    private static void serve(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.setTcpNoDelay(true);
            var in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
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
                ByteBuffer reply = ByteBuffer.allocate(HEADER + frame(answer(body)));
                reply.put(control(4, h.getInt(8)));
                reply.put(data(2, id, answer(body)));
                id ^= 1;
                out.write(reply.array());
            }
        } catch (IOException e) {
            // The client has gone.
        }
    }

    private static int frame(byte[] body) {
        return HEADER + body.length + 1;
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

    private static byte[] control(int type, int id) {
        ByteBuffer out = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        return out.putInt(0x69696969)
                .putShort((short) type)
                .putShort(6, (short) 0)
                .putInt(8, id)
                .array();
    }

    private static byte[] data(int type, int id, byte[] body) {
        int sum = 0;
        for (byte b : body) {
            sum += b & 0xff;
        }
        ByteBuffer out = ByteBuffer.allocate(frame(body)).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0x30303030).putShort((short) type).putShort((short) body.length);
        return out.putInt(id).putInt(sum).put(body).put((byte) 0xaa).array();
    }

    private static ServerSocket peer() throws IOException {
        var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> serve(server), "peer");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    /** What the peer can do: the same requests as bytes, and answers that are only counted. */
    private static double peerAlone() throws IOException {
        try (ServerSocket server = peer();
                Socket socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            var in = new DataInputStream(socket.getInputStream());
            var sink = new byte[2 * HEADER + BODY + PIECE + 1];
            long start = System.nanoTime();
            int id = FIRST_ID;
            for (long pa = 0; pa < TOTAL; pa += PIECE) {
                ByteBuffer body = ByteBuffer.allocate(BODY).order(ByteOrder.LITTLE_ENDIAN);
                body.putInt(0, 0x313d).putLong(16, pa).putInt(24, PIECE);
                byte[] request = data(2, id, body.array());
                byte[] both = java.util.Arrays.copyOf(control(4, id), HEADER + request.length);
                System.arraycopy(request, 0, both, HEADER, request.length);
                out.write(both);
                in.readFully(sink);
                id ^= 1;
            }
            return TOTAL / 1e6 / ((System.nanoTime() - start) / 1e9);
        }
    }

    private static double client() throws IOException {
        try (ServerSocket server = peer()) {
            Endpoint end = Endpoint.parse("tcp:127.0.0.1:" + server.getLocalPort());
            var connection = new KdConnection(end.open(), Crlf.AUTO, KdEvents.NONE);
            try (var session = new KdSession(connection)) {
                KdStop stop = session.attach(Duration.ofSeconds(10));
                var into = new byte[TOTAL / 16];
                var threads = ManagementFactory.getThreadMXBean();
                long cpu = threads.getCurrentThreadCpuTime();
                long packets = connection.statistics().packets();
                long start = System.nanoTime();
                for (int i = 0; i < 16; i++) {
                    stop.physicalMemory().read((long) i * into.length, into, 0, into.length);
                }
                double seconds = (System.nanoTime() - start) / 1e9;
                long used = threads.getCurrentThreadCpuTime() - cpu;
                long count = connection.statistics().packets() - packets;
                System.out.printf(
                        Locale.ROOT,
                        "client: %d packets received, %.1f us of processor time for each%n",
                        count,
                        used / 1e3 / count);
                return TOTAL / 1e6 / seconds;
            }
        }
    }

    private static void kdnet() {
        var cipher = new DatagramCipher(KdnetKey.parse("1.2.3.4"));
        cipher.startSession(new byte[322]);
        byte[] sealed = cipher.seal(new Datagram(4, false, 1, false, new byte[1304]));
        int rounds = 100_000;
        long sum = 0;
        long start = System.nanoTime();
        for (int i = 0; i < rounds; i++) {
            sum += cipher.open(sealed, sealed.length).orElseThrow().body().length;
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                Locale.ROOT, "KDNET: %.1f MB/s decrypted and verified%n", sum / 1e6 / seconds);
    }
}
