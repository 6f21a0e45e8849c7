package oriel.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-C is for the line that was sent before it, never for one that is sent after it. */
@Timeout(600)
class ConsoleInterruptsTest {
    private static final long NO_TIME = 1;
    private static final long LONG = 500_000;

    private final ScriptedPipe in = new ScriptedPipe();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PrintStream printer = new PrintStream(out, true, StandardCharsets.UTF_8);
    private final LinkedBlockingQueue<String> pressed = new LinkedBlockingQueue<>();
    private final AtomicInteger forgotten = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        in.hold(false);
        in.end();
        threads.close();
    }

    private PipedLines piped(boolean tells, long patienceMs) {
        var lines = new PipedLines(in, tells, Optional.of(printer), patienceMs);
        lines.on(() -> pressed.add("pressed"), forgotten::incrementAndGet);
        return lines;
    }

    private Future<Optional<String>> next(LineInput lines) {
        return threads.submit(() -> lines.next("> "));
    }

    /** Waits until a prompt has been shown so often: then a line is waited for. */
    private void awaitPrompts(int count) {
        while (shown().split("> ", -1).length - 1 < count) {
            Thread.onSpinWait();
        }
    }

    private String shown() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void atThePromptOfAPipeItShowsThePromptAgain(boolean tells)
            throws ExecutionException, InterruptedException {
        PipedLines lines = piped(tells, NO_TIME);
        Future<Optional<String>> first = next(lines);
        awaitPrompts(1);
        lines.press();
        assertThat(shown()).isEqualTo("> \n> ");
        in.write("g\r\nk\n");
        assertThat(first.get()).contains("g");
        assertThat(pressed).isEmpty();
        assertThat(next(lines).get()).contains("k");
        in.end();
        assertThat(next(lines).get()).isEmpty();
        assertThat(pressed).isEmpty();
        assertThat(forgotten).hasValue(3);
    }

    @Test
    void aLineThatIsStillInThePipeIsStopped() throws ExecutionException, InterruptedException {
        PipedLines lines = piped(true, NO_TIME);
        in.hold(true);
        Future<Optional<String>> line = next(lines);
        awaitPrompts(1);
        in.write("g\n");
        Future<?> signal = threads.submit(lines::press);
        in.hold(false);
        signal.get();
        assertThat(line.get()).contains("g");
        assertThat(pressed).hasSize(1);
        assertThat(shown()).isEqualTo("> ");
    }

    @Test
    void aLineThatIsOnItsWayIsStoppedWhereThePipeCannotBeAsked()
            throws ExecutionException, InterruptedException {
        PipedLines lines = piped(false, LONG);
        Future<Optional<String>> line = next(lines);
        awaitPrompts(1);
        Future<?> signal = threads.submit(lines::press);
        in.write("g\n");
        signal.get();
        assertThat(line.get()).contains("g");
        assertThat(pressed).hasSize(1);
    }

    @Test
    void whileCommandsAreDoneItIsForThem() throws ExecutionException, InterruptedException {
        PipedLines lines = piped(true, NO_TIME);
        lines.press();
        assertThat(pressed).as("before the first line").hasSize(1);
        in.write("g");
        Future<Optional<String>> line = next(lines);
        in.write("o\nx\ny\u00e9");
        assertThat(line.get()).contains("go");
        lines.press();
        assertThat(pressed).hasSize(2);
        assertThat(next(lines).get()).contains("x");
        in.end();
        assertThat(next(lines).get()).contains("y\u00e9");
        assertThat(pressed).hasSize(2);
    }

    @Test
    void overTwoPipesItIsForTheLineBeforeIt()
            throws ExecutionException, InterruptedException, IOException {
        var lines = new RemoteLines(in, printer);
        lines.onInterrupt(() -> pressed.add("pressed"), forgotten::incrementAndGet);
        Future<Optional<String>> first = next(lines);
        awaitPrompts(1);
        in.write("I\nLg\n");
        assertThat(first.get()).contains("g");
        assertThat(pressed).isEmpty();
        in.write("I\n");
        assertThat(pressed.take()).isNotEmpty();
        Future<Optional<String>> second = next(lines);
        awaitPrompts(2);
        in.write("Lk\nI\nLone\nLtwo\n");
        assertThat(second.get()).contains("k");
        assertThat(pressed.take()).isNotEmpty();
        in.end();
        // Nobody is there any more: what is left would run for ever.
        assertThat(pressed.take()).isNotEmpty();
        assertThat(lines.next("> ")).contains("one");
        assertThat(lines.next("> ")).contains("two");
        assertThat(pressed).hasSize(2);
        assertThat(lines.next("> ")).isEmpty();
    }
}
