package oriel.app.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/**
 * Lines that another program edits, which owns the terminal: {@link TerminalOwner} on the other
 * side of two pipes. It sends {@code L} and a line, {@code C} and the beginning of one to be
 * completed, {@code I} to interrupt; it is sent {@link #MARK} {@code P} and a prompt, {@link #MARK}
 * {@code C} and words separated by tabs, and everything that is printed as it is.
 */
public final class RemoteLines implements LineInput {
    /** Begins what is not output. */
    static final char MARK = 1;

    private static final String END = "E";

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final PrintStream out;
    private final Interrupts interrupts = new Interrupts();
    private Function<String, List<String>> candidates = text -> List.of();

    /** Begins to read from a pipe. */
    public RemoteLines(InputStream in, PrintStream out) {
        this.out = out;
        Thread reader = new Thread(() -> read(in), "oriel-lines");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(InputStream in) {
        try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                receive(line);
            }
        } catch (IOException e) {
            // The other side is gone, as at the end.
        } finally {
            received.add(END);
            // Whoever was there is gone: nobody will stop what runs.
            interrupts.leave();
        }
    }

    private void receive(String line) {
        if (line.equals("I")) {
            interrupts.press();
        } else {
            if (line.startsWith("L")) {
                // What comes behind it is for it, even before it is read.
                interrupts.lineComes();
            }
            received.add(line);
        }
    }

    @Override
    public Optional<String> next(String prompt) throws IOException {
        interrupts.waitForLine();
        out.print(MARK + "P" + prompt + "\n");
        out.flush();
        try {
            while (true) {
                String line = received.take();
                if (line.equals(END)) {
                    received.add(END);
                    return Optional.empty();
                }
                if (line.startsWith("C")) {
                    String words = String.join("\t", candidates.apply(line.substring(1)));
                    out.print(MARK + "C" + words + "\n");
                    out.flush();
                } else {
                    return Optional.of(line.substring(Math.min(1, line.length())));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public boolean answers() {
        return true;
    }

    @Override
    public void onInterrupt(Runnable action, Runnable forget) {
        interrupts.on(action, forget);
    }

    @Override
    public void complete(Function<String, List<String>> words) {
        candidates = words;
    }
}
