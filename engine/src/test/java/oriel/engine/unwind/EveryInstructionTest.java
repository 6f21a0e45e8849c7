package oriel.engine.unwind;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import oriel.engine.disasm.Disassembler;
import oriel.engine.disasm.Instruction;
import oriel.format.pe.FunctionEntry;
import oriel.format.pe.FunctionTable;
import oriel.format.pe.PeImage;
import oriel.format.pe.X64UnwindInfo;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.RegisterSet;
import oriel.model.StackFrame;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;
import oriel.testkit.SyntheticTarget;

/**
 * At every instruction of real functions the caller must come out the same. The prologues are run
 * on a stack of the test by an interpreter that knows nothing of unwind data, the registers they
 * save are then overwritten, and each epilogue is run down to its return.
 */
class EveryInstructionTest {
    private static final long BASE = 0x140000000L;
    private static final long STACK = 0x7000_0000L;
    private static final int STACK_SIZE = 0x10000;
    private static final long ENTRY_SP = STACK + 0xf008;
    private static final String[] NAMES = {
        "rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12",
        "r13", "r14", "r15"
    };
    private static final int[] PRESERVED = {3, 5, 6, 7, 12, 13, 14, 15};
    private static final int RSP = 4;

    private final byte[] stack = new byte[STACK_SIZE];
    private final long[] reg = new long[16];
    private final List<Integer> saved = new ArrayList<>();
    private int functions;
    private int places;

    @Test
    void findsTheSameCallerInOurOwnPrograms() throws IOException {
        check(Corpus.projectRoot().resolve("examples/crash-x64.exe"));
        check(Corpus.projectRoot().resolve("examples/throw-x64.exe"));
        assertThat(functions).isGreaterThan(20);
        assertThat(places).isGreaterThan(400);
    }

    @Test
    @NeedsCorpus
    void findsTheSameCallerInProgramsOfOtherCompilers() throws IOException {
        check(Corpus.file("sentry/windows/CrashWithException.exe"));
        check(Corpus.file("sentry/windows/hello-dwarf.exe"));
        check(Corpus.file("breakpad/pdb/dump_syms_regtest64.exe"));
        check(Corpus.file("binskim/Native_x64_VS2019_CPlusPlus_DEBUG_FULL.dll"));
        assertThat(functions).isGreaterThan(300);
        assertThat(places).isGreaterThan(9000);
    }

