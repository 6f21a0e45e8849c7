package oriel.engine.unwind;

import java.util.Optional;
import oriel.format.pe.FunctionEntry;
import oriel.format.pe.X64UnwindCode;
import oriel.format.pe.X64UnwindCode.Kind;
import oriel.format.pe.X64UnwindInfo;
import oriel.model.FrameTrust;

/** Undoes x64 functions by their {@code .pdata}, as RtlVirtualUnwind does. */
final class X64Unwinder implements TableUnwinder {
    @Override
    public Optional<Step> byTable(Frame frame, ModuleCode code) {
        long lookupRva = frame.shown().lookupVa() - code.base();
        Optional<X64Function> found = code.x64At(lookupRva);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        X64Function function = found.get();
        var state = new X64State(frame.registers(), frame.stack());
        long rva = frame.pc() - code.base();
        if (frame.interrupted() && inEpilogue(function, code, rva, state)) {
            return state.popReturn() ? step(state) : Optional.empty();
        }
        return undo(function, rva, state) ? step(state) : Optional.empty();
    }

    /** The caller of a function that has not touched the stack. */
    static Optional<Step> leaf(Frame frame) {
        var state = new X64State(frame.registers(), frame.stack());
        return state.popReturn()
                ? Optional.of(Step.call(state.caller(), FrameTrust.LEAF))
                : Optional.empty();
    }

    private static Optional<Step> step(X64State state) {
        return Optional.of(
                new Step(state.caller(), FrameTrust.UNWIND_INFO, state.isMachineFrame(), 0));
    }

    private static boolean inEpilogue(
            X64Function function, ModuleCode code, long rva, X64State state) {
        X64UnwindInfo info = function.chain().get(0);
        FunctionEntry entry = function.entry();
        boolean inProlog = rva - entry.beginRva() < info.prologSizeBytes();
        if (inProlog || !X64Epilogue.mayContain(info, entry, rva)) {
            return false;
        }
        var bytes = new byte[X64Epilogue.LONGEST];
        int got = code.image().read(rva, bytes, 0, bytes.length);
        int frame = info.frameRegister();
        return X64Epilogue.run(
                bytes,
                got,
                rva,
                frame != 0 && state.knows(frame) ? frame : 0,
                target -> leaves(function, code, target),
                state);
    }

    /** A jump to the very start of a function is a tail call to itself, not a loop. */
    private static boolean leaves(X64Function function, ModuleCode code, long targetRva) {
        if (targetRva == function.primaryRva()) {
            return true;
        }
        Optional<X64Function> other = code.x64At(targetRva);
        return other.isEmpty()
                ? !function.entry().contains(targetRva)
                : other.get().primaryRva() != function.primaryRva();
    }

    private static boolean undo(X64Function function, long rva, X64State state) {
        long offset = rva - function.entry().beginRva();
        for (int i = 0; i < function.chain().size(); i++) {
            X64UnwindInfo info = function.chain().get(i);
            long executed = i > 0 ? Long.MAX_VALUE : offset;
            if (!undo(info, executed, state)) {
                return false;
            }
        }
        return state.isMachineFrame() || state.popReturn();
    }

    /** Undoes the steps of a prologue whose instructions end at or before an offset. */
    private static boolean undo(X64UnwindInfo info, long executed, X64State state) {
        long base = state.rsp();
        int frame = info.frameRegister();
        if (frame != 0 && frameIsSet(info, executed)) {
            if (!state.knows(frame)) {
                return false;
            }
            base = state.get(frame) - info.frameOffsetBytes();
        }
        for (int i = 0; i < info.codes().size(); i++) {
            X64UnwindCode code = info.codes().get(i);
            if (code.kind() == Kind.EPILOG || code.prologOffset() > executed) {
                continue;
            }
            switch (code.kind()) {
                case PUSH_NONVOL -> state.pop(code.register());
                case ALLOC_SMALL, ALLOC_LARGE -> state.rsp(state.rsp() + code.valueBytes());
                case SET_FPREG -> state.rsp(base);
                case SAVE_NONVOL, SAVE_NONVOL_FAR ->
                        state.restore(code.register(), base + code.valueBytes());
                case SAVE_XMM128, SAVE_XMM128_FAR ->
                        state.restoreXmm(code.register(), base + code.valueBytes());
                case PUSH_MACHFRAME -> {
                    state.rsp(state.rsp() + (code.register() == 1 ? 8 : 0));
                    return state.popMachineFrame();
                }
                case EPILOG, SPARE -> {
                    // nothing that a prologue does
                }
            }
        }
        return true;
    }

    private static boolean frameIsSet(X64UnwindInfo info, long executed) {
        for (X64UnwindCode code : info.codes()) {
            if (code.kind() == Kind.SET_FPREG) {
                return code.prologOffset() <= executed;
            }
        }
        return true;
    }
}
