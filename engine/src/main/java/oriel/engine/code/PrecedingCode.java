package oriel.engine.code;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import oriel.engine.disasm.Disassembler;
import oriel.engine.disasm.Instruction;
import oriel.model.Architecture;
import oriel.model.Memory;

/**
 * Finds the instructions before an address. x86 code cannot be read backwards, but decoding from a
 * wrong start falls into step with the real instructions after a few of them: so every start in a
 * window votes for the instructions that its way to the address leads through, and the best ones
 * win.
 */
public final class PrecedingCode {
    /** Bytes that the first instructions of a way need to fall into step. */
    private static final int RUN_UP = 64;

    private PrecedingCode() {}

    /**
     * Addresses of up to {@code count} instructions that end exactly where {@code va} begins, in
     * ascending order. Fewer when memory is missing or nothing fits.
     *
     * @param count at most 1000
     */
    public static List<Long> starts(Architecture architecture, Memory memory, long va, int count) {
        if (count < 0 || count > 1000) {
            throw new IllegalArgumentException("count " + count);
        }
        boolean fixed = !architecture.isIntel();
        int reach = fixed ? count * 4 : count * Disassembler.LONGEST + RUN_UP;
        byte[] window = readBackwards(memory, va, reach);
        var disassembler = Disassembler.of(architecture);
        var instruction = new Instruction();
        int end = window.length;
        var lengths = new int[end];
        for (int at = 0; at < end; at++) {
            boolean aligned = !fixed || (end - at) % 4 == 0;
            if (aligned && disassembler.decode(window, at, end, va - end + at, instruction)) {
                lengths[at] = instruction.length();
            }
        }
        return pick(lengths, votes(lengths), va, count);
    }

    /** The longest run of readable bytes that ends before an address. */
    private static byte[] readBackwards(Memory memory, long va, int most) {
        for (int size = most; size > 0; ) {
            byte[] window = memory.readUpTo(va - size, size);
            if (window.length == size) {
                return window;
            }
            // The hole is after what was read: begin behind it.
            size = Math.min(size - window.length - 1, size - 1);
        }
        return new byte[0];
    }

    /** For each index, how many starts come to the end by way of it; 0 for those that do not. */
    private static int[] votes(int[] lengths) {
        int end = lengths.length;
        var arrives = new boolean[end + 1];
        arrives[end] = true;
        for (int at = end - 1; at >= 0; at--) {
            arrives[at] = lengths[at] > 0 && at + lengths[at] <= end && arrives[at + lengths[at]];
        }
        var votes = new int[end + 1];
        for (int at = 0; at < end; at++) {
            if (arrives[at]) {
                votes[at]++;
                votes[at + lengths[at]] += votes[at];
            }
        }
        return votes;
    }

    private static List<Long> pick(int[] lengths, int[] votes, long va, int count) {
        int end = lengths.length;
        var found = new long[count];
        int used = 0;
        int at = end;
        while (used < count) {
            int best = -1;
            for (int i = Math.max(0, at - Disassembler.LONGEST); i < at; i++) {
                boolean ends = votes[i] > 0 && i + lengths[i] == at;
                if (ends && (best < 0 || votes[i] > votes[best])) {
                    best = i;
                }
            }
            if (best < 0) {
                break;
            }
            at = best;
            found[used++] = va - end + at;
        }
        var starts = new ArrayList<Long>(used);
        for (long start : Arrays.copyOf(found, used)) {
            starts.add(0, start);
        }
        return List.copyOf(starts);
    }
}
