package oriel.format.pe;

import static oriel.format.pe.Arm64UnwindCode.pair;
import static oriel.format.pe.Arm64UnwindCode.plain;
import static oriel.format.pe.Arm64UnwindCode.single;
import static oriel.format.pe.Arm64UnwindCode.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import oriel.format.pe.Arm64UnwindCode.Kind;

/**
 * Packed unwind data of ARM64 as the codes it stands for: the canonical prologue and epilogue of
 * Microsoft's "ARM64 exception handling", written out.
 */
final class Arm64PackedUnwind {
    private static final int LR = 30;
    private static final int FP = 29;
    private static final int LARGEST_STEP = 4080;
    private static final int LARGEST_PAIR = 512;

    private final int floatRegisters;
    private final int integerRegisters;
    private final boolean homes;
    private final int returns;
    private final int frameBytes;
    private final int integerBytes;
    private final int savedBytes;

    /**
     * @param data the second word of the entry: flag 2, length 11, RegF 3, RegI 4, H 1, CR 2 and
     *     frame size 9 bits
     */
    Arm64PackedUnwind(long data) {
        int regF = (int) (data >>> 13 & 7);
        floatRegisters = regF == 0 ? 0 : regF + 1;
        integerRegisters = (int) (data >>> 16 & 15);
        homes = (data >>> 20 & 1) != 0;
        returns = (int) (data >>> 21 & 3);
        frameBytes = (int) (data >>> 23 & 0x1ff) * 16;
        integerBytes = integerRegisters * 8 + (returns == 1 ? 8 : 0);
        savedBytes = integerBytes + floatRegisters * 8 + (homes ? 64 : 0) + 15 & -16;
    }

    /** The prologue, last instruction first, and an END. */
    List<Arm64UnwindCode> prolog() {
        return codes(true);
    }

    /** The epilogue in its order, the return as END. */
    List<Arm64UnwindCode> epilog() {
        return codes(false);
    }

    private List<Arm64UnwindCode> codes(boolean prolog) {
        var list = new ArrayList<Arm64UnwindCode>();
        if (returns == 2) {
            list.add(plain(Kind.PAC_SIGN_LR));
        }
        saveIntegers(list);
        saveFloats(list);
        if (homes) {
            homeArguments(list, prolog);
        }
        allocateLocals(list, prolog);
        Collections.reverse(list);
        list.add(plain(Kind.END));
        return List.copyOf(list);
    }

    private void saveIntegers(List<Arm64UnwindCode> list) {
        boolean savesLr = returns == 1;
        for (int i = 0; i < integerRegisters; i += 2) {
            boolean first = i == 0;
            long where = first ? savedBytes : i * 8L;
            if (i + 1 < integerRegisters) {
                list.add(pair(Kind.SAVE_X, 19 + i, 20 + i, where, first));
            } else if (savesLr) {
                list.add(pair(Kind.SAVE_X, 19 + i, LR, where, first));
            } else {
                list.add(single(Kind.SAVE_X, 19 + i, where, first));
            }
        }
        if (savesLr && integerRegisters % 2 == 0) {
            boolean first = integerRegisters == 0;
            list.add(single(Kind.SAVE_X, LR, first ? savedBytes : integerBytes - 8L, first));
        }
    }

    private void saveFloats(List<Arm64UnwindCode> list) {
        for (int i = 0; i < floatRegisters; i += 2) {
            boolean first = i == 0 && integerBytes == 0;
            long where = first ? savedBytes : integerBytes + i * 8L;
            list.add(
                    i + 1 < floatRegisters
                            ? pair(Kind.SAVE_D, 8 + i, 9 + i, where, first)
                            : single(Kind.SAVE_D, 8 + i, where, first));
        }
    }

    /** Arguments stored in the prologue need not be undone; the first store may make the room. */
    private void homeArguments(List<Arm64UnwindCode> list, boolean prolog) {
        boolean first = integerBytes == 0 && floatRegisters == 0;
        if (first) {
            list.add(value(Kind.ALLOC, savedBytes));
        }
        for (int i = first ? 1 : 0; prolog && i < 4; i++) {
            list.add(plain(Kind.NOP));
        }
    }

    private void allocateLocals(List<Arm64UnwindCode> list, boolean prolog) {
        int locals = Math.max(0, frameBytes - savedBytes);
        boolean chained = returns >= 2;
        boolean inOne = chained && locals <= LARGEST_PAIR;
        if (locals > LARGEST_STEP) {
            list.add(value(Kind.ALLOC, LARGEST_STEP));
            list.add(value(Kind.ALLOC, locals - LARGEST_STEP));
        } else if (locals > 0 && !inOne) {
            list.add(value(Kind.ALLOC, locals));
        }
        if (chained) {
            list.add(pair(Kind.SAVE_X, FP, LR, inOne ? locals : 0, inOne));
            if (prolog) {
                list.add(plain(Kind.SET_FP));
            }
        }
    }
}
