package oriel.testkit.kd;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import oriel.testkit.ByteWriter;

/**
 * A {@link ScriptedKernel} at the end of a stream: sends packets and waits for their
 * acknowledgement as kernels do, resends, answers resets, and notices a break-in while it runs. Has
 * threads of its own; {@link #close} ends them.
 */
public final class ScriptedStreamTarget implements AutoCloseable {
    private static final int ACK = 4;
    private static final int RESEND = 5;
    private static final int RESET = 6;
    private static final int FIRST_ID = 0x80800000;
    private static final int SYNC = 0x800;

    /** Behind the last byte that the debugger sent. */
    private static final int END = -1;

    private static final int END_MILLIS = 60_000;
    private static final int WRITE_MILLIS = 1000;

    /** What some targets do differently. */
    public enum Habit {
        /**
         * The first id says that it is the first; ids are acknowledged before requests are done.
         */
        USUAL,
        /** Begins as if it had been reset already. */
        BEGINS_WITHOUT_SYNC,
        /** Answers first and acknowledges the request then. */
        ACKNOWLEDGES_LATE,
        /** Takes the answer for the acknowledgement. */
        ACKNOWLEDGES_NOTHING,
        /** Takes no notice of resets. */
        IGNORES_RESETS,
        /**
         * Has waited too long for the acknowledgement of an answer, once: it has given the debugger
         * up, and counts anew.
         */
        GIVES_UP_ONCE,
        /** Is stopped, and its last answer to a debugger before this one was not acknowledged. */
        OWES_AN_ANSWER,
        /** Runs, but the line still holds a stop that nobody took when it was told. */
        STOPPED_LONG_AGO,
        /**
         * Answers with the other id than that of the request, and says after each reset that it
         * begins.
         */
        COUNTS_BY_REQUESTS,
        /** Waits for nobody when it tells of an image: it goes on alone, and counts anew. */
        RUNS_ON_ALONE,
        /** Sends aa behind control packets too. */
        ENDS_CONTROL_PACKETS,
        /** Sends no aa at all. */
        ENDS_NO_PACKETS
    }

    /** What a wait for a packet ended with. */
    private enum Got {
        DATA,
        ACKNOWLEDGED,
        AGAIN,
        NOTHING
    }

    private final ScriptedKernel kernel;
    private final OutputStream out;
    private final InputStream in;
    private final LinkedBlockingQueue<Integer> bytes = new LinkedBlockingQueue<>();
    private final Queue<String> prints = new ArrayDeque<>();
    private final Thread reader;
    private final Thread worker;
    private volatile boolean closed;
    private volatile long resendMillis = 60;
    private int id = FIRST_ID | SYNC;
    private int expected = FIRST_ID;
    private byte[] body = {};
    private int bodyType;
    private @Nullable String prompt;
    private volatile String answer = "";
    private Habit habit = Habit.USUAL;

    /** An odd number: the debugger's next id is then not the one it expects. */
    private int answersBefore = 3;

    private boolean paid;
    private byte[] late = {};

    /**
     * A target that runs when it begins.
     *
     * @param kernel for the target's thread from then on, until it has ended
     */
    public ScriptedStreamTarget(ScriptedKernel kernel, InputStream in, OutputStream out) {
        this.kernel = kernel;
        this.in = in;
        this.out = out;
        reader = new Thread(this::readAll, "scripted target reads");
        worker = new Thread(this::work, "scripted target");
        reader.setDaemon(true);
        worker.setDaemon(true);
    }

    /** Texts to print before the first stop. */
    public ScriptedStreamTarget printing(String... texts) {
        prints.addAll(java.util.List.of(texts));
        return this;
    }

    /** A question to ask before the first stop. */
    public ScriptedStreamTarget asking(String question) {
        prompt = question;
        return this;
    }

    /** What it does differently from others. */
    public ScriptedStreamTarget being(Habit wanted) {
        habit = wanted;
        if (wanted == Habit.BEGINS_WITHOUT_SYNC) {
            id = FIRST_ID;
        }
        return this;
    }

    /** How long to wait before a packet is sent again. */
    public ScriptedStreamTarget resendingAfter(long millis) {
        resendMillis = millis;
        return this;
    }

    /** What the debugger answered to the question. */
    public String answer() {
        return answer;
    }

    /** Begins. */
    public ScriptedStreamTarget start() {
        reader.start();
        worker.start();
        return this;
    }

    private void readAll() {
        var buffer = new byte[8192];
        try {
            for (int got; (got = in.read(buffer)) >= 0; ) {
                for (int i = 0; i < got; i++) {
                    bytes.add(buffer[i] & 0xff);
                }
            }
        } catch (IOException e) {
            // closed
        }
        bytes.add(END);
    }

