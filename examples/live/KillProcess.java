import oriel.win32.WindowsProcess;

/** Ends a process: {@code KillProcess 4242}. */
public class KillProcess {
    public static void main(String[] args) {
        try (WindowsProcess process = WindowsProcess.open(Long.parseLong(args[0]))) {
            process.kill(0);
        }
    }
}
