package oriel.engine.unwind;

import java.util.Optional;
import oriel.format.pe.Arm64UnwindCode;
import oriel.model.FrameTrust;

/** Undoes ARM64 functions by packed and full unwind data. */
final class Arm64Unwinder implements TableUnwinder {
    @Override
    public Optional<Step> byTable(Frame frame, ModuleCode code) {
        long base = code.base();
        return code.arm64At(frame.shown().lookupVa() - base)
                .flatMap(function -> undo(function, frame, frame.pc() - base));
    }

    private static Optional<Step> undo(Arm64Function function, Frame frame, long rva) {
        var state = new Arm64State(frame.registers(), frame.stack());
        for (Arm64UnwindCode code : function.pending(rva, frame.interrupted())) {
            if (!undo(code, state)) {
                return Optional.empty();
            }
            if (state.isMachineFrame()) {
                break;
            }
        }
        if (!state.isMachineFrame() && !state.returnToLr()) {
            return Optional.empty();
        }
        return Optional.of(
                new Step(state.caller(), FrameTrust.UNWIND_INFO, state.isMachineFrame(), 0));
    }

    /** Undoes one instruction; false when that cannot be done. */
    private static boolean undo(Arm64UnwindCode code, Arm64State state) {
        switch (code.kind()) {
            case ALLOC -> state.sp(state.sp() + code.valueBytes());
            case SAVE_X, SAVE_D, SAVE_Q -> restore(code, state);
            case SET_FP, ADD_FP -> {
                if (!state.knows(Arm64State.FP)) {
                    return false;
                }
                state.sp(state.get(Arm64State.FP) - code.valueBytes());
            }
            case PAC_SIGN_LR, NOP, END, END_C, CLEAR_UNWOUND_TO_CALL -> {
                // the return address is stripped of its signature in any case
            }
            case MACHINE_FRAME -> {
                return state.popMachineFrame();
            }
            case CONTEXT -> {
                return state.popContext();
            }
            case TRAP_FRAME, EC_CONTEXT, UNKNOWN -> {
                return false;
            }
        }
        return true;
    }

    private static void restore(Arm64UnwindCode code, Arm64State state) {
        long at = state.sp() + (code.movesStack() ? 0 : code.valueBytes());
        int width = code.kind() == Arm64UnwindCode.Kind.SAVE_Q ? 16 : 8;
        restore(code.kind(), code.first(), at, state);
        if (code.second() >= 0) {
            restore(code.kind(), code.second(), at + width, state);
        }
        if (code.movesStack()) {
            state.sp(state.sp() + code.valueBytes());
        }
    }

    private static void restore(
            Arm64UnwindCode.Kind kind, int register, long va, Arm64State state) {
        switch (kind) {
            case SAVE_X -> state.restore(register, va);
            case SAVE_Q -> state.restoreVector(register, va, 16);
            default -> state.restoreVector(register, va, 8);
        }
    }
}
