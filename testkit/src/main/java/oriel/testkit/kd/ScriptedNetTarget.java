package oriel.testkit.kd;

import java.io.IOException;
import java.math.BigInteger;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import oriel.testkit.ByteWriter;

/**
 * A {@link ScriptedKernel} that speaks KDNET: pokes until it is answered, then sends packets in
 * encrypted datagrams, some of which may get lost, come twice or in another order. Has a thread of
 * its own; {@link #close} ends it.
 */
public final class ScriptedNetTarget implements AutoCloseable {
    private static final int RESEND_MILLIS = 60;

    private final ScriptedKernel kernel;
    private final InetSocketAddress host;
    private final byte[] controlKey;
    private final DatagramSocket socket;
    private final Thread worker;
    private final Random random;
    private final int loss;
    private byte @Nullable [] dataKey;
    private byte @Nullable [] late;
    private byte[] nonce;
    private long sequence;
    private int counter = 0x4b0d;
    private int id = 0x926;
    private int lastReceived;
    private boolean anyReceived;
    private volatile boolean closed;
    private volatile boolean restart;

    /**
     * A target that runs and looks for its debugger.
     *
     * @param port of the debugger on the loopback device
     * @param key four numbers of base 36
     * @param loss one datagram of so many is lost, doubled or late; 0 for none
     * @param seed decides which
     */
    public ScriptedNetTarget(ScriptedKernel kernel, int port, String key, int loss, long seed) {
        this(
                kernel,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                key,
                loss,
                seed);
    }

    /** The same with a debugger anywhere. */
    public ScriptedNetTarget(
            ScriptedKernel kernel, InetSocketAddress host, String key, int loss, long seed) {
        this.kernel = kernel;
        this.host = host;
        this.loss = loss;
        this.random = new Random(seed);
        this.nonce = bytes(30);
        var keyBytes = new ByteWriter();
        for (String part : key.split("\\.")) {
            keyBytes.u64(new BigInteger(part, 36).longValue());
        }
        this.controlKey = keyBytes.toBytes();
        try {
            boolean here = host.getAddress().isLoopbackAddress();
            socket = here ? new DatagramSocket(0, host.getAddress()) : new DatagramSocket();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        worker = new Thread(this::work, "scripted net target");
        worker.setDaemon(true);
        worker.start();
    }

    /** Starts anew, as after a crash of the machine: with another nonce and no session. */
    public void restart() {
        restart = true;
    }

    private byte[] bytes(int count) {
        var out = new byte[count];
        random.nextBytes(out);
        return out;
    }

    private void work() {
        try {
            while (!closed) {
                if (restart) {
                    restart = false;
                    dataKey = null;
                    nonce = bytes(30);
                    anyReceived = false;
                }
                if (dataKey == null) {
                    poke();
                    continue;
                }
                byte[] stop = kernel.stop();
                if (stop != null) {
                    tell(stop);
                } else {
                    run();
                }
            }
        } catch (IOException | GeneralSecurityException e) {
            // closed
        }
    }

    private void poke() throws IOException, GeneralSecurityException {
        byte[] poke = new ByteWriter().u8(1).u8(1).u16(counter++).bytes(nonce).zeros(310).toBytes();
        send(true, poke);
        byte[] answer = receive(true, 200);
        if (answer != null
                && answer.length == 322
                && answer[1] == 2
                && Arrays.equals(answer, 4, 34, nonce, 0, 30)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(controlKey);
            dataKey = digest.digest(answer);
            send(false, new ByteWriter().zeros(8).u32(0x0100007f).toBytes());
        }
    }

    private void run() throws IOException, GeneralSecurityException {
        byte[] got = receive(false, 50);
        if (got != null && got.length == 1 && got[0] == 0x62) {
            kernel.breakIn();
        }
    }

    private void tell(byte[] stop) throws IOException, GeneralSecurityException {
        deliver(7, stop);
        while (!closed && !restart && kernel.stop() == stop) {
            byte[] got = receive(false, 500);
            if (got == null || got.length < 16) {
                continue;
            }
            ByteBuffer in = ByteBuffer.wrap(got).order(ByteOrder.LITTLE_ENDIAN);
            int type = in.getShort(4);
            if (type == 6 || type == 5) {
                if (type == 6) {
                    anyReceived = false;
                    control(6, id);
                }
                deliver(7, stop);
            } else if (type == 2 && accept(in.getInt(8))) {
                answer(Arrays.copyOfRange(got, 16, got.length));
            }
        }
    }

    private void answer(byte[] request) throws IOException, GeneralSecurityException {
        byte[] reply = kernel.answer(request);
        if (reply != null) {
            deliver(2, reply);
        } else if (kernel.isRunning() && !kernel.isGone()) {
            kernel.run();
        }
    }

    /** Acknowledges; whether the packet is a new one. */
    private boolean accept(int theirId) throws IOException, GeneralSecurityException {
        control(4, theirId);
        boolean isNew = !anyReceived || theirId != lastReceived;
        anyReceived = true;
        lastReceived = theirId;
        return isNew;
    }

    /** Sends a packet until it is acknowledged, or a new request or reset shows that it came. */
    private void deliver(int type, byte[] content) throws IOException, GeneralSecurityException {
        int sum = 0;
        for (byte b : content) {
            sum += b & 0xff;
        }
        byte[] packet =
                new ByteWriter()
                        .u32(0x30303030)
                        .u16(type)
                        .u16(content.length)
                        .u32(id)
                        .u32(sum)
                        .bytes(content)
                        .toBytes();
        int sent = id;
        for (int attempt = 0; attempt < 50 && !closed && !restart; attempt++) {
            send(false, packet);
            byte[] got = receive(false, RESEND_MILLIS);
            while (got != null) {
                ByteBuffer in = ByteBuffer.wrap(got).order(ByteOrder.LITTLE_ENDIAN);
                if (got.length >= 16 && in.getShort(4) == 4 && in.getInt(8) == sent) {
                    id += 2;
                    return;
                }
                if (got.length >= 16 && in.getShort(4) == 6) {
                    anyReceived = false;
                    control(6, id);
                    break;
                }
                if (got.length >= 16 && in.getShort(4) == 2 && anyReceived) {
                    control(4, in.getInt(8));
                }
                got = receive(false, RESEND_MILLIS);
            }
        }
    }

    private void control(int type, int itsId) throws IOException, GeneralSecurityException {
        send(false, new ByteWriter().u32(0x69696969L).u16(type).u16(0).u32(itsId).u32(0).toBytes());
    }

    // Datagrams

    private void send(boolean control, byte[] body) throws IOException, GeneralSecurityException {
        int padding = (16 - (8 + body.length) % 16) % 16;
        ByteBuffer plain = ByteBuffer.allocate(8 + body.length + padding);
        plain.putLong(sequence++ << 8 | padding).put(body);
        byte[] header = {'M', 'D', 'B', 'G', 2, (byte) (control ? 1 : 0)};
        byte[] code = Arrays.copyOf(mac(header, plain.array()), 16);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, control, code).doFinal(plain.array());
        transmit(new ByteWriter().bytes(header).bytes(sealed).bytes(code).toBytes());
    }

