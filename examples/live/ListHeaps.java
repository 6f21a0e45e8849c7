import java.util.List;
import oriel.win32.HeapBlock;
import oriel.win32.ProcessHeap;
import oriel.win32.WindowsProcess;

/** Lists the heaps of a process: {@code ListHeaps 4242}. */
public class ListHeaps {
    public static void main(String[] args) {
        try (WindowsProcess process = WindowsProcess.open(Long.parseLong(args[0]))) {
            for (ProcessHeap heap : process.heaps()) {
                String which = heap.isDefault() ? " (default)" : "";
                List<HeapBlock> blocks = heap.blocks(process);
                long used = blocks.stream().filter(HeapBlock::isUsed).count();
                System.out.printf(
                        "heap %x %d bytes, %d blocks, %d used%s%n",
                        heap.base(), heap.committedBytes(), blocks.size(), used, which);
            }
        }
    }
}
