package oriel.kd.packet;

import java.util.Arrays;

/**
 * Finds packets in a stream of bytes that may hold anything: noise is passed over, damaged packets
 * are reported and what follows them is found again. Keeps at most one packet. For one thread.
 */
public final class PacketReader {
    /** What collapsing made of a packet. */
    private enum Trial {
        GOOD,
        BAD,
        /** More bytes are needed to tell. */
        SHORT
    }

    private static final int CAPACITY = 1 << 16;
    private static final byte[] NONE = {};

    private final PacketSink sink;
    private final CrlfFilter filter = new CrlfFilter();
    private Crlf crlf;

    /** Where bytes wait for more; one byte before them belongs to the filter. */
    private byte[] own = new byte[1 << 14];

    /** Unread bytes are from start to end; of the caller's own array while it is looked through. */
    private byte[] buffer = own;

    private int start = 1;
    private int end = 1;

    /** An array that nobody needs any more, for the next body of this length. */
    private byte[] spare = NONE;

    /** Whether the other side leaves away the byte that ends packets, as on datagrams. */
    private boolean bare;

    /** A reader that reports to a sink. */
    public PacketReader(Crlf crlf, PacketSink sink) {
        this.crlf = crlf;
        this.sink = sink;
    }

    /** Whether 0d 0a is being read as 0a. */
    public boolean isCollapsing() {
        return crlf == Crlf.COLLAPSE;
    }

    /** Whether bytes are waiting for more, among them perhaps half a packet. */
    public boolean isWaiting() {
        return end > start || filter.isHolding();
    }

    /** Takes bytes and reports what is in them. */
    public void feed(byte[] bytes, int offset, int length) {
        if (start == end && crlf != Crlf.COLLAPSE && !filter.isHolding()) {
            buffer = bytes;
            start = offset;
            end = offset + length;
            parse();
            if (buffer == bytes) {
                int from = start;
                int left = end - start;
                waitHere();
                append(bytes, from, left, false);
            }
            return;
        }
        int done = 0;
        while (done < length) {
            int part = Math.min(length - done, CAPACITY / 2);
            append(bytes, offset + done, part);
            parse();
            done += part;
        }
    }

    /** Empties the own buffer, for what is left of another. */
    private void waitHere() {
        buffer = own;
        start = 1;
        end = 1;
    }

    /** The line has gone quiet: half a packet is a damaged one. */
    public void giveUpWaiting() {
        if (filter.flush()) {
            append(new byte[] {0x0d}, 0, 1, false);
        }
        while (end > start) {
            boolean leader = leaderAt(start);
            if (leader && deliverBare()) {
                bare = true;
                parse();
            } else if (leader) {
                sink.damaged("packet of " + (end - start) + " bytes ends early");
                pass(1);
                parse();
            } else {
                pass(end - start);
            }
        }
    }

    /** Forgets what is waiting, after the connection was made anew. */
    public void clear() {
        start = end;
        filter.flush();
    }

    private void append(byte[] bytes, int offset, int length) {
        append(bytes, offset, length, crlf == Crlf.COLLAPSE);
    }

    private void append(byte[] bytes, int offset, int length, boolean collapse) {
        if (end + length + 1 > buffer.length) {
            int kept = end - start;
            byte[] into =
                    kept + length + 2 > buffer.length
                            ? new byte[Math.max(2 * buffer.length, kept + length + 2)]
                            : buffer;
            System.arraycopy(buffer, start, into, 1, kept);
            own = into;
            buffer = into;
            start = 1;
            end = 1 + kept;
        }
        if (collapse) {
            // Room for the byte that the filter held.
            System.arraycopy(bytes, offset, buffer, end + 1, length);
            long range = filter.collapse(buffer, end + 1, length);
            int from = (int) (range >>> 32);
            int to = (int) range;
            System.arraycopy(buffer, from, buffer, end, to - from);
            end += to - from;
        } else {
            System.arraycopy(bytes, offset, buffer, end, length);
            end += length;
        }
    }

    private void parse() {
        while (start < end) {
            int at = findLeader();
            if (at > start) {
                sink.noise(buffer, start, at - start);
                start = at;
            }
            if (end - start < 4 || !leaderAt(start)) {
                return;
            }
            if (!packet()) {
                return;
            }
        }
        start = 1;
        end = 1;
    }

    /** The first position that is a leader or, at the end of the bytes, may become one. */
    private int findLeader() {
        for (int at = start; at < end; at++) {
            byte b = buffer[at];
            if (!isLeader(b)) {
                continue;
            }
            int same = 1;
            while (same < 4 && at + same < end && buffer[at + same] == b) {
                same++;
            }
            if (same == 4 || at + same == end) {
                return at;
            }
        }
        return end;
    }

    private boolean leaderAt(int at) {
        if (end - at < 4) {
            return false;
        }
        int word = KdPacket.s32(buffer, at);
        return word == KdPacket.DATA_LEADER || word == KdPacket.CONTROL_LEADER;
    }

