import oriel.model.LoadedModule;
import oriel.win32.ThreadEntry;
import oriel.win32.WindowsProcess;

/** Lists the threads and modules of a process: {@code ThreadsAndModules 4242}. */
public class ThreadsAndModules {
    public static void main(String[] args) {
        try (WindowsProcess process = WindowsProcess.open(Long.parseLong(args[0]))) {
            for (ThreadEntry thread : process.threads()) {
                System.out.println("thread " + thread.threadId());
            }
            for (LoadedModule module : process.modules()) {
                System.out.printf("module %x %s%n", module.base(), module.path());
            }
        }
    }
}