    private void transmit(byte[] datagram) throws IOException {
        byte[] before = late;
        late = null;
        int fault = loss == 0 || random.nextInt(loss) != 0 ? -1 : random.nextInt(3);
        if (fault == 2) {
            late = datagram;
        } else if (fault != 0) {
            put(datagram);
        }
        if (fault == 1) {
            put(datagram);
        }
        if (before != null) {
            put(before);
        }
    }

    private void put(byte[] datagram) throws IOException {
        try {
            socket.send(new DatagramPacket(datagram, datagram.length, host));
        } catch (IOException e) {
            if (socket.isClosed()) {
                throw e;
            }
            // The cable is out: lost.
        }
    }

    private byte @Nullable [] receive(boolean control, int millis)
            throws IOException, GeneralSecurityException {
        socket.setSoTimeout(millis);
        var packet = new DatagramPacket(new byte[4096], 4096);
        try {
            socket.receive(packet);
        } catch (SocketTimeoutException e) {
            return null;
        }
        byte[] all = Arrays.copyOf(packet.getData(), packet.getLength());
        if (all.length < 38 || (all[5] == 1) != control) {
            return null;
        }
        byte[] code = Arrays.copyOfRange(all, all.length - 16, all.length);
        byte[] plain = cipher(Cipher.DECRYPT_MODE, control, code).doFinal(all, 6, all.length - 22);
        if (!Arrays.equals(Arrays.copyOf(mac(Arrays.copyOf(all, 6), plain), 16), code)) {
            return null;
        }
        return Arrays.copyOfRange(plain, 8, plain.length - (plain[7] & 0x7f));
    }

    private Cipher cipher(int mode, boolean control, byte[] code) throws GeneralSecurityException {
        byte[] data = dataKey;
        byte[] key = control || data == null ? controlKey : data;
        Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(code));
        return cipher;
    }

    private byte[] mac(byte[] header, byte[] plain) throws GeneralSecurityException {
        var inverted = new byte[controlKey.length];
        for (int i = 0; i < inverted.length; i++) {
            inverted[i] = (byte) ~controlKey[i];
        }
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(inverted, "HmacSHA256"));
        mac.update(header);
        return mac.doFinal(plain);
    }

    @Override
    public void close() {
        closed = true;
        socket.close();
    }
}
