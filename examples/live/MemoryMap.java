import oriel.model.MemoryRegion;
import oriel.win32.WindowsProcess;

/** Shows the memory map of a process: {@code MemoryMap 4242}. */
public class MemoryMap {
    public static void main(String[] args) {
        try (WindowsProcess process = WindowsProcess.open(Long.parseLong(args[0]))) {
            for (MemoryRegion region : process.memory().map()) {
                if (region.state() == MemoryRegion.State.COMMITTED) {
                    String file = process.memory().mappedFile(region.range().start()).orElse("");
                    System.out.printf(
                            "%012x %8x %s%s%s %s%n",
                            region.range().start(),
                            region.range().sizeBytes(),
                            region.isReadable() ? "r" : "-",
                            region.isWritable() ? "w" : "-",
                            region.isExecutable() ? "x" : "-",
                            file);
                }
            }
        }
    }
}
