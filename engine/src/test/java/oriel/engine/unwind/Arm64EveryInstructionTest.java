package oriel.engine.unwind;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import oriel.format.pe.Arm64UnwindInfo;
import oriel.format.pe.FunctionEntry;
import oriel.format.pe.FunctionTable;
import oriel.format.pe.PeImage;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.RegisterSet;
import oriel.model.StackFrame;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;
import oriel.testkit.SyntheticTarget;

/**
 * At every instruction of the functions of a real ARM64 program the caller must come out the same.
 * The instructions that save and restore are run by an interpreter that knows nothing of unwind
 * data.
 */
@NeedsCorpus
class Arm64EveryInstructionTest {
    private static final long BASE = 0x140000000L;
    private static final long STACK = 0x7000_0000L;
    private static final int STACK_SIZE = 0x10000;
    private static final long ENTRY_SP = STACK + 0xf000;
    private static final long RETURN = BASE + 0x1005C;
    private static final long SIGNATURE = 0x5a_0000_0000_0000L;
    private static final int SP = 31;
    private static final int LR = 30;
    private static final int FP = 29;
    private static final int RET = 0xd65f03c0;

    private final byte[] stack = new byte[STACK_SIZE];
    private final long[] x = new long[32];
    private final long[] d = new long[32];
    private int functions;
    private int places;

    @Test
    void findsTheSameCallerEverywhere() throws IOException {
        var target = new SyntheticTarget(Architecture.ARM64);
        PeImage image = MappedImage.map(target, Corpus.file("sentry/windows/arm64/test.exe"), BASE);
        target.memory(
                new AddressRange(STACK, STACK_SIZE),
                (va, into, offset, length) -> {
                    System.arraycopy(stack, (int) (va - STACK), into, offset, length);
                    return length;
                });
        var walker = new StackWalker(target, List.of());
        FunctionTable table = image.functions().orElseThrow();
        for (int i = 0; i < table.size(); i++) {
            FunctionEntry entry = table.entry(i).orElseThrow();
            // fragments begin with a stack that their function has made, and the helpers that check
            // the stack cookie give back what another one of them has taken
            boolean cookie = entry.beginRva() < 0x1050;
            if ((entry.unwindData() & 3) != 2 && !cookie) {
                function(walker, image, entry);
            }
        }
        assertThat(functions).isGreaterThan(350);
        assertThat(places).isGreaterThan(10_000);
    }

    private void function(StackWalker walker, PeImage image, FunctionEntry entry) {
        var code = new byte[(int) (entry.endRva() - entry.beginRva())];
        image.read(entry.beginRva(), code, 0, code.length);
        int count = code.length / 4;
        int prolog = (int) Arm64UnwindInfo.read(image::read, entry).prologSizeBytes() / 4;
        enter();
        for (int i = 0; i < prolog; i++) {
            same(walker, entry, i, "prologue");
            if (!step(word(code, i))) {
                return; // the interpreter does not know this prologue
            }
        }
        functions++;
        // with a frame pointer set, more room for arguments may be made behind the prologue
        while (prolog < count && (word(code, prolog) & 0xff8003ff) == 0xd10003ff) {
            same(walker, entry, prolog, "allocation");
            step(word(code, prolog++));
        }
        for (int i = 19; i <= 28; i++) {
            x[i] = isSaved(x[i]) ? 0xbad0000L + i : x[i];
        }
        if (isSaved(x[LR])) {
            x[LR] = BASE + 0x1000;
        }
        long[] body = x.clone();
        int i = prolog;
        while (i < count) {
            System.arraycopy(body, 0, x, 0, x.length);
            int end = i;
            while (end < count && isRestore(word(code, end))) {
                end++;
            }
            if (end < count && end > i && word(code, end) == RET) {
                for (; i <= end; i++) {
                    same(walker, entry, i, "epilogue");
                    step(word(code, i));
                }
            } else if (end == i) {
                if (word(code, i) != RET) {
                    same(walker, entry, i, "body");
                }
                i++;
            } else {
                i = end + 1; // a tail call ends its epilogue with a branch
            }
        }
    }

    private boolean isSaved(long value) {
        for (int at = 0; at < STACK_SIZE; at += 8) {
            if (load(STACK + at) == value) {
                return true;
            }
        }
        return false;
    }

