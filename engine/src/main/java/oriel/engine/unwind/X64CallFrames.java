package oriel.engine.unwind;

import java.util.List;
import java.util.Optional;
import oriel.format.pe.FunctionEntry;
import oriel.format.pe.ImageBytes;
import oriel.format.pe.X64UnwindCode;
import oriel.format.pe.X64UnwindCode.Kind;
import oriel.format.pe.X64UnwindInfo;

/** The frames of x64 functions, instruction by instruction of their prologues. */
final class X64CallFrames {
    private static final String[] NAMES = {
        "$rax", "$rcx", "$rdx", "$rbx", "$rsp", "$rbp", "$rsi", "$rdi", "$r8", "$r9", "$r10",
        "$r11", "$r12", "$r13", "$r14", "$r15"
    };

    private X64CallFrames() {}

    /** Adds the rows of a function; none when its unwind data is damaged. */
    static void rows(ImageBytes image, FunctionEntry entry, CallFrameRows rows) {
        Optional<X64Function> function = X64Function.read(image, entry, problem -> {});
        if (function.isEmpty()) {
            return;
        }
        var frame = new CallFrame(NAMES, "$rsp", ".cfa 8 - ^");
        frame.allocate(8);
        // What the functions did that this fragment is chained to, is done when it begins.
        List<X64UnwindInfo> chain = function.get().chain();
        for (int i = chain.size() - 1; i > 0; i--) {
            List<X64UnwindCode> codes = chain.get(i).codes();
            for (int c = codes.size() - 1; c >= 0; c--) {
                apply(chain.get(i), codes.get(c), frame);
            }
        }
        rows.add(0, frame.rules());
        List<X64UnwindCode> codes = chain.get(0).codes();
        for (int c = codes.size() - 1; c >= 0; c--) {
            apply(chain.get(0), codes.get(c), frame);
            X64UnwindCode code = codes.get(c);
            if (code.kind() != Kind.EPILOG && code.kind() != Kind.SPARE) {
                rows.add(code.prologOffset(), frame.rules());
            }
        }
    }

    private static void apply(X64UnwindInfo info, X64UnwindCode code, CallFrame frame) {
        switch (code.kind()) {
            case PUSH_NONVOL -> {
                frame.allocate(8);
                frame.save(code.register(), 0);
            }
            case ALLOC_LARGE, ALLOC_SMALL -> frame.allocate(code.valueBytes());
            case SET_FPREG -> frame.setFrame(info.frameRegister(), info.frameOffsetBytes());
            case SAVE_NONVOL, SAVE_NONVOL_FAR -> frame.save(code.register(), code.valueBytes());
            case PUSH_MACHFRAME -> {
                // No call made this frame: nothing but the machine frame is on the stack.
                frame.allocate(-frame.depth());
                long errorCode = code.register() == 1 ? 8 : 0;
                frame.interrupted(errorCode + 24, errorCode);
            }
            case EPILOG, SPARE, SAVE_XMM128, SAVE_XMM128_FAR -> {}
        }
    }
}
