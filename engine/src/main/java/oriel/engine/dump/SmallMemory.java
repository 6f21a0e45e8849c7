package oriel.engine.dump;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.Memory;
import oriel.model.Target;
import oriel.model.TargetThread;

/** The memory that even a small dump needs to be of use. */
final class SmallMemory {
    private static final int MOST_STACK = 1 << 20;
    private static final int AROUND_PC = 0x100;
    private static final int TEB = 0x1000;
    private static final int PEB = 0x800;
    private static final int PARAMETERS = 0x440;
    private static final int MOST_ENVIRONMENT = 1 << 16;
    private static final int PAGE = 0x1000;

    private SmallMemory() {}

    /** Stack in use, code around the program counter, and the thread environment block. */
    static List<AddressRange> of(Target target, TargetThread thread) {
        var ranges = new ArrayList<AddressRange>();
        AddressRange stack = thread.stack();
        add(
                target,
                ranges,
                new AddressRange(stack.start(), Math.min(stack.sizeBytes(), MOST_STACK)));
        OptionalLong pc = thread.registers().pc();
        if (pc.isPresent()) {
            add(target, ranges, new AddressRange(pc.getAsLong() - AROUND_PC, AROUND_PC));
            add(target, ranges, new AddressRange(pc.getAsLong(), AROUND_PC));
        }
        if (thread.tebVa().isPresent()) {
            add(target, ranges, new AddressRange(thread.tebVa().getAsLong(), TEB));
        }
        return ranges;
    }

    /** The process environment block with command line and environment. */
    static List<AddressRange> of(Target target) {
        var ranges = new ArrayList<AddressRange>();
        OptionalLong peb = target.process().pebVa();
        if (peb.isEmpty()) {
            return ranges;
        }
        Architecture architecture = target.architecture();
        Memory memory = target.memory();
        boolean wide = architecture.is64Bit();
        add(target, ranges, new AddressRange(peb.getAsLong(), PEB));
        OptionalLong parameters =
                memory.pointer(peb.getAsLong() + (wide ? 0x20 : 0x10), architecture);
        if (parameters.isPresent()) {
            long at = parameters.getAsLong();
            add(target, ranges, new AddressRange(at, PARAMETERS));
            for (int text : wide ? new int[] {0x38, 0x60, 0x70} : new int[] {0x24, 0x38, 0x40}) {
                long length = memory.unsigned(at + text, 2).orElse(0);
                OptionalLong va = memory.pointer(at + text + (wide ? 8 : 4), architecture);
                if (va.isPresent()) {
                    add(target, ranges, new AddressRange(va.getAsLong(), length));
                }
            }
            OptionalLong environment = memory.pointer(at + (wide ? 0x80 : 0x48), architecture);
            if (environment.isPresent()) {
                add(target, ranges, new AddressRange(environment.getAsLong(), MOST_ENVIRONMENT));
            }
        }
        return ranges;
    }

    /** Adds the part of a range that can be read from its start on. */
    private static void add(Target target, List<AddressRange> ranges, AddressRange range) {
        int length = (int) Math.min(range.sizeBytes(), MOST_STACK);
        if (length <= 0 || range.start() == 0) {
            return;
        }
        int there = target.memory().readUpTo(range.start(), length).length;
        if (there == 0) {
            // Perhaps only the page of the first byte is missing.
            long next = range.start() + PAGE & -PAGE;
            if (range.contains(next)) {
                add(target, ranges, new AddressRange(next, range.end() - next));
            }
            return;
        }
        ranges.add(new AddressRange(range.start(), there));
    }

    /** The same addresses in order, each once. */
    static List<AddressRange> joined(List<AddressRange> ranges) {
        var sorted = new ArrayList<>(ranges);
        sorted.sort(null);
        var joined = new ArrayList<AddressRange>();
        for (AddressRange range : sorted) {
            if (range.isEmpty()) {
                continue;
            }
            int last = joined.size() - 1;
            AddressRange before = last < 0 ? AddressRange.EMPTY : joined.get(last);
            boolean overlaps = before.contains(range.start());
            if (!overlaps) {
                joined.add(range);
            } else if (!before.contains(range)) {
                joined.set(last, new AddressRange(before.start(), range.end() - before.start()));
            }
        }
        return joined;
    }
}
