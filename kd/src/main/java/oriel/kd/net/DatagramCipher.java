package oriel.kd.net;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts and decrypts datagrams: AES-256 in CBC mode, whose initial vector is the code that
 * authenticates the plain text, HMAC-SHA256 cut to 16 bytes. For one thread.
 *
 * <p>On the wire: {@code MDBG}, version, channel, cipher text, code. In plain: a big-endian word of
 * sequence, direction and count of zeros at the end, then the body, then the zeros.
 */
public final class DatagramCipher {
    private static final int HEADER = 6;
    private static final int WORD = 8;
    private static final int TAIL = 16;
    private static final int BLOCK = 16;
    private static final int FROM_HOST = 0x80;
    private static final int PADDING = 0x7f;

    private final SecretKeySpec controlKey;
    private final byte[] controlBytes;
    private final Mac mac;
    private final Cipher cipher;
    private @Nullable SecretKeySpec dataKey;

    /** A cipher that knows only the control channel until {@link #startSession}. */
    public DatagramCipher(KdnetKey key) {
        try {
            controlBytes = key.control();
            controlKey = new SecretKeySpec(controlBytes, "AES");
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.authentication(), "HmacSHA256"));
            cipher = Cipher.getInstance("AES/CBC/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES and SHA-256", e);
        }
    }

    /** Whether bytes claim to be a datagram of this protocol. */
    public static boolean isKdnet(byte[] bytes, int length) {
        return length >= HEADER + BLOCK + TAIL
                && bytes[0] == 'M'
                && bytes[1] == 'D'
                && bytes[2] == 'B'
                && bytes[3] == 'G';
    }

    /** Takes the data key from the answer to a poke: what the target takes it from too. */
    public void startSession(byte[] answerBody) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(controlBytes);
            dataKey = new SecretKeySpec(digest.digest(answerBody), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether there is a data key. */
    public boolean hasSession() {
        return dataKey != null;
    }

    /**
     * Decrypts a datagram. Empty when it is none, when its code is wrong (another key), or when the
     * data key is not known yet.
     */
    public Optional<Datagram> open(byte[] bytes, int length) {
        boolean control = length > 5 && bytes[5] == 1;
        SecretKeySpec key = control ? controlKey : dataKey;
        int cipherLength = length - HEADER - TAIL;
        if (!isKdnet(bytes, length) || cipherLength % BLOCK != 0 || key == null) {
            return Optional.empty();
        }
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(bytes, length - TAIL, TAIL));
            byte[] plain = cipher.doFinal(bytes, HEADER, cipherLength);
            mac.update(bytes, 0, HEADER);
            byte[] code = mac.doFinal(plain);
            if (!MessageDigest.isEqual(
                    Arrays.copyOf(code, TAIL), Arrays.copyOfRange(bytes, length - TAIL, length))) {
                return Optional.empty();
            }
            int flags = plain[WORD - 1] & 0xff;
            int padding = flags & PADDING;
            if (padding > plain.length - WORD) {
                return Optional.empty();
            }
            long sequence = 0;
            for (int i = 0; i < WORD - 1; i++) {
                sequence = sequence << 8 | plain[i] & 0xff;
            }
            return Optional.of(
                    new Datagram(
                            bytes[4] & 0xff,
                            control,
                            sequence,
                            (flags & FROM_HOST) != 0,
                            Arrays.copyOfRange(plain, WORD, plain.length - padding)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Encrypts a datagram.
     *
     * @throws IllegalStateException for the data channel before {@link #startSession}
     */
    public byte[] seal(Datagram datagram) {
        SecretKeySpec key = datagram.control() ? controlKey : dataKey;
        if (key == null) {
            throw new IllegalStateException("no data key yet");
        }
        byte[] body = datagram.body();
        int plainLength = (WORD + body.length + BLOCK - 1) / BLOCK * BLOCK;
        var plain = new byte[plainLength];
        int padding = plainLength - WORD - body.length;
        long word = datagram.sequence() << 8 | (datagram.fromHost() ? FROM_HOST : 0) | padding;
        for (int i = 0; i < WORD; i++) {
            plain[i] = (byte) (word >>> 8 * (WORD - 1 - i));
        }
        System.arraycopy(body, 0, plain, WORD, body.length);
        var bytes = new byte[HEADER + plainLength + TAIL];
        bytes[0] = 'M';
        bytes[1] = 'D';
        bytes[2] = 'B';
        bytes[3] = 'G';
        bytes[4] = (byte) datagram.version();
        bytes[5] = (byte) (datagram.control() ? 1 : 0);
        try {
            mac.update(bytes, 0, HEADER);
            byte[] code = mac.doFinal(plain);
            cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(code, 0, TAIL));
            cipher.doFinal(plain, 0, plainLength, bytes, HEADER);
            System.arraycopy(code, 0, bytes, HEADER + plainLength, TAIL);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return bytes;
    }
}
