import oriel.win32.ProcessHeap;
import oriel.win32.WindowsProcess;

/** Lists the heaps of a process: {@code ListHeaps 4242}. */
public class ListHeaps {
    public static void main(String[] args) {
        try (WindowsProcess process = WindowsProcess.open(Long.parseLong(args[0]))) {
            for (ProcessHeap heap : process.heaps()) {
                String which = heap.isDefault() ? " (default)" : "";
                System.out.printf(
                        "heap %x %d bytes%s%n", heap.base(), heap.committedBytes(), which);
            }
        }
    }
}
