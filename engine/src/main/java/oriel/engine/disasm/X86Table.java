package oriel.engine.disasm;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows of one opcode map for one mode. They are sorted by opcode, so that an opcode's rows are
 * found by binary search and parsed only when that opcode is first met: a fresh JVM reads a few
 * dozen rows, not thousands. Safe for any thread: what is filled in later is immutable, and filling
 * it in twice does no harm.
 */
final class X86Table {
    private static final X86Encoding[] NO_OTHERS = {};

    private static final int BY_MODRM = 64;

    private final X86Map map;
    private final boolean is64;
    private final X86Chain[] opcodes = new X86Chain[256];

    /**
     * Rows of one opcode: all in one list, or by mandatory prefix, modrm.reg and modrm.mod. The
     * first of each list stands apart, because it is nearly always the one.
     */
    record X86Chain(X86Encoding[] firsts, X86Encoding[][] others, int keys, boolean hasModrm) {
        /** The row to try first under given conditions. */
        X86Encoding first(int conditions) {
            return firsts[key(conditions) & keys];
        }

        /** The row that fits when the first does not; {@link X86Encoding#NONE} without any. */
        X86Encoding other(int conditions) {
            for (X86Encoding row : others[key(conditions) & keys]) {
                if (row.matches(conditions)) {
                    return row;
                }
            }
            return X86Encoding.NONE;
        }
    }

    X86Table(X86Map map, boolean is64) {
        this.map = map;
        this.is64 = is64;
    }

    X86Chain opcode(int opcode) {
        X86Chain chain = opcodes[opcode];
        return chain != null ? chain : load(opcode);
    }

    private static int key(int conditions) {
        return (conditions >> X86Row.PREFIX & 3) << 4 | conditions >> X86Row.IS_MEMORY & 0xf;
    }

    private X86Chain load(int opcode) {
        String rows = map.rows(opcode);
        var found = new ArrayList<X86Encoding>();
        boolean hasModrm = false;
        for (int at = first(rows, opcode); at < rows.length(); ) {
            int end = rows.indexOf('\n', at);
            if (opcodeAt(rows, at) != opcode) {
                break;
            }
            var row = new X86Row(rows.substring(at, end), is64, map.isExtended());
            hasModrm |= row.needsModrm;
            if (row.isPossible()) {
                found.add(new X86Encoding(row, is64));
            }
            at = end + 1;
        }
        X86Chain chain = chain(found, hasModrm);
        opcodes[opcode] = chain;
        return chain;
    }

    private static X86Chain chain(List<X86Encoding> all, boolean hasModrm) {
        int count = all.size() < 3 ? 1 : BY_MODRM;
        int keyBits = 3 << X86Row.PREFIX | 0xf << X86Row.IS_MEMORY;
        var firsts = new X86Encoding[count];
        var others = new X86Encoding[count][];
        for (int i = 0; i < count; i++) {
            int conditions = (i >> 4) << X86Row.PREFIX | (i & 0xf) << X86Row.IS_MEMORY;
            var matching = new ArrayList<X86Encoding>();
            for (X86Encoding row : all) {
                if (count == 1 || (conditions & row.mask & keyBits) == (row.match & keyBits)) {
                    matching.add(row);
                }
            }
            boolean none = matching.isEmpty();
            firsts[i] = none ? X86Encoding.NONE : matching.remove(0);
            others[i] = matching.isEmpty() ? NO_OTHERS : matching.toArray(NO_OTHERS);
        }
        return new X86Chain(firsts, others, count - 1, hasModrm);
    }

    /** Offset of the first row whose opcode is not below the wanted one. */
    private static int first(String rows, int opcode) {
        int low = 0;
        int high = rows.length();
        while (low < high) {
            int at = rows.lastIndexOf('\n', ((low + high) >>> 1) - 1) + 1;
            if (opcodeAt(rows, at) < opcode) {
                low = rows.indexOf('\n', at) + 1;
            } else {
                high = at;
            }
        }
        return low;
    }

    private static int opcodeAt(String rows, int at) {
        return Character.digit(rows.charAt(at), 16) << 4 | Character.digit(rows.charAt(at + 1), 16);
    }
}
