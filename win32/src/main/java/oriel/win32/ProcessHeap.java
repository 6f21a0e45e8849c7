package oriel.win32;

import com.sun.jna.Memory;
import java.util.ArrayList;
import java.util.List;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.MemoryRegion;
import oriel.win32.raw.Kernel32;
import oriel.win32.raw.Structures;

/**
 * A heap of a process.
 *
 * @param base its handle, which is where it begins
 * @param isDefault whether it is the one that GetProcessHeap returns
 * @param regions the committed memory of its first segment, by address
 */
public record ProcessHeap(long base, boolean isDefault, List<AddressRange> regions) {
    private static final int SNAP_HEAPS = 1;
    private static final int DEFAULT_HEAP = 1;
    private static final int MOST = 1 << 12;

    /** Copies the list. */
    public ProcessHeap {
        regions = List.copyOf(regions);
    }

    /** Bytes of committed memory in it. */
    public long committedBytes() {
        return regions.stream().mapToLong(AddressRange::sizeBytes).sum();
    }

    /**
     * Its blocks as the system lists them (Toolhelp), or, where it does not, as the process itself
     * walks them on a thread that is started in it: it must run then, and open with all rights.
     *
     * @throws oriel.driver.DriverException when the process cannot walk its heap
     */
    public List<HeapBlock> blocks(WindowsProcess process) {
        List<HeapBlock> told = HeapBlock.byToolhelp(process.processId(), base);
        return told.isEmpty() ? HeapBlock.byWalking(process, base) : told;
    }

    /**
     * The heaps of a process as the system lists them (Toolhelp), or, where it does not, as the
     * environment block of the process does.
     */
    public static List<ProcessHeap> list(WindowsProcess process) {
        List<ProcessHeap> told = byToolhelp(process);
        return told.isEmpty() ? byBlock(process) : told;
    }

    private static List<ProcessHeap> byToolhelp(WindowsProcess process) {
        long snapshot = Kernel32.CreateToolhelp32Snapshot(SNAP_HEAPS, (int) process.processId());
        var found = new ArrayList<ProcessHeap>();
        if (snapshot == -1) {
            return found;
        }
        try (var entry = new Memory(Structures.HEAP_LIST_SIZE)) {
            entry.clear();
            entry.setLong(0, Structures.HEAP_LIST_SIZE);
            boolean more = Kernel32.Heap32ListFirst(snapshot, entry);
            while (more && found.size() < MOST) {
                boolean first = (entry.getInt(Structures.HEAP_LIST_FLAGS) & DEFAULT_HEAP) != 0;
                found.add(at(process, entry.getLong(Structures.HEAP_LIST_ID), first));
                more = Kernel32.Heap32ListNext(snapshot, entry);
            }
            return found;
        } finally {
            Kernel32.CloseHandle(snapshot);
        }
    }

    /** NumberOfHeaps, ProcessHeaps and ProcessHeap of the PEB; Wine fills in the last alone. */
    private static List<ProcessHeap> byBlock(WindowsProcess process) {
        Architecture architecture = process.architecture();
        boolean wide = architecture.is64Bit();
        ProcessMemory memory = process.memory();
        long peb = process.pebVa().orElse(0);
        long first = memory.pointer(peb + (wide ? 0x30 : 0x18), architecture).orElse(0);
        long count = memory.unsigned(peb + (wide ? 0xe8 : 0x88), 4).orElse(0);
        long table = memory.pointer(peb + (wide ? 0xf0 : 0x90), architecture).orElse(0);
        var found = new ArrayList<ProcessHeap>();
        if (first != 0) {
            found.add(at(process, first, true));
        }
        for (int i = 0; table != 0 && i < Math.min(count, MOST); i++) {
            long base =
                    memory.pointer(table + (long) i * architecture.pointerSize(), architecture)
                            .orElse(0);
            if (base != 0 && base != first) {
                found.add(at(process, base, false));
            }
        }
        return found;
    }

    private static ProcessHeap at(WindowsProcess process, long base, boolean isDefault) {
        var regions = new ArrayList<AddressRange>();
        long va = base;
        while (regions.size() < MOST) {
            MemoryRegion region = process.memory().query(va).orElse(null);
            if (region == null || region.allocationBase().orElse(0) != allocation(process, base)) {
                break;
            }
            if (region.state() == MemoryRegion.State.COMMITTED) {
                regions.add(region.range());
            }
            va = region.range().end();
        }
        return new ProcessHeap(base, isDefault, regions);
    }

    private static long allocation(WindowsProcess process, long base) {
        return process.memory().query(base).map(r -> r.allocationBase().orElse(base)).orElse(base);
    }
}
