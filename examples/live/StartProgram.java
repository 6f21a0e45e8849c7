import java.time.Duration;
import java.util.List;
import oriel.win32.ProcessStart;

/** Starts a program and waits for its exit code: {@code StartProgram app.exe argument ...}. */
public class StartProgram {
    public static void main(String[] args) {
        try (ProcessStart.Started started = ProcessStart.of(List.of(args)).start()) {
            System.out.println("started process " + started.process().processId());
            if (started.process().await(Duration.ofSeconds(30))) {
                System.out.println("exit code " + started.process().exitCode().getAsInt());
            }
        }
    }
}
