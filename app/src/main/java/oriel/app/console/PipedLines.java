package oriel.app.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jline.utils.Signals;

/**
 * Lines from a pipe, behind whose prompts an automaton may wait. Who writes them may send a signal,
 * too: it stops the line that was written before it, even one that has not been read yet, and no
 * line that is written when the prompt has been shown once more.
 */
final class PipedLines implements LineInput {
    /** So soon comes a line that was written before a signal, where the pipe cannot be asked. */
    private static final long ON_ITS_WAY_MS = 1000;

    /** The same where no prompt tells what came of the signal: to lose it would be worse. */
    private static final long UNTOLD_ON_ITS_WAY_MS = 5000;

    /** So soon comes an empty line, of which nothing can be seen in the pipe once it is read. */
    private static final long EMPTY_MS = 100;

    /** What is in the pipe comes out of it, however slow the machine. */
    private static final long IN_THE_PIPE_MS = 600_000;

    private final InputStream in;
    private final boolean tells;
    private final Optional<PrintStream> out;
    private final long patienceMs;
    private final Interrupts interrupts = new Interrupts();
    private final byte[] read = new byte[1 << 13];
    private int at;
    private int end;
    private volatile String asked = "";

    /**
     * @param in not buffered
     * @param tells whether it can be asked what it holds while it is read
     * @param out where prompts are shown, if they are
     */
    PipedLines(InputStream in, boolean tells, Optional<PrintStream> out) {
        this(
                in,
                tells,
                out,
                tells ? EMPTY_MS : out.isPresent() ? ON_ITS_WAY_MS : UNTOLD_ON_ITS_WAY_MS);
    }

    PipedLines(InputStream in, boolean tells, Optional<PrintStream> out, long patienceMs) {
        this.in = in;
        this.tells = tells;
        this.out = out;
        this.patienceMs = patienceMs;
    }

    @Override
    public Optional<String> next(String prompt) throws IOException {
        interrupts.waitForLine();
        asked = prompt;
        show(prompt);
        // One byte, so that the rest can be seen in the pipe until this one is known to be here.
        boolean any = at < end || fill(1);
        interrupts.lineComes();
        if (!any) {
            return Optional.empty();
        }
        var line = new ByteArrayOutputStream();
        for (byte b = read[at++]; b != '\n'; b = read[at++]) {
            line.write(b);
            if (at == end && !fill(read.length)) {
                break;
            }
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }

    private boolean fill(int most) throws IOException {
        at = 0;
        end = Math.max(0, in.read(read, 0, most));
        return end > 0;
    }

    private void show(String prompt) {
        out.ifPresent(
                o -> {
                    o.print(prompt);
                    o.flush();
                });
    }

    @Override
    public void onInterrupt(Runnable action, Runnable forget) {
        on(action, forget);
        Signals.register("INT", this::press);
    }

    /** The same for {@link #press} alone. */
    void on(Runnable action, Runnable forget) {
        interrupts.on(action, forget);
    }

    /** What is done at each signal, on a thread of its own. */
    void press() {
        try {
            boolean there = tells && in.available() > 0;
            if (!interrupts.press(there ? IN_THE_PIPE_MS : patienceMs)) {
                show("\n" + asked);
            }
        } catch (IOException e) {
            interrupts.press();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