    private void same(StackWalker walker, FunctionEntry entry, int index, String where) {
        places++;
        long rva = entry.beginRva() + index * 4L;
        RegisterSet.Builder now = RegisterSet.builder(Architecture.ARM64).set("pc", BASE + rva);
        for (int i = 0; i <= 28; i++) {
            now.set("x" + i, x[i]);
        }
        now.set("fp", x[FP]).set("lr", x[LR]).set("sp", x[SP]);
        for (int i = 8; i < 16; i++) {
            now.set("v" + i, d[i]);
        }
        StackFrame caller = walker.walk(now.build()).frames().get(1);
        String what = where + " at " + Long.toHexString(rva);
        assertThat(caller.pc()).as(what).isEqualTo(RETURN);
        assertThat(caller.sp()).as(what).isEqualTo(ENTRY_SP);
        for (int i = 19; i <= 29; i++) {
            String name = i == FP ? "fp" : "x" + i;
            assertThat(caller.registers().value(name)).as(what + " " + name).hasValue(initial(i));
        }
        for (int i = 8; i < 16; i++) {
            assertThat(caller.registers().value("v" + i)).as(what + " v" + i).hasValue(-initial(i));
        }
    }

    private void enter() {
        Arrays.fill(stack, (byte) 0x5a);
        for (int i = 0; i < 31; i++) {
            x[i] = initial(i);
            d[i] = -initial(i);
        }
        x[LR] = RETURN;
        x[SP] = ENTRY_SP;
    }

    private static long initial(int register) {
        return 0x1111_0000L + register;
    }

    private static boolean isRestore(int w) {
        boolean pair = (w & 0xbfc00000) == 0xa8c00000 || (w & 0xffc003e0) == 0xa94003e0;
        boolean vectors = (w & 0xffc003e0) == 0x6cc003e0 || (w & 0xffc003e0) == 0x6d4003e0;
        boolean single = (w & 0xffe00fe0) == 0xf84007e0 || (w & 0xffc003e0) == 0xf94003e0;
        boolean vector = (w & 0xffe00fe0) == 0xfc4007e0 || (w & 0xffc003e0) == 0xfd4003e0;
        boolean moves = (w & 0xff8003ff) == 0x910003ff || w == 0x910003bf;
        return pair || vectors || single || vector || moves || w == 0xd50323ff;
    }

    /** Runs one instruction that saves or restores; false when it is none. */
    private boolean step(int w) {
        int base = w >>> 5 & 31;
        if (w == 0xd503237f || w == 0xd50323ff) {
            x[LR] = w == 0xd503237f ? x[LR] | SIGNATURE : x[LR] & ~SIGNATURE;
            return true;
        }
        if (w == 0xd503201f || w == 0xd503245f) {
            return true; // nop, bti c
        }
        if ((w & 0xbf000000) == 0x91000000 || (w & 0xff800000) == 0xd1000000) {
            long value = (long) (w >>> 10 & 0xfff) << ((w >>> 22 & 1) * 12);
            int to = w & 31;
            boolean frame = (to == SP || to == FP) && (base == SP || base == FP);
            x[to] = frame ? x[base] + ((w & 0x40000000) != 0 ? -value : value) : x[to];
            return frame;
        }
        if (base != SP) {
            return false;
        }
        boolean vector = (w & 0x04000000) != 0;
        long[] bank = vector ? d : x;
        if ((w & 0xfa000000) == 0xa8000000 && !vector || (w & 0xfe000000) == 0x6c000000) {
            long disp = (w << 10 >> 25) * 8L;
            int mode = w >>> 23 & 3;
            long va = x[SP] + (mode == 1 ? 0 : disp);
            move(w, bank, w & 31, va);
            move(w, bank, w >>> 10 & 31, va + 8);
            x[SP] += mode == 2 ? 0 : disp;
            return true;
        }
        if ((w & 0xfb800000) == 0xf9000000) {
            move(w, bank, w & 31, x[SP] + (w >>> 10 & 0xfff) * 8L);
            return true;
        }
        if ((w & 0xfba00400) == 0xf8000400) {
            long disp = w << 11 >> 23;
            boolean pre = (w & 0x800) != 0;
            move(w, bank, w & 31, x[SP] + (pre ? disp : 0));
            x[SP] += disp;
            return true;
        }
        return false;
    }

    private void move(int w, long[] bank, int register, long va) {
        if ((w & 0x400000) != 0) {
            bank[register] = load(va);
        } else {
            long value = bank[register];
            for (int i = 0; i < 8; i++) {
                stack[(int) (va - STACK) + i] = (byte) (value >>> 8 * i);
            }
        }
    }

    private long load(long va) {
        long value = 0;
        for (int i = 7; i >= 0; i--) {
            value = value << 8 | (stack[(int) (va - STACK) + i] & 0xff);
        }
        return value;
    }

    private static int word(byte[] code, int index) {
        int at = index * 4;
        return code[at] & 0xff
                | (code[at + 1] & 0xff) << 8
                | (code[at + 2] & 0xff) << 16
                | code[at + 3] << 24;
    }
}
