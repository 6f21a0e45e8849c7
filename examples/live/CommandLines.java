import oriel.driver.DriverException;
import oriel.win32.ProcessBlock;
import oriel.win32.ProcessEntry;
import oriel.win32.SystemSnapshot;
import oriel.win32.WindowsProcess;

/** The command line of each process, and how many variables its environment has. */
public class CommandLines {
    public static void main(String[] args) {
        for (ProcessEntry entry : SystemSnapshot.take().processes()) {
            try (WindowsProcess process = WindowsProcess.open(entry.processId())) {
                ProcessBlock block = process.block();
                System.out.printf(
                        "%d %s (%d variables)%n",
                        entry.processId(),
                        block.commandLine().orElse(entry.name()),
                        block.environment().size());
            } catch (DriverException e) {
                System.out.println(entry.processId() + " " + e.getMessage());
            }
        }
    }
}
