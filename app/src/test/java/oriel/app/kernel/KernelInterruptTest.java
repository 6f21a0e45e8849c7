package oriel.app.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import oriel.app.console.ConsoleOutput;
import oriel.app.console.LineInput;
import oriel.app.console.SymbolPlaces;
import oriel.engine.symbols.find.SymbolPathLocator;
import oriel.engine.symbols.store.FetchListener;
import oriel.engine.symbols.store.ServerSettings;
import oriel.engine.symbols.store.SymbolPath;
import oriel.kd.packet.Crlf;
import oriel.kd.transport.Endpoint;
import oriel.testkit.kd.KernelScene;
import oriel.testkit.kd.ScriptedKernel;

/** Ctrl-C while a kernel runs on from exceptions that nobody wants to see. */
class KernelInterruptTest {
    private static final int ACCESS_VIOLATION = 0xc0000005;
    private static final int DIVIDED_BY_ZERO = 0xc0000094;

    /** Lines, one after the other, and the key. */
    private static final class Script implements LineInput {
        private final Queue<String> lines;
        private Runnable pressed = () -> {};

        Script(List<String> lines) {
            this.lines = new ArrayDeque<>(lines);
        }

        @Override
        public Optional<String> next(String prompt) {
            return Optional.ofNullable(lines.poll());
        }

        @Override
        public void onInterrupt(Runnable action, Runnable forget) {
            pressed = action;
        }
    }

    /** What is printed; the key is pressed as soon as it tells of the division. */
    private static final class Watched extends ByteArrayOutputStream {
        private final Script script;
        private boolean done;

        Watched(Script script) {
            this.script = script;
        }

        @Override
        public void flush() {
            if (!done && text().contains("code c0000094")) {
                done = true;
                script.pressed.run();
            }
        }

        String text() {
            return toString(StandardCharsets.UTF_8);
        }
    }

    private static SymbolPlaces symbols() {
        return new SymbolPlaces(
                "",
                path ->
                        new SymbolPathLocator(
                                new SymbolPath(List.of()),
                                List.of(),
                                ServerSettings.DEFAULT.withOffline(true),
                                FetchListener.NONE));
    }

    private static String outcome(ScriptedKernel kernel, String... lines) throws IOException {
        var script = new Script(List.of(lines));
        var watched = new Watched(script);
        var out = new PrintStream(watched, false, StandardCharsets.UTF_8);
        var output = new ConsoleOutput(out, out, false, false);
        try (var server = new SceneServer(kernel, 0, t -> t);
                SymbolPlaces symbols = symbols();
                var console =
                        new KernelConsole(
                                Endpoint.parse("tcp:" + server.address()).open(),
                                Crlf.AUTO,
                                symbols,
                                output,
                                false)) {
            console.attach(Duration.ofSeconds(120));
            console.run(script, false);
            console.goOn();
        }
        return watched.text();
    }

    @Test
    void stopsAlthoughBreakInsAreExceptionsThatAreIgnored() throws IOException {
        ScriptedKernel kernel = KernelScene.of(true, 1).raising(DIVIDED_BY_ZERO, true);
        assertThat(outcome(kernel, "sxn dz", "sxi bpe", "g", ".echo stopped", "r rip", "q"))
                .containsPattern(
                        "(?s)code c0000094.*code 80000003.*stopped\n.*rip=fffff80080005000");
    }

    @Test
    void stopsAtWhateverComesWhenTheBreakInIsLost() throws IOException {
        ScriptedKernel kernel =
                KernelScene.of(true, 1)
                        .raising(DIVIDED_BY_ZERO, true)
                        .raising(ACCESS_VIOLATION, true);
        assertThat(outcome(kernel, "sxn dz", "sxi av", "g", ".echo stopped", "q"))
                .containsPattern("(?s)code c0000094.*code c0000005.*stopped\n");
    }
}
