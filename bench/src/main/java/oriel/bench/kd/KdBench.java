package oriel.bench.kd;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
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
import oriel.testkit.kd.KernelScene;
import oriel.testkit.kd.PacedLine;
import oriel.testkit.kd.ScriptedStreamTarget;

/**
 * How fast the kernel protocol is: physical memory over loopback TCP against the same peer asked by
 * a client that does nothing but send bytes and count them; processor time for each packet; how
 * busy a serial line is kept; KDNET datagrams decrypted and verified. Prints lines of name, value
 * and unit. With the argument {@code serve} it is an idle kernel instead: prints its port and waits
 * for debuggers, one after the other.
 */
public final class KdBench {
    private static final int TOTAL = 64 << 20;
    private static final int PIECE = 3944;
    private static final int WARM = 5;
    private static final int ROUNDS = 21;
    private static final int LINE_BYTES = 48 << 10;

    /** 115,200 baud: ten bits for each byte. */
    private static final int BYTES_PER_SECOND = 11_520;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private KdBench() {}

    /** Runs all, or serves. */
    public static void main(String[] args) throws IOException {
        if (args.length > 0 && args[0].equals("serve")) {
            serve();
            return;
        }
        var peers = new double[ROUNDS];
        var clients = new double[ROUNDS];
        var ratios = new double[ROUNDS];
        double cpu = Double.MAX_VALUE;
        for (int round = -WARM; round < ROUNDS; round++) {
            double peer = peerAlone();
            Client client = client();
            if (round >= 0) {
                peers[round] = peer;
                clients[round] = client.megabytes;
                ratios[round] = client.megabytes / peer;
                cpu = Math.min(cpu, client.microseconds);
            }
        }
        print("kd.peer", median(peers), "MB/s");
        print("kd.client", median(clients), "MB/s");
        print("kd.ratio", 100 * median(ratios), "percent");
        print("kd.cpu", cpu, "us");
        print("kd.net", kdnet(), "MB/s");
        print("kd.line", line(), "percent");
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static void print(String name, double value, String unit) {
        System.out.printf(Locale.ROOT, "%s %.1f %s%n", name, value, unit);
    }

    private static void serve() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            System.out.println("kd.port " + server.getLocalPort() + " port");
            System.out.flush();
            while (true) {
                Socket socket = server.accept();
                new ScriptedStreamTarget(
                                KernelScene.of(true, 1),
                                socket.getInputStream(),
                                socket.getOutputStream())
                        .start();
            }
        }
    }

    /** What the peer can do: the same requests as bytes, and answers that are only counted. */
    private static double peerAlone() throws IOException {
        try (var peer = new MemoryPeer();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), peer.port())) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            var in = new DataInputStream(socket.getInputStream());
            int header = MemoryPeer.HEADER;
            var sink = new byte[2 * header + MemoryPeer.BODY + PIECE + 1];
            long start = System.nanoTime();
            int id = MemoryPeer.FIRST_ID;
            for (long pa = 0; pa < TOTAL; pa += PIECE) {
                ByteBuffer body =
                        ByteBuffer.allocate(MemoryPeer.BODY).order(ByteOrder.LITTLE_ENDIAN);
                body.putInt(0, 0x313d).putLong(16, pa).putInt(24, PIECE);
                byte[] request = MemoryPeer.data(2, id, body.array());
                byte[] both = Arrays.copyOf(MemoryPeer.control(4, id), header + request.length);
                System.arraycopy(request, 0, both, header, request.length);
                out.write(both);
                in.readFully(sink);
                id ^= 1;
            }
            return TOTAL / 1e6 / ((System.nanoTime() - start) / 1e9);
        }
    }

    /**
     * What our client does.
     *
     * @param megabytes each second
     * @param microseconds of processor time for each packet
     */
    private record Client(double megabytes, double microseconds) {}

    private static KdSession session(int port) throws IOException {
        Endpoint end = Endpoint.parse("tcp:127.0.0.1:" + port);
        return new KdSession(new KdConnection(end.open(), Crlf.AUTO, KdEvents.NONE));
    }

    private static Client client() throws IOException {
        try (var peer = new MemoryPeer();
                KdSession session = session(peer.port())) {
            KdStop stop = session.attach(Duration.ofSeconds(10));
            var into = new byte[TOTAL / 16];
            long cpu = processorTime();
            long packets = session.connection().statistics().packets();
            long start = System.nanoTime();
            for (int i = 0; i < 16; i++) {
                stop.physicalMemory().read((long) i * into.length, into, 0, into.length);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            long used = processorTime() - cpu;
            long count = session.connection().statistics().packets() - packets;
            return new Client(TOTAL / 1e6 / seconds, used / 1e3 / count);
        }
    }

    /** Of this thread and of those that read lines. */
    private static long processorTime() {
        long sum = THREADS.getCurrentThreadCpuTime();
        for (ThreadInfo each : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (each != null && each.getThreadName().startsWith("oriel-kd-read")) {
                sum += Math.max(0, THREADS.getThreadCpuTime(each.getThreadId()));
            }
        }
        return sum;
    }

    /** How much of the time the target's side of a serial line carries bytes during a read. */
    private static double line() throws IOException {
        try (var peer = new MemoryPeer();
                var between = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                KdSession session = session(between.getLocalPort());
                Socket near = between.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), peer.port())) {
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            var line = new PacedLine(near, far, BYTES_PER_SECOND);
            KdStop stop = session.attach(Duration.ofSeconds(10));
            var into = new byte[LINE_BYTES];
            long before = line.carriedToNear();
            long start = System.nanoTime();
            stop.physicalMemory().read(0, into, 0, into.length);
            double seconds = (System.nanoTime() - start) / 1e9;
            return 100 * (line.carriedToNear() - before) / (BYTES_PER_SECOND * seconds);
        }
    }

    /** Megabytes of bodies for each second of processor time; the best of a few rounds. */
    private static double kdnet() {
        var cipher = new DatagramCipher(KdnetKey.parse("1.2.3.4"));
        cipher.startSession(new byte[322]);
        byte[] sealed = cipher.seal(new Datagram(4, false, 1, false, new byte[1304]));
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long sum = 0;
            long start = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < 100_000; i++) {
                sum += cipher.open(sealed, sealed.length).orElseThrow().body().length;
            }
            best = Math.max(best, sum * 1e3 / (THREADS.getCurrentThreadCpuTime() - start));
        }
        return best;
    }
}
