package oriel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import oriel.app.kernel.PipeTarget;

/** A kernel behind a named pipe of Windows, debugged by a Windows JVM. */
class NamedPipeTest {
    private static final String PIPE = "\\\\.\\pipe\\oriel-test-" + ProcessHandle.current().pid();

    @Test
    void debugsAKernelOverANamedPipe() throws IOException {
        try (var tool = WindowsTool.start()) {
            assertThat(tool.run("main", ".", PipeTarget.class.getName(), PIPE).code()).isZero();
            Outcome outcome =
                    tool.run(
                            "kernel",
                            "-k",
                            "com:pipe,port=" + PIPE + ",resets=0,reconnect",
                            "--timeout",
                            "120",
                            "--exec",
                            "lm; bp nt+1004; g; r rip; q");
            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out())
                    .contains("kernel base = 0xfffff80080000000")
                    .contains("Breakpoint 0 hit")
                    .contains("rip=fffff80080001004");
        }
    }
}
