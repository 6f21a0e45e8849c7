package oriel.app.console;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives a console that runs in another process, whose own terminal cannot be used, the terminal of
 * this one: lines are edited here, Ctrl-C is passed on. The other side of {@link RemoteLines}.
 */
public final class TerminalOwner {
    private static final int COMPLETION_SECONDS = 20;

    /** So long nothing comes before what was printed last counts as read. */
    private static final int LAST_WORDS_MS = 1000;

    private final LineInput lines;
    private final PrintStream out;
    private final BlockingQueue<List<String>> completions = new LinkedBlockingQueue<>();
    private final BlockingQueue<Optional<String>> prompts = new LinkedBlockingQueue<>();
    private final AtomicLong printed = new AtomicLong();

    /** Whether a line is wanted that was not sent yet. */
    private boolean lineWanted;

    /** Whether that line was interrupted already: the console must hear of the line first. */
    private boolean interruptedEarly;

    /**
     * @param lines of the person
     * @param out what the console prints goes here
     */
    public TerminalOwner(LineInput lines, PrintStream out) {
        this.lines = lines;
        this.out = out;
    }

    /**
     * Serves a console until it ends.
     *
     * @param console not started yet, with its streams to be pipes
     * @return its exit code
     */
    public int serve(ProcessBuilder console) throws IOException {
        Process process = console.redirectErrorStream(true).start();
        try {
            OutputStream to = process.getOutputStream();
            lines.onInterrupt(() -> interrupt(to), () -> {});
            lines.complete(text -> complete(to, text));
            Thread printer = new Thread(() -> print(process.getInputStream()), "oriel-output");
            printer.setDaemon(true);
            printer.start();
            // A program that was let go of may hold the pipe open after the console has ended.
            process.onExit().thenRun(() -> endAfter(printer));
            while (true) {
                Optional<String> prompt = prompts.take();
                if (prompt.isEmpty()) {
                    break;
                }
                wantLine();
                Optional<String> line = lines.next(prompt.get());
                if (line.isEmpty()) {
                    to.close();
                    break;
                }
                if (!sendLine(to, line.get())) {
                    break;
                }
            }
            int code = process.waitFor();
            awaitLastWords(printer);
            return code;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 130;
        } finally {
            process.destroy();
        }
    }

    private void endAfter(Thread printer) {
        try {
            awaitLastWords(printer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        prompts.add(Optional.empty());
    }

    private void awaitLastWords(Thread printer) throws InterruptedException {
        long before;
        do {
            before = printed.get();
            printer.join(LAST_WORDS_MS);
        } while (printer.isAlive() && printed.get() != before);
    }

    private synchronized void wantLine() {
        lineWanted = true;
        interruptedEarly = false;
    }

    /** Ctrl-C for the line that was written last, which may still be on its way to be sent. */
    private synchronized void interrupt(OutputStream to) {
        if (lineWanted) {
            interruptedEarly = true;
        } else {
            send(to, "I");
        }
    }

    private synchronized boolean sendLine(OutputStream to, String line) {
        lineWanted = false;
        return send(to, "L" + line) && (!interruptedEarly || send(to, "I"));
    }

    /** Whether it could be sent; not when the console has ended, which the printer sees. */
    private static synchronized boolean send(OutputStream to, String line) {
        try {
            to.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            to.flush();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private List<String> complete(OutputStream to, String text) {
        completions.clear();
        send(to, "C" + text);
        try {
            List<String> found = completions.poll(COMPLETION_SECONDS, TimeUnit.SECONDS);
            return found == null ? List.of() : found;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    /** Prints what comes, and takes out what is meant for this side. */
    private void print(InputStream from) {
        try (var in = new BufferedInputStream(from)) {
            for (int c = in.read(); c >= 0; c = in.read()) {
                printed.incrementAndGet();
                if (c == RemoteLines.MARK) {
                    message(in);
                } else if (c != '\r') {
                    out.write(c);
                    if (in.available() == 0) {
                        out.flush();
                    }
                }
            }
        } catch (IOException e) {
            // It has ended.
        }
        out.flush();
        prompts.add(Optional.empty());
        completions.add(List.of());
    }

    private void message(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            bytes.write(c);
        }
        String text = bytes.toString(StandardCharsets.UTF_8).replace("\r", "");
        out.flush();
        if (text.startsWith("P")) {
            prompts.add(Optional.of(text.substring(1)));
        } else if (text.startsWith("C")) {
            String words = text.substring(1);
            completions.add(words.isEmpty() ? List.of() : List.of(words.split("\t")));
        }
    }
}
