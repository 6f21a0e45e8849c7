import oriel.win32.ProcessEntry;
import oriel.win32.SystemSnapshot;

/** Enumerates the running processes. */
public class ListProcesses {
    public static void main(String[] args) {
        for (ProcessEntry process : SystemSnapshot.take().processes()) {
            System.out.println(process.processId() + "\t" + process.name());
        }
    }
}
