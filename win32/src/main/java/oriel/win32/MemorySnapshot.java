package oriel.win32;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import oriel.driver.DriverException;
import oriel.model.AddressRange;
import oriel.model.Diagnostic;
import oriel.model.MemoryRegion;

/**
 * A copy of memory that can be put back: contents, protection and the allocations themselves.
 * Immutable; keeps the contents in the heap of this program.
 */
public final class MemorySnapshot {
    private static final int MOST_AT_ONCE = 1 << 30;

    /**
     * One region with its bytes.
     *
     * @param region attributes at that time
     * @param contents its bytes as far as they could be read
     */
    public record Part(MemoryRegion region, byte[] contents) {}

    private final List<Part> parts;

    private MemorySnapshot(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * Copies the committed regions of a range. Hold the process, or the copy is of many moments.
     */
    public static MemorySnapshot take(ProcessMemory memory, AddressRange range) {
        var parts = new ArrayList<Part>();
        long va = range.start();
        while (AddressRange.compare(va, range.end()) < 0 || range.end() == 0) {
            MemoryRegion found = memory.query(va).orElse(null);
            if (found == null) {
                break;
            }
            long end = found.range().end();
            long last =
                    range.end() != 0 && AddressRange.compare(range.end(), end) < 0
                            ? range.end()
                            : end;
            var piece = new AddressRange(va, last - va);
            if (found.state() == MemoryRegion.State.COMMITTED) {
                int size = (int) Math.min(piece.sizeBytes(), MOST_AT_ONCE);
                MemoryRegion region =
                        new MemoryRegion(
                                piece,
                                found.allocationBase(),
                                found.state(),
                                found.protection(),
                                found.allocationProtection(),
                                found.type());
                parts.add(
                        new Part(
                                region,
                                found.isReadable() ? memory.readUpTo(va, size) : new byte[0]));
            }
            if (AddressRange.compare(last, va) <= 0) {
                break;
            }
            va = last;
        }
        return new MemorySnapshot(parts);
    }

    /** The regions with their contents, by address. */
    public List<Part> parts() {
        return parts;
    }

    /** The pages that differ now, by address; those that are gone included. */
    public List<AddressRange> changes(ProcessMemory memory) {
        var changed = new ArrayList<AddressRange>();
        for (Part part : parts) {
            for (int at = 0; at < part.contents().length; at += ProcessMemory.PAGE) {
                int size = Math.min(ProcessMemory.PAGE, part.contents().length - at);
                long va = part.region().range().start() + at;
                byte[] now = memory.readUpTo(va, size);
                if (!Arrays.equals(now, 0, now.length, part.contents(), at, at + size)) {
                    changed.add(new AddressRange(va, size));
                }
            }
        }
        return changed;
    }

    /**
     * Puts everything back that is not mapped from a file: allocates what was given back, writes
     * the pages that differ, and sets each protection.
     *
     * @return what could not be put back; the rest is
     */
    public List<Diagnostic> restore(ProcessMemory memory) {
        var problems = new ArrayList<Diagnostic>();
        for (Part part : parts) {
            if (part.region().type() == MemoryRegion.Type.MAPPED) {
                continue;
            }
            try {
                restore(memory, part);
            } catch (DriverException e) {
                problems.add(
                        new Diagnostic(
                                "memory at 0x" + Long.toHexString(part.region().range().start()),
                                String.valueOf(e.getMessage())));
            }
        }
        return problems;
    }

    private void restore(ProcessMemory memory, Part part) {
        AddressRange range = part.region().range();
        long va = range.start();
        while (range.contains(va)) {
            MemoryRegion now = memory.query(va).orElse(null);
            if (now == null) {
                throw new DriverException("VirtualQueryEx", 487, "No such address.");
            }
            long size = Math.min(now.range().end() - va, range.end() - va);
            if (now.state() == MemoryRegion.State.FREE) {
                long base = part.region().allocationBase().orElse(range.start());
                memory.allocate(base, wholeAllocation(base), Protection.READ_WRITE);
                continue;
            }
            if (now.state() == MemoryRegion.State.RESERVED) {
                memory.commit(va, size, Protection.READ_WRITE);
            }
            va += size;
        }
        for (AddressRange page : new MemorySnapshot(List.of(part)).changes(memory)) {
            int from = (int) (page.start() - range.start());
            memory.overwrite(
                    page.start(),
                    Arrays.copyOfRange(part.contents(), from, from + (int) page.sizeBytes()));
        }
        memory.protect(range.start(), range.sizeBytes(), part.region().protection());
    }

    /** From the start of an allocation to the end of its last region in the snapshot. */
    private long wholeAllocation(long base) {
        long end = base;
        for (Part part : parts) {
            if (part.region().allocationBase().orElse(-1) == base) {
                end = part.region().range().end();
            }
        }
        return end - base;
    }
}
