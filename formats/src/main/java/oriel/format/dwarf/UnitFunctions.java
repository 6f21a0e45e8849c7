package oriel.format.dwarf;

import java.util.Arrays;
import oriel.bytes.FormatException;
import oriel.model.RangeTable;

/**
 * The functions of a unit and what is inlined into them: offsets of entries and ranges of code,
 * found in one pass. An entry that is damaged ends the pass; what came before stays.
 */
final class UnitFunctions {
    private static final int DEEPEST = 512;

    private final DwarfUnit unit;
    private final RangeTable functions = new RangeTable();
    private final RangeTable inlined = new RangeTable();
    private long[] entries = new long[32];
    private int[] parents = new int[32];
    private long[] firstStart = {};
    private int count;

    private UnitFunctions(DwarfUnit unit) {
        this.unit = unit;
    }

    static UnitFunctions read(DwarfUnit unit) {
        var found = new UnitFunctions(unit);
        try {
            found.walk();
        } catch (FormatException e) {
            // The functions before the damage stay.
        }
        found.finish();
        return found;
    }

    private void finish() {
        functions.sealNested();
        inlined.sealNested();
        firstStart = new long[count];
        Arrays.fill(firstStart, Long.MAX_VALUE);
        for (int i = 0; i < functions.count(); i++) {
            int owner = (int) functions.value(i);
            firstStart[owner] = Math.min(firstStart[owner], functions.start(i));
        }
    }

    /** Ranges of functions; the value is the number of the entry. */
    RangeTable functions() {
        return functions;
    }

    /** Offset in .debug_info of an entry by its number. */
    long entry(int number) {
        return entries[number];
    }

    /** Numbers of the inlined entries at an address within a function, innermost first. */
    int[] inlinedAt(long address, int function) {
        int deepest = -1;
        int deepestLevel = 0;
        for (int at = inlined.floor(address); at >= 0; at--) {
            boolean holds = address - inlined.start(at) < inlined.size(at);
            int number = (int) inlined.value(at);
            int level = holds ? level(number, function) : 0;
            if (level > deepestLevel) {
                deepest = number;
                deepestLevel = level;
            }
            if (inlined.start(at) < firstStart[function]) {
                break;
            }
        }
        var chain = new int[deepestLevel];
        for (int i = 0; i < deepestLevel; i++) {
            chain[i] = deepest;
            deepest = parents[deepest];
        }
        return chain;
    }

    /** How deep an entry lies within a function; 0 when it does not. */
    private int level(int number, int function) {
        int level = 0;
        for (int at = number; at >= 0; at = parents[at]) {
            if (at == function) {
                return level;
            }
            level++;
        }
        return 0;
    }

    private void walk() {
        DwarfCursor in = unit.cursor(unit.header().firstEntry());
        var die = new Die();
        // The entry that a list of children belongs to: a function, or -1.
        var owners = new int[DEEPEST];
        int depth = 0;
        owners[0] = -1;
        while (in.at() < unit.header().end()) {
            if (!unit.read(die, in)) {
                if (--depth <= 0) {
                    return;
                }
                continue;
            }
            int owner = depth == 0 ? -1 : owners[depth];
            boolean function = die.tag == Die.SUBPROGRAM;
            if (function || die.tag == Die.INLINED_SUBROUTINE) {
                int number = add(die.offset, function ? -1 : owner);
                unit.ranges(die, function ? functions : inlined, number);
                owner = number;
            }
            if (die.hasChildren) {
                if (++depth == DEEPEST) {
                    throw in.error("entries nested " + DEEPEST + " deep");
                }
                owners[depth] = owner;
            } else if (depth == 0) {
                return;
            }
        }
    }

    private int add(long offset, int parent) {
        if (count == entries.length) {
            entries = Arrays.copyOf(entries, count * 2);
            parents = Arrays.copyOf(parents, count * 2);
        }
        entries[count] = offset;
        parents[count] = parent;
        return count++;
    }
}
