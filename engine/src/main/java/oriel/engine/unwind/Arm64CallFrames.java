package oriel.engine.unwind;

import java.util.Optional;
import oriel.format.pe.Arm64UnwindCode;
import oriel.format.pe.Arm64UnwindInfo.Epilog;
import oriel.format.pe.FunctionEntry;
import oriel.format.pe.ImageBytes;

/** The frames of ARM64 functions, instruction by instruction of their prologues and epilogues. */
final class Arm64CallFrames {
    private static final int INSTRUCTION = 4;
    private static final int FP = 29;
    private static final int LR = 30;
    private static final int GENERAL = 31;
    private static final String[] NAMES = names();

    private Arm64CallFrames() {}

    /** Adds the rows of a function; none when its unwind data cannot be undone. */
    static void rows(ImageBytes image, FunctionEntry entry, CallFrameRows rows) {
        Optional<Arm64Function> read = Arm64Function.read(image, entry, problem -> {});
        if (read.isEmpty()) {
            return;
        }
        Arm64Function function = read.get();
        long prolog = Math.min(function.info().prologSizeBytes(), length(entry));
        for (long offset = 0; offset <= prolog; offset += INSTRUCTION) {
            if (!add(function, offset, rows)) {
                return;
            }
        }
        for (Epilog epilog : function.info().epilogs()) {
            long end = epilog.startBytes() + epilog.sizeBytes();
            if (epilog.startBytes() < prolog || end > length(entry)) {
                continue;
            }
            for (long at = epilog.startBytes();
                    at <= end && at < length(entry);
                    at += INSTRUCTION) {
                add(function, at, rows);
            }
        }
    }

    private static long length(FunctionEntry entry) {
        return entry.endRva() - entry.beginRva();
    }

    private static boolean add(Arm64Function function, long offset, CallFrameRows rows) {
        var codes = function.pending(function.entry().beginRva() + offset, true);
        var frame = new CallFrame(NAMES, "sp", NAMES[LR]);
        for (int i = codes.size() - 1; i >= 0; i--) {
            if (!apply(codes.get(i), frame)) {
                return false;
            }
        }
        rows.add(offset, frame.rules());
        return true;
    }

    /** Does what an instruction did; false for frames that no such rules can tell. */
    private static boolean apply(Arm64UnwindCode code, CallFrame frame) {
        switch (code.kind()) {
            case ALLOC -> frame.allocate(code.valueBytes());
            case SAVE_X, SAVE_D, SAVE_Q -> save(code, frame);
            case SET_FP -> frame.setFrame(FP, 0);
            case ADD_FP -> frame.setFrame(FP, code.valueBytes());
            case MACHINE_FRAME -> {
                frame.allocate(-frame.depth());
                frame.interrupted(0, 8);
            }
            case TRAP_FRAME, CONTEXT, EC_CONTEXT, UNKNOWN -> {
                return false;
            }
            case NOP, END, END_C, PAC_SIGN_LR, CLEAR_UNWOUND_TO_CALL -> {}
        }
        return true;
    }

    private static void save(Arm64UnwindCode code, CallFrame frame) {
        long at = code.valueBytes();
        if (code.movesStack()) {
            frame.allocate(at);
            at = 0;
        }
        if (code.kind() == Arm64UnwindCode.Kind.SAVE_X) {
            save(code.first(), at, frame);
            save(code.second(), at + 8, frame);
        }
    }

    private static void save(int register, long at, CallFrame frame) {
        if (register == LR) {
            frame.saveReturnAddress(at);
        } else {
            frame.save(register, at);
        }
    }

    private static String[] names() {
        var names = new String[GENERAL];
        for (int i = 0; i < GENERAL; i++) {
            names[i] = "x" + i;
        }
        return names;
    }
}