    /** Reads the packet whose leader is at start. Returns false when it needs more bytes. */
    private boolean packet() {
        int available = end - start;
        int length = length(buffer, start, available);
        boolean whole = length != 0 && length <= available;
        if (!whole && bare && deliverBare()) {
            return true;
        }
        String problem =
                !whole ? "" : length < 0 ? "no packet follows" : check(buffer, start, length);
        if (whole && problem.isEmpty()) {
            deliver(buffer, start, length);
            start += length;
            bare = false;
            return true;
        }
        if (whole && length > 0 && isLeader(buffer[start + length - 1]) && deliverBare()) {
            // What should end it begins the next one.
            return true;
        }
        Trial trial = crlf == Crlf.AUTO && mayCollapse(length) ? collapsed() : Trial.BAD;
        if (trial != Trial.BAD || !whole) {
            return trial == Trial.GOOD;
        }
        if (length < 0) {
            pass(1);
            return true;
        }
        sink.damaged(problem);
        // With the trailer in its place the length was right; otherwise another packet may begin
        // within what seemed to be this one.
        if (buffer[start + length - 1] == KdPacket.TRAILER) {
            start += length;
        } else {
            pass(1);
        }
        return true;
    }

    private static boolean isLeader(byte b) {
        return b == 0x30 || b == 0x69;
    }

    /** Takes a data packet that is whole but for the byte that ends it. */
    private boolean deliverBare() {
        int length = length(buffer, start, end - start);
        int bytes = length - 1;
        if (length <= KdPacket.HEADER || bytes > end - start) {
            return false;
        }
        int body = bytes - KdPacket.HEADER;
        int sum = KdPacket.checksum(buffer, start + KdPacket.HEADER, body);
        if (sum != KdPacket.s32(buffer, start + 12)) {
            return false;
        }
        deliver(buffer, start, length);
        start += bytes;
        return true;
    }

    /**
     * Bytes of the packet with its trailer: 0 when the header is not all there, negative when no
     * packet has such a header.
     */
    private static int length(byte[] bytes, int at, int available) {
        if (available < KdPacket.HEADER) {
            return 0;
        }
        int type = KdPacket.u16(bytes, at + 4);
        int count = KdPacket.u16(bytes, at + 6);
        if (KdPacket.s32(bytes, at) == KdPacket.CONTROL_LEADER) {
            boolean good =
                    PacketType.isControl(type) && count == 0 && KdPacket.s32(bytes, at + 12) == 0;
            return good ? KdPacket.HEADER : -1;
        }
        boolean good =
                type < PacketType.END && !PacketType.isControl(type) && count <= KdPacket.MAX_BODY;
        return good ? KdPacket.HEADER + count + 1 : -1;
    }

    private static String check(byte[] bytes, int at, int length) {
        if (length == KdPacket.HEADER) {
            return "";
        }
        int body = length - KdPacket.HEADER - 1;
        int told = KdPacket.s32(bytes, at + 12);
        int sum = KdPacket.checksum(bytes, at + KdPacket.HEADER, body);
        if (told != sum) {
            return "checksum of "
                    + body
                    + " bytes is "
                    + Integer.toHexString(sum)
                    + ", not "
                    + Integer.toHexString(told);
        }
        return bytes[at + length - 1] == KdPacket.TRAILER ? "" : "packet does not end in aa";
    }

    private void deliver(byte[] bytes, int at, int length) {
        int count = length == KdPacket.HEADER ? 0 : length - KdPacket.HEADER - 1;
        byte[] body = body(count);
        System.arraycopy(bytes, at + KdPacket.HEADER, body, 0, count);
        sink.packet(new KdPacket(KdPacket.u16(bytes, at + 4), KdPacket.s32(bytes, at + 8), body));
    }

    /** Room for a body; acknowledgements, which have none, leave the spare one for what follows. */
    private byte[] body(int count) {
        if (count == 0) {
            return NONE;
        }
        byte[] body = spare.length == count ? spare : new byte[count];
        spare = NONE;
        return body;
    }

    /**
     * Gives back the body of a packet that nobody will look at again. Fresh memory for each packet
     * of a long read costs more time than all else that is done about it.
     */
    void reuse(byte[] body) {
        spare = body;
    }

    /** Whether there is a 0d 0a in the packet at start. */
    private boolean mayCollapse(int length) {
        int to = Math.min(end, start + (length <= 0 ? KdPacket.HEADER + 1 : length));
        for (int i = start; i + 1 < to; i++) {
            if (buffer[i] == 0x0d && buffer[i + 1] == 0x0a) {
                return true;
            }
        }
        return false;
    }

    /** Reads the damaged packet at start with 0d 0a as 0a, and stays with it when that is good. */
    private Trial collapsed() {
        var bytes = new byte[1 + end - start];
        System.arraycopy(buffer, start, bytes, 1, end - start);
        var trial = new CrlfFilter();
        long range = trial.collapse(bytes, 1, bytes.length - 1);
        int available = (int) range - 1;
        int length = length(bytes, 1, available);
        if (length < 0) {
            return Trial.BAD;
        }
        if (length == 0 || length > available) {
            return Trial.SHORT;
        }
        if (!check(bytes, 1, length).isEmpty()) {
            return Trial.BAD;
        }
        crlf = Crlf.COLLAPSE;
        sink.crlfFound();
        deliver(bytes, 1, length);
        byte[] rest = Arrays.copyOfRange(bytes, 1 + length, (int) range);
        waitHere();
        append(rest, 0, rest.length, false);
        if (trial.flush()) {
            append(new byte[] {0x0d}, 0, 1);
        }
        return Trial.GOOD;
    }

    private void pass(int count) {
        sink.noise(buffer, start, count);
        start += count;
    }
}
