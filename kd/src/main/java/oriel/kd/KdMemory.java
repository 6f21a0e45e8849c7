package oriel.kd;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import oriel.model.Memory;
import oriel.model.PhysicalMemory;

/**
 * Memory of one stop. What was read is remembered in lines of a few hundred bytes, so that walking
 * lists does not ask for each pointer; large reads go straight through.
 */
final class KdMemory implements Memory {
    private static final int MAX_LINES = 1 << 14;

    private final KdSession session;
    private final KdStop stop;
    private final int lineSize;
    private final Map<Long, byte[]> virtualLines = new HashMap<>();
    private final Map<Long, byte[]> physicalLines = new HashMap<>();

    KdMemory(KdSession session, KdStop stop) {
        this.session = session;
        this.stop = stop;
        this.lineSize = session.lineSize();
    }

    PhysicalMemory physical() {
        return (pa, into, offset, length) -> read(physicalLines, true, pa, into, offset, length);
    }

    @Override
    public int read(long va, byte[] into, int offset, int length) {
        return read(virtualLines, false, va, into, offset, length);
    }

    void forget() {
        virtualLines.clear();
        physicalLines.clear();
    }

    private int read(
            Map<Long, byte[]> lines,
            boolean isPhysical,
            long address,
            byte[] into,
            int offset,
            int length) {
        session.check(stop);
        if (length > 4 * lineSize) {
            return session.read(isPhysical, address, into, offset, length);
        }
        int done = 0;
        while (done < length) {
            long at = address + done;
            long start = at & -lineSize;
            int within = (int) (at - start);
            byte[] line = lines.get(start);
            if (line == null) {
                line = load(lines, isPhysical, start, within + length - done);
            }
            int part = Math.min(length - done, line.length - within);
            if (part <= 0) {
                // What precedes it in the line is not there; the bytes themselves may be.
                return done + session.read(isPhysical, at, into, offset + done, length - done);
            }
            System.arraycopy(line, within, into, offset + done, part);
            done += part;
            if (line.length < lineSize) {
                break;
            }
        }
        return done;
    }

    /** Reads a line, and those after it that are wanted too, at once. Returns the first. */
    private byte[] load(Map<Long, byte[]> lines, boolean isPhysical, long start, int wanted) {
        int count = 1;
        while (count * lineSize < wanted && !lines.containsKey(start + (long) count * lineSize)) {
            count++;
        }
        var bytes = new byte[count * lineSize];
        int got = session.read(isPhysical, start, bytes, 0, bytes.length);
        // The line in which it ended is kept with what it has; nothing is known of those after it.
        for (int i = 0; i < count && i * lineSize <= got && lines.size() < MAX_LINES; i++) {
            int end = Math.min(got, (i + 1) * lineSize);
            lines.put(start + (long) i * lineSize, Arrays.copyOfRange(bytes, i * lineSize, end));
        }
        return Arrays.copyOf(bytes, Math.min(got, lineSize));
    }
}