    /** The next byte; negative when none comes in time, and when what was sent has been read. */
    private int next(long millis) throws InterruptedException {
        Integer b = closed ? null : bytes.poll(millis, TimeUnit.MILLISECONDS);
        if (b != null && b == END) {
            closed = true;
        }
        return b == null ? -1 : b;
    }

    private void work() {
        try {
            boolean first = true;
            if (habit == Habit.STOPPED_LONG_AGO) {
                byte[] old = new ByteWriter().u32(0x3031).padTo(240).toBytes();
                for (int i = 0; i < 3; i++) {
                    write(frame(7, old, id));
                }
            }
            while (!closed && !kernel.isGone()) {
                if (first) {
                    first = !speak();
                }
                if (kernel.stop() != null) {
                    serve();
                    continue;
                }
                // Running: only a break-in is looked for, everything else is lost.
                if (next(20) == 0x62) {
                    kernel.breakIn();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // The debugger has gone.
        }
    }

    private boolean speak() throws IOException, InterruptedException {
        for (String text; (text = prints.poll()) != null; ) {
            byte[] words = text.getBytes(StandardCharsets.ISO_8859_1);
            var print = new ByteWriter().u32(0x3230).u16(0).u16(0).u32(words.length).u32(0);
            send(3, print.bytes(words).toBytes(), 20);
        }
        String question = prompt;
        if (question != null) {
            prompt = null;
            byte[] words = question.getBytes(StandardCharsets.ISO_8859_1);
            var ask = new ByteWriter().u32(0x3231).u16(0).u16(0).u32(words.length).u32(80);
            byte[] asked = ask.bytes(words).toBytes();
            send(3, asked, Integer.MAX_VALUE);
            while (!closed) {
                Got got = receive(resendMillis);
                if (got == Got.DATA && bodyType == 3) {
                    answer = new String(body, 16, body.length - 16, StandardCharsets.ISO_8859_1);
                    break;
                }
                if (got == Got.AGAIN) {
                    send(3, asked, Integer.MAX_VALUE);
                }
            }
        }
        return true;
    }

    /** Tells its stop and answers requests until it runs again. */
    private void serve() throws IOException, InterruptedException {
        byte[] told = kernel.stop();
        boolean owes = habit == Habit.OWES_AN_ANSWER && !paid;
        while (told != null && !closed) {
            if (habit == Habit.RUNS_ON_ALONE && told[0] == 0x31) {
                write(frame(7, told, id));
                id = FIRST_ID | SYNC;
                expected = FIRST_ID;
                kernel.answer(
                        new ByteWriter().u32(0x3136).padTo(16).u32(0x10002).padTo(56).toBytes());
                told = kernel.run();
                continue;
            }
            if (owes) {
                send(2, new ByteWriter().u32(0x3130).padTo(56).toBytes(), Integer.MAX_VALUE);
                paid = true;
                owes = false;
            } else {
                send(7, told, Integer.MAX_VALUE);
            }
            told = answerAll(told);
        }
    }

    /** Answers requests; returns the stop that must be told next, or null when it runs. */
    private byte @Nullable [] answerAll(byte[] told) throws IOException, InterruptedException {
        while (!closed) {
            Got got = receive(1000);
            if (got == Got.AGAIN) {
                return told;
            }
            if (got != Got.DATA || bodyType != 2) {
                continue;
            }
            byte[] reply = kernel.answer(body);
            if (reply == null) {
                sendLate();
            }
            if (kernel.isGone()) {
                return null;
            }
            if (reply != null) {
                send(2, reply, Integer.MAX_VALUE);
                if (habit == Habit.GIVES_UP_ONCE && --answersBefore == 0) {
                    id = FIRST_ID | SYNC;
                    expected = FIRST_ID;
                }
                continue;
            }
            byte[] stop = kernel.isRunning() ? kernel.run() : kernel.stop();
            if (stop == null || stop != told) {
                return stop;
            }
        }
        return null;
    }

    /** Sends a packet until it is acknowledged, also when it is reset meanwhile. */
    private void send(int type, byte[] content, int retries)
            throws IOException, InterruptedException {
        int left = retries;
        while (!closed && left-- > 0) {
            int sentId = id;
            byte[] packet = frame(type, content, sentId);
            write(
                    habit == Habit.ENDS_NO_PACKETS
                            ? Arrays.copyOf(packet, packet.length - 1)
                            : packet);
            sendLate();
            long until = System.nanoTime() + resendMillis * 1_000_000;
            while (!closed) {
                Got got = receive(Math.max(1, (until - System.nanoTime()) / 1_000_000));
                if (got == Got.ACKNOWLEDGED) {
                    id = habit == Habit.COUNTS_BY_REQUESTS ? id : (id & ~SYNC) ^ 1;
                    return;
                }
                if (got == Got.AGAIN || got == Got.NOTHING) {
                    break;
                }
            }
        }
    }

    /** Waits for a packet as a kernel does. */
    private Got receive(long millis) throws IOException, InterruptedException {
        int same = 0;
        int last = -1;
        while (same < 4) {
            int b = next(millis);
            if (b < 0) {
                return Got.NOTHING;
            }
            boolean leader = b == 0x30 || b == 0x69;
            same = !leader ? 0 : b == last ? same + 1 : 1;
            last = b;
        }
        boolean data = last == 0x30;
        int[] header = new int[12];
        for (int i = 0; i < header.length; i++) {
            header[i] = next(200);
            if (header[i] < 0) {
                return Got.NOTHING;
            }
            if (i == 1 && !data && header[0] == RESEND) {
                return Got.AGAIN;
            }
        }
        int type = header[0] | header[1] << 8;
        int count = header[2] | header[3] << 8;
        int theirId = number(header, 4);
        if (!data) {
            return control(type, theirId);
        }
        if (count > 4000) {
            return resend();
        }
        var content = new byte[count];
        int sum = 0;
        for (int i = 0; i < count; i++) {
            int b = next(200);
            if (b < 0) {
                return resend();
            }
            content[i] = (byte) b;
            sum += b;
        }
        if (next(200) != 0xaa || sum != number(header, 8)) {
            return resend();
        }
        byte[] acknowledgement = control(ACK, theirId & ~SYNC, true);
        if (habit == Habit.ACKNOWLEDGES_LATE) {
            late = acknowledgement;
        } else if (habit != Habit.ACKNOWLEDGES_NOTHING) {
            write(acknowledgement);
        }
        if (habit == Habit.COUNTS_BY_REQUESTS) {
            id = theirId ^ 1;
            expected = theirId;
        }
        if ((theirId & ~SYNC) != expected) {
            return receive(millis);
        }
        expected ^= 1;
        body = content;
        bodyType = type;
        return Got.DATA;
    }

    private Got resend() throws IOException {
        write(control(RESEND, 0, true));
        return Got.NOTHING;
    }

    private Got control(int type, int theirId) throws IOException {
        if (type == ACK) {
            return theirId == (id & ~SYNC) ? Got.ACKNOWLEDGED : Got.NOTHING;
        }
        if (type == RESET && habit == Habit.IGNORES_RESETS) {
            return Got.NOTHING;
        }
        if (type == RESET) {
            id = habit == Habit.COUNTS_BY_REQUESTS ? FIRST_ID | SYNC : FIRST_ID;
            expected = FIRST_ID;
            write(control(RESET, 0, true));
            return Got.AGAIN;
        }
        return Got.NOTHING;
    }

    private static int number(int[] from, int at) {
        return from[at] | from[at + 1] << 8 | from[at + 2] << 16 | from[at + 3] << 24;
    }

    private static byte[] control(int type, int itsId, boolean leader) {
        return new ByteWriter()
                .u32(leader ? 0x69696969L : 0)
                .u16(type)
                .u16(0)
                .u32(itsId)
                .u32(0)
                .toBytes();
    }

    static byte[] frame(int type, byte[] content, int itsId) {
        int sum = 0;
        for (byte b : content) {
            sum += b & 0xff;
        }
        return new ByteWriter()
                .u32(0x30303030)
                .u16(type)
                .u16(content.length)
                .u32(itsId)
                .u32(sum)
                .bytes(content)
                .u8(0xaa)
                .toBytes();
    }

    private void sendLate() throws IOException {
        if (late.length > 0) {
            write(late);
            late = new byte[0];
        }
    }

    private void write(byte[] packet) throws IOException {
        out.write(packet);
        if (habit == Habit.ENDS_CONTROL_PACKETS && packet[0] == 0x69) {
            out.write(0xaa);
        }
        out.flush();
    }

    /** Waits until it has done all that the debugger sent before it went. */
    public void awaitEnd() {
        awaitEnd(END_MILLIS);
    }

    private void awaitEnd(int millis) {
        try {
            worker.join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it; nothing touches its kernel afterwards. */
    @Override
    public void close() {
        closed = true;
        worker.interrupt();
        // First, so that the debugger does not find the next one while this one works; but it may
        // be writing what nobody reads.
        awaitEnd(WRITE_MILLIS);
        try {
            out.close();
            in.close();
        } catch (IOException e) {
            // It is gone already.
        }
        awaitEnd();
    }
}
