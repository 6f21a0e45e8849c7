package oriel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.app.Main;

/**
 * Processes that are held or debugged go on when the command that does so is ended from outside.
 */
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

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void leavesNoBreakpointInWhatItIsAttachedTo(String signal) throws Exception {
        assumeFalse(isIgnored(signal), () -> signal + " is ignored here, as nohup has it");
        String id = tool.spawn("C:\\oriel\\run-x64.exe", "wait");
        try {
            var words = new ArrayList<>(WindowsTool.command(Main.class));
            words.addAll(List.of("hook", "--attach", id, "kernel32!Sleep"));
            var builder = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("ORIEL_WINEPREFIX", WindowsTool.prefix().toString());
            Process hooking = builder.start();
            try {
                assertThat(CommandServer.line(hooking.getInputStream())).contains("Sleep(");
                new ProcessBuilder("kill", "-" + signal, Long.toString(hooking.pid()))
                        .start()
                        .waitFor();
                // It may have something to print before it ends.
                hooking.getInputStream().readAllBytes();
                assertThat(hooking.waitFor(300, TimeUnit.SECONDS)).isTrue();
            } finally {
                hooking.destroyForcibly();
            }
            // It runs on, through the function that was hooked.
            Outcome again = tool.run("hook", "--attach", id, "--limit", "3", "kernel32!Sleep");
            assertThat(again.code()).isEqualTo(ExitCode.FOUND);
            assertThat(again.out().lines()).hasSize(3);
        } finally {
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
