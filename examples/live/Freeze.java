import oriel.win32.Suspension;
import oriel.win32.WindowsProcess;

/** Holds a process still for a moment, and lets it go on: {@code Freeze 4242}. */
public class Freeze {
    public static void main(String[] args) {
        try (WindowsProcess process = WindowsProcess.open(Long.parseLong(args[0]))) {
            try (Suspension held = process.suspend()) {
                System.out.println("held with " + process.threads().size() + " threads");
            }
            System.out.println("running again: " + process.isAlive());
        }
    }
}
