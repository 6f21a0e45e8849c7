import oriel.win32.ProcessEntry;
import oriel.win32.SystemSnapshot;
import oriel.win32.WindowsProcess;

/** Ends all processes of a name, which may have wildcards: {@code KillByName "note*"}. */
public class KillByName {
    public static void main(String[] args) {
        for (ProcessEntry entry : SystemSnapshot.take().named(args[0])) {
            try (WindowsProcess process = WindowsProcess.open(entry.processId())) {
                process.kill(1);
                System.out.println("ended " + entry.name() + " " + entry.processId());
            }
        }
    }
}
