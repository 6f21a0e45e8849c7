package oriel.kd.transport;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import oriel.kd.net.Datagram;
import oriel.kd.net.DatagramCipher;
import oriel.kd.net.KdnetKey;
import oriel.kd.packet.Framing;

/**
 * KDNET: the target sends datagrams to a port of this machine and gets the answers where they came
 * from. Answers the target's pokes, by which both sides get the key of a session, and again when
 * the target has started anew. What does not fit the key is counted and dropped.
 */
public final class KdnetTransport implements Transport {
    private static final int MAX_DATAGRAM = 1 << 16;
    private static final int RECEIVE_BUFFER = 1 << 20;
    private static final int ANSWER_LENGTH = 322;
    private static final int NONCE = 2;
    private static final int NONCE_LENGTH = 32;

    /** The first two bytes count pokes; the others stay the same until the target starts anew. */
    private static final int SESSION = NONCE + 2;

    private final DatagramSocket socket;
    private final KdnetKey key;
    private final Consumer<byte[]> random;
    private final byte[] buffer = new byte[MAX_DATAGRAM];

    private DatagramCipher cipher;
    private @Nullable DatagramCipher previous;
    private byte[] targetSession = {};
    private boolean heardData;
    private volatile @Nullable SocketAddress peer;
    private volatile int version = 2;
    private volatile int generation;
    private long sequence;
    private int foreign;
    private int unfitting;
    private String lastStranger = "";

    /**
     * Waits for a target at a UDP port.
     *
     * @param port of this machine; 0 for any
     * @param random fills the host's share of a session's key
     */
    public KdnetTransport(int port, KdnetKey key, Consumer<byte[]> random) throws IOException {
        this.key = key;
        this.random = random;
        this.cipher = new DatagramCipher(key);
        var opened = new DatagramSocket(null);
        try {
            opened.setReceiveBufferSize(RECEIVE_BUFFER);
            opened.bind(new InetSocketAddress(port));
        } catch (IOException e) {
            opened.close();
            throw new IOException("net:port=" + port + ": " + e.getMessage(), e);
        }
        this.socket = opened;
    }

    /** The port it waits at. */
    public int port() {
        return socket.getLocalPort();
    }

    /** The version of KDNET that the target announced. */
    public int version() {
        return version;
    }

    @Override
    public String name() {
        return "net:port=" + port();
    }

    @Override
    public Framing framing() {
        return Framing.DATAGRAM;
    }

    @Override
    public int generation() {
        return generation;
    }

    @Override
    public boolean isConnected() {
        return cipher.hasSession();
    }

    @Override
    public int readAhead() {
        return 512;
    }

    @Override
    public String trouble() {
        if (unfitting > 0 && !heardData) {
            return unfitting
                    + " datagrams from "
                    + lastStranger
                    + " do not fit the key: compare it with what 'bcdedit /dbgsettings' says";
        }
        return foreign > 0 && !isConnected()
                ? foreign + " datagrams from " + lastStranger + " are not of KDNET"
                : "";
    }

    @Override
    public int read(byte[] into, long timeoutNanos) throws IOException {
        long until = System.nanoTime() + timeoutNanos;
        do {
            long left = Math.max(0, until - System.nanoTime());
            socket.setSoTimeout((int) (left / 1_000_000 + 1));
            var packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
            } catch (SocketTimeoutException e) {
                return 0;
            }
            Optional<Datagram> datagram = open(packet);
            if (datagram.isEmpty() || datagram.get().fromHost()) {
                continue;
            }
            peer = packet.getSocketAddress();
            version = datagram.get().version();
            byte[] body = datagram.get().body();
            if (datagram.get().control()) {
                control(datagram.get());
            } else if (body.length > 0 && body.length <= into.length) {
                heardData = true;
                System.arraycopy(body, 0, into, 0, body.length);
                return body.length;
            }
        } while (System.nanoTime() - until < 0);
        return 0;
    }

    private Optional<Datagram> open(DatagramPacket packet) {
        int length = packet.getLength();
        Optional<Datagram> datagram = cipher.open(buffer, length);
        DatagramCipher older = previous;
        if (datagram.isEmpty() && older != null) {
            datagram = older.open(buffer, length);
            if (datagram.isPresent()) {
                // The target has kept the answer before the last one.
                cipher = older;
            }
        }
        if (datagram.isEmpty()) {
            lastStranger = String.valueOf(packet.getSocketAddress()).replace("/", "");
            if (DatagramCipher.isKdnet(buffer, length)) {
                unfitting++;
            } else {
                foreign++;
            }
        } else if (!datagram.get().control()) {
            previous = null;
        }
        return datagram;
    }

    private void control(Datagram datagram) throws IOException {
        byte[] poke = datagram.body();
        boolean isPoke = poke.length >= NONCE + NONCE_LENGTH && poke[0] == 1 && poke[1] == 1;
        if (!isPoke) {
            return;
        }
        byte[] session = Arrays.copyOfRange(poke, SESSION, NONCE + NONCE_LENGTH);
        boolean same = Arrays.equals(session, targetSession);
        if (same && heardData) {
            // It pokes all the time; only what it says first matters.
            return;
        }
        var answer = new byte[ANSWER_LENGTH];
        answer[0] = 1;
        answer[1] = 2;
        System.arraycopy(poke, NONCE, answer, NONCE, NONCE_LENGTH);
        var own = new byte[NONCE_LENGTH];
        random.accept(own);
        System.arraycopy(own, 0, answer, NONCE + NONCE_LENGTH, NONCE_LENGTH);
        var next = new DatagramCipher(key);
        next.startSession(answer);
        previous = same && cipher.hasSession() ? cipher : null;
        cipher = next;
        if (!same) {
            targetSession = session;
            heardData = false;
            sequence = 0;
            generation++;
        }
        transmit(new Datagram(datagram.version(), true, datagram.sequence(), true, answer));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (!cipher.hasSession()) {
            return;
        }
        byte[] body = Arrays.copyOfRange(bytes, offset, offset + length);
        transmit(new Datagram(version, false, ++sequence, true, body));
    }

    private void transmit(Datagram datagram) throws IOException {
        SocketAddress to = peer;
        if (to != null) {
            byte[] sealed = cipher.seal(datagram);
            try {
                socket.send(new DatagramPacket(sealed, sealed.length, to));
            } catch (IOException e) {
                if (socket.isClosed()) {
                    throw e;
                }
                // The cable is out, or the network is not there yet: lost like any datagram.
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
