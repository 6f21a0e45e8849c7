package oriel.kd;

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
            byte[] line = line(lines, isPhysical, start);
            int part = Math.min(length - done, line.length - within);
            if (part <= 0) {
                break;
            }
            System.arraycopy(line, within, into, offset + done, part);
            done += part;
        }
        return done;
    }

    private byte[] line(Map<Long, byte[]> lines, boolean isPhysical, long start) {
        byte[] line = lines.get(start);
        if (line == null) {
            var bytes = new byte[lineSize];
            int got = session.read(isPhysical, start, bytes, 0, lineSize);
            line = got == lineSize ? bytes : java.util.Arrays.copyOf(bytes, got);
            if (lines.size() < MAX_LINES) {
                lines.put(start, line);
            }
        }
        return line;
    }
}
