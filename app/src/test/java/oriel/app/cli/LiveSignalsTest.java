package oriel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that is held goes on when the command that holds it is ended from outside. */
@Timeout(600)
class LiveSignalsTest {
    private static WindowsTool tool;

    @BeforeAll
    static void start() throws IOException {
        tool = WindowsTool.start();
    }

    @AfterAll
    static void stop() throws IOException {
        if (tool != null) {
            tool.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    void letsGoOfWhatItHolds(String signal) throws IOException, InterruptedException {
        assumeFalse(isIgnored(signal), () -> signal + " is ignored here, as nohup has it");
        String id = tool.spawnAndWait("live-x64", "spin");
        Process holder = WindowsTool.java(Holder.class, id);
        try {
            assertThat(CommandServer.line(holder.getInputStream())).isEqualTo("held");
            String held = counter(id);
            assertThat(counter(id)).isEqualTo(held);
            new ProcessBuilder("kill", "-" + signal, Long.toString(holder.pid())).start().waitFor();
            assertThat(holder.waitFor(300, TimeUnit.SECONDS)).isTrue();
            while (counter(id).equals(held)) {
                Thread.onSpinWait();
            }
        } finally {
            holder.destroyForcibly();
            tool.run("kill", id, "--yes");
        }
    }

    /** A script cannot listen to a signal that was ignored when it was started. */
    private static boolean isIgnored(String signal) throws IOException {
        int number = Map.of("HUP", 1, "INT", 2, "TERM", 15).getOrDefault(signal, 0);
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("SigIgn:")) {
                long ignored = Long.parseUnsignedLong(line.substring(7).strip(), 16);
                return (ignored >>> number - 1 & 1) != 0;
            }
        }
        return false;
    }

    private static String counter(String id) throws IOException {
        Outcome outcome = tool.run("read", "--pid", id, "live-x64!live_counter", "-n", "4");
        assertThat(outcome.code()).isEqualTo(ExitCode.FOUND);
        return outcome.out();
    }
}