    private void check(Path file) throws IOException {
        var target = new SyntheticTarget(Architecture.X64);
        PeImage image = MappedImage.map(target, file, BASE);
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
            if (entry.unwindData() == 0) {
                continue;
            }
            var info = X64UnwindInfo.read(image::read, entry.unwindData());
            // fragments begin with a stack that their function has made
            if (info.chained().isEmpty()) {
                String what = file.getFileName() + " " + Long.toHexString(entry.beginRva());
                function(walker, image, entry, info.prologSizeBytes(), what);
            }
        }
    }

    private void function(
            StackWalker walker, PeImage image, FunctionEntry entry, int prolog, String what) {
        var code = new byte[(int) (entry.endRva() - entry.beginRva())];
        image.read(entry.beginRva(), code, 0, code.length);
        int[] starts = boundaries(code, entry.beginRva());
        enter();
        int at = 0;
        while (at < starts.length && starts[at] < prolog) {
            same(walker, entry.beginRva() + starts[at], what);
            if (!step(code, starts[at])) {
                return; // the interpreter does not know this prologue, e.g. a call of __chkstk
            }
            at++;
        }
        functions++;
        for (int register : saved) {
            // a frame register is saved and then stays what it is
            if (!isFrame(register)) {
                reg[register] = 0xbad0000L + register;
            }
        }
        long[] body = reg.clone();
        for (; at < starts.length; at++) {
            System.arraycopy(body, 0, reg, 0, reg.length);
            if (!startsEpilogue(code, starts, at)) {
                inBody(walker, code, starts, at, entry, what);
            } else {
                leaveBody(code, starts, at);
                epilogue(walker, code, starts, at, entry, what);
            }
        }
    }

    /** Between prologue and epilogues the stack does not move, unless the function allocates. */
    private void inBody(
            StackWalker walker,
            byte[] code,
            int[] starts,
            int at,
            FunctionEntry entry,
            String what) {
        int before = starts[at > 0 ? at - 1 : 0];
        boolean inEpilogue =
                isPop(code, starts[at])
                        || isAdjustment(code, starts[at])
                        || isPop(code, before)
                        || isAdjustment(code, before);
        int b = code[starts[at]] & 0xff;
        if (!inEpilogue && b != 0xc3 && b != 0xf3) {
            same(walker, entry.beginRva() + starts[at], what + " body");
        }
    }

    /** Runs an epilogue to its return, asking for the caller before each instruction. */
    private void epilogue(
            StackWalker walker,
            byte[] code,
            int[] starts,
            int first,
            FunctionEntry entry,
            String what) {
        // registers saved by moves come back by moves before the epilogue proper begins
        for (int register : saved) {
            if (!isPopped(code, starts, first, register) && !isFrame(register)) {
                reg[register] = initial(register);
            }
        }
        for (int i = first; i < starts.length; i++) {
            same(walker, entry.beginRva() + starts[i], what + " epilogue");
            int b = code[starts[i]] & 0xff;
            if (b == 0xc3 || b == 0xf3 || !step(code, starts[i])) {
                return;
            }
        }
    }

    private void same(StackWalker walker, long rva, String what) {
        places++;
        RegisterSet.Builder now = RegisterSet.builder(Architecture.X64).set("rip", BASE + rva);
        for (int i = 0; i < reg.length; i++) {
            now.set(NAMES[i], reg[i]);
        }
        StackFrame caller = walker.walk(now.build()).frames().get(1);
        String where = what + " at " + Long.toHexString(rva);
        assertThat(caller.pc()).as(where).isEqualTo(BASE + 0x1000);
        assertThat(caller.sp()).as(where).isEqualTo(ENTRY_SP + 8);
        for (int register : PRESERVED) {
            assertThat(caller.registers().value(NAMES[register]))
                    .as(where + " " + NAMES[register])
                    .hasValue(initial(register));
        }
    }

    private void enter() {
        Arrays.fill(stack, (byte) 0x5a);
        saved.clear();
        for (int i = 0; i < reg.length; i++) {
            reg[i] = initial(i);
        }
        reg[RSP] = ENTRY_SP;
        store(ENTRY_SP, BASE + 0x1000);
    }

    private static long initial(int register) {
        return 0x1111_0000L + register;
    }

    /** A register that holds a place on the stack is a frame register. */
    private boolean isFrame(int register) {
        return reg[register] >= STACK && reg[register] < STACK + STACK_SIZE;
    }

    /** Runs one instruction of a prologue or epilogue; false when it is none of the usual ones. */
    private boolean step(byte[] code, int at) {
        int rex = (code[at] & 0xf0) == 0x40 ? code[at] & 0xff : 0;
        int op = at + (rex != 0 ? 1 : 0);
        int b = code[op] & 0xff;
        if ((b & 0xf8) == 0x50) {
            reg[RSP] -= 8;
            save(b & 7 | (rex & 1) << 3, reg[RSP]);
            return true;
        }
        if ((b & 0xf8) == 0x58) {
            reg[b & 7 | (rex & 1) << 3] = load(reg[RSP]);
            reg[RSP] += 8;
            return true;
        }
        int modrm = op + 1 < code.length ? code[op + 1] & 0xff : 0;
        if ((b == 0x83 || b == 0x81) && (modrm == 0xec || modrm == 0xc4)) {
            long value = b == 0x83 ? code[op + 2] : s32(code, op + 2);
            reg[RSP] += modrm == 0xec ? -value : value;
            return true;
        }
        boolean moves = (rex & 8) != 0 && (b == 0x89 || b == 0x8b || b == 0x8d);
        return moves && move(code, op, rex, b, modrm);
    }

    private boolean move(byte[] code, int op, int rex, int b, int modrm) {
        int r = modrm >> 3 & 7 | (rex & 4) << 1;
        int rm = modrm & 7 | (rex & 1) << 3;
        int mode = modrm >> 6;
        if (mode == 3) {
            reg[b == 0x89 ? rm : r] = reg[b == 0x89 ? r : rm];
            return b != 0x8d;
        }
        boolean sib = (modrm & 7) == 4;
        if ((sib && code[op + 2] != 0x24) || (mode == 0 && (modrm & 7) == 5)) {
            return false;
        }
        int disp = op + (sib ? 3 : 2);
        long va = reg[rm] + (mode == 1 ? code[disp] : mode == 2 ? s32(code, disp) : 0);
        if (va < STACK || va >= STACK + STACK_SIZE - 8) {
            return false;
        }
        switch (b) {
            case 0x89 -> save(r, va);
            case 0x8b -> reg[r] = load(va);
            default -> reg[r] = va;
        }
        return true;
    }

    private void save(int register, long va) {
        store(va, reg[register]);
        for (int preserved : PRESERVED) {
            if (preserved == register && reg[register] == initial(register)) {
                saved.add(register);
            }
        }
    }

    /** Whether an epilogue begins with an instruction. */
    private static boolean startsEpilogue(byte[] code, int[] starts, int at) {
        int i = at;
        if (isAdjustment(code, starts[i])) {
            i++;
        }
        while (i < starts.length && isPop(code, starts[i])) {
            i++;
        }
        boolean returns =
                i < starts.length
                        && ((code[starts[i]] & 0xff) == 0xc3
                                || ((code[starts[i]] & 0xff) == 0xf3
                                        && (code[starts[i] + 1] & 0xff) == 0xc3));
        boolean inside =
                at > 0 && (isPop(code, starts[at - 1]) || isAdjustment(code, starts[at - 1]));
        return returns && !inside;
    }

    private static boolean isPopped(byte[] code, int[] starts, int first, int register) {
        for (int i = first; i < starts.length; i++) {
            int rex = (code[starts[i]] & 0xf0) == 0x40 ? code[starts[i]] & 1 : 0;
            if (isPop(code, starts[i])) {
                int op = starts[i] + ((code[starts[i]] & 0xf0) == 0x40 ? 1 : 0);
                if ((code[op] & 7 | rex << 3) == register) {
                    return true;
                }
            } else if (!isAdjustment(code, starts[i])) {
                return false;
            }
        }
        return false;
    }

    /** Runs what may stand right before an epilogue: mov rsp,rbp or, by way of r11, mov rsp,r11. */
    private void leaveBody(byte[] code, int[] starts, int at) {
        if (at == 0) {
            return;
        }
        if (begins(code, starts[at - 1], 0x48, 0x89, 0xec)) {
            reg[RSP] = reg[5];
        } else if (begins(code, starts[at - 1], 0x49, 0x8b, 0xe3)) {
            for (int i = at - 2; i >= 0; i--) {
                if (begins(code, starts[i], 0x4c, 0x8d, 0x5c)
                        || begins(code, starts[i], 0x4c, 0x8d, 0x9c)) {
                    step(code, starts[i]);
                    reg[RSP] = reg[11];
                    return;
                }
            }
        }
    }

    private static boolean begins(byte[] code, int at, int first, int second, int third) {
        return at + 2 < code.length
                && (code[at] & 0xff) == first
                && (code[at + 1] & 0xff) == second
                && (code[at + 2] & 0xff) == third;
    }

    private static boolean isPop(byte[] code, int at) {
        int op = at + ((code[at] & 0xf0) == 0x40 ? 1 : 0);
        return op < code.length && (code[op] & 0xf8) == 0x58;
    }

    private static boolean isAdjustment(byte[] code, int at) {
        if (at + 3 >= code.length || (code[at] & 0xfe) != 0x48) {
            return false;
        }
        int b = code[at + 1] & 0xff;
        int modrm = code[at + 2] & 0xff;
        boolean adds = (b == 0x83 || b == 0x81) && modrm == 0xc4;
        return adds || (b == 0x8d && (modrm & 0x38) == 0x20);
    }

    private static int[] boundaries(byte[] code, long rva) {
        Disassembler decoder = Disassembler.of(Architecture.X64);
        var instruction = new Instruction();
        var list = new ArrayList<Integer>();
        int at = 0;
        while (at < code.length
                && decoder.decode(code, at, code.length, BASE + rva + at, instruction)) {
            list.add(at);
            at += instruction.length();
        }
        return list.stream().mapToInt(i -> i).toArray();
    }

    private static int s32(byte[] code, int at) {
        return code[at] & 0xff
                | (code[at + 1] & 0xff) << 8
                | (code[at + 2] & 0xff) << 16
                | code[at + 3] << 24;
    }

    private void store(long va, long value) {
        for (int i = 0; i < 8; i++) {
            stack[(int) (va - STACK) + i] = (byte) (value >>> 8 * i);
        }
    }

    private long load(long va) {
        long value = 0;
        for (int i = 7; i >= 0; i--) {
            value = value << 8 | (stack[(int) (va - STACK) + i] & 0xff);
        }
        return value;
    }
}
