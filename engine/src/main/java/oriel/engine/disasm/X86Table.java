package oriel.engine.disasm;

import java.util.ArrayList;

/**
 * The rows of one opcode map for one mode. They are sorted by opcode, so that an opcode's rows are
 * found by binary search and parsed only when that opcode is first met: a fresh JVM reads a few
 * dozen rows, not thousands. Safe for any thread: what is filled in later is immutable, and filling
 * it in twice does no harm.
 */
final class X86Table {
    /** Chain heads of an opcode that has no rows. */
    private static final X86Encoding[] UNDEFINED = {};

    private static final int BY_MODRM = 64;

    private final X86Map map;
    private final boolean is64;
    private final X86Chain[] opcodes = new X86Chain[256];

    /** Rows of one opcode: all in one chain, or by mandatory prefix, modrm.reg and modrm.mod. */
    record X86Chain(X86Encoding[][] heads, int keys, boolean hasModrm) {
        /** The rows to try under given conditions. */
        X86Encoding[] candidates(int conditions) {
            return heads[key(conditions) & keys];
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
        X86Encoding[] all = found.isEmpty() ? UNDEFINED : found.toArray(UNDEFINED);
        var chain = new X86Chain(heads(all), all.length < 3 ? 0 : BY_MODRM - 1, hasModrm);
        opcodes[opcode] = chain;
        return chain;
    }

    private static X86Encoding[][] heads(X86Encoding[] all) {
        if (all.length < 3) {
            return new X86Encoding[][] {all};
        }
        int keyBits = 3 << X86Row.PREFIX | 0xf << X86Row.IS_MEMORY;
        var heads = new X86Encoding[BY_MODRM][];
        for (int i = 0; i < BY_MODRM; i++) {
            int conditions = (i >> 4) << X86Row.PREFIX | (i & 0xf) << X86Row.IS_MEMORY;
            var matching = new ArrayList<X86Encoding>();
            for (X86Encoding encoding : all) {
                if ((conditions & encoding.mask & keyBits) == (encoding.match & keyBits)) {
                    matching.add(encoding);
                }
            }
            heads[i] = matching.isEmpty() ? UNDEFINED : matching.toArray(UNDEFINED);
        }
        return heads;
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
