package oriel.engine.symbols;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import oriel.engine.unwind.UnwindSource;
import oriel.model.Architecture;
import oriel.model.FrameTrust;
import oriel.model.Memory;
import oriel.model.Register;
import oriel.model.RegisterSet;
import oriel.model.Registers;

/**
 * What FPO_DATA or FRAMEDATA tells of a piece of x86 code, and how to find the caller by it.
 *
 * @param program postfix program; empty when there is none
 * @param usesEbp without a program: whether ebp is saved and used for other purposes
 * @param parameterBytes stack space of the parameters
 * @param savedRegisterBytes stack space of saved registers
 * @param localBytes stack space of local variables
 */
public record X86FrameData(
        String program,
        boolean usesEbp,
        long parameterBytes,
        long savedRegisterBytes,
        long localBytes) {
    /** How code with a conventional frame is left. */
    static final X86FrameData CONVENTIONAL =
            new X86FrameData("$eip $ebp 4 + ^ = $esp $ebp 8 + = $ebp $ebp ^ =", false, 0, 0, 0);

    /** The stack may have been aligned: the return address is up to this many words further on. */
    private static final int NEAR_WORDS = 3;

    /** How far to look for a return address when the computed one is not code. */
    private static final int FAR_WORDS = 40;

    private static final String[] SAVED = {"ebx", "esi", "edi"};

    /**
     * CodeView numbers (CV_REG_EBX and so on), which programs made by newer compilers use for
     * registers.
     */
    private static final String[] SAVED_BY_NUMBER = {"$20", "$23", "$24"};

    /**
     * The caller of a frame, or empty when memory is missing or the outcome cannot be.
     *
     * @param isCode whether an address can be that of an instruction
     */
    public Optional<UnwindSource.Caller> callerOf(UnwindSource.Frame frame, LongPredicate isCode) {
        RegisterSet registers = frame.registers();
        if (registers.architecture() != Architecture.X86 || registers.sp().isEmpty()) {
            return Optional.empty();
        }
        long esp = registers.sp().getAsLong();
        long search = returnAddress(frame, isCode, esp);
        PostfixProgram evaluator = prepare(frame, esp, search);
        if (!evaluator.run(effectiveProgram())
                || evaluator.assigned("$eip").isEmpty()
                || evaluator.assigned("$esp").isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(conclude(frame, isCode, evaluator, search));
    }

    /**
     * The virtual frame that variables of the function count from ({@code $T0} of the program), or
     * empty when the program computes none.
     *
     * @param isCode whether an address can be that of an instruction
     */
    public OptionalLong virtualFrame(UnwindSource.Frame frame, LongPredicate isCode) {
        OptionalLong esp = frame.registers().sp();
        if (esp.isEmpty()) {
            return OptionalLong.empty();
        }
        long search = returnAddress(frame, isCode, esp.getAsLong());
        PostfixProgram evaluator = prepare(frame, esp.getAsLong(), search);
        // What comes after it may need memory that is not there.
        boolean whole = evaluator.run(effectiveProgram());
        return whole ? evaluator.value("$T0") : evaluator.assigned("$T0");
    }

    private String effectiveProgram() {
        if (!program.isEmpty()) {
            return program;
        }
        return usesEbp
                ? "$eip .raSearch ^ = $ebp $esp .cbCalleeParams + .cbSavedRegs + 8 - ^ ="
                        + " $esp .raSearch 4 + ="
                : "$eip .raSearch ^ = $esp .raSearch 4 + =";
    }

    private PostfixProgram prepare(UnwindSource.Frame frame, long esp, long search) {
        var evaluator = new PostfixProgram(frame.memory(), Architecture.X86);
        evaluator.define("$esp", esp);
        for (String name : new String[] {"eip", "ebp", "ebx", "esi", "edi"}) {
            frame.registers().value(name).ifPresent(v -> evaluator.define("$" + name, v));
        }
        evaluator.define(".cbCalleeParams", frame.calleeParameterBytes());
        evaluator.define(".cbSavedRegs", savedRegisterBytes);
        evaluator.define(".cbLocals", localBytes);
        evaluator.define(".cbParams", parameterBytes);
        evaluator.define(".raSearch", search);
        evaluator.define(".raSearchStart", search);
        return evaluator;
    }

    /** Where the return address is likely to lie. */
    private long returnAddress(UnwindSource.Frame frame, LongPredicate isCode, long esp) {
        OptionalLong ebp = frame.registers().value("ebp");
        // An aligned esp cannot be undone: such code has a frame pointer, and the return address is
        // above what it points to.
        return program.indexOf('@') >= 0 && ebp.isPresent()
                ? ebp.getAsLong() + 4
                : searchStart(frame, isCode, esp);
    }

    private long searchStart(UnwindSource.Frame frame, LongPredicate isCode, long esp) {
        long computed =
                esp + frame.calleeParameterBytes() + localBytes + savedRegisterBytes & 0xffffffffL;
        OptionalLong found = scan(frame.memory(), isCode, computed, NEAR_WORDS);
        if (found.isEmpty()) {
            return computed;
        }
        long va = found.getAsLong();
        boolean returnedAlready =
                program.isEmpty()
                        && va == computed
                        && frame.memory().unsigned(va, 4).equals(frame.registers().pc());
        if (returnedAlready) {
            // KiFastSystemCallRet: the system call has returned to eip, yet the return address is
            // still on the stack. The real one is a word further on.
            return scan(frame.memory(), isCode, va + 4, NEAR_WORDS).orElse(va + 4);
        }
        return va;
    }

    private UnwindSource.Caller conclude(
            UnwindSource.Frame frame, LongPredicate isCode, PostfixProgram evaluator, long search) {
        long eip = evaluator.value("$eip").orElse(0);
        long esp = evaluator.value("$esp").orElse(0);
        OptionalLong ebp = evaluator.value("$ebp");
        FrameTrust trust = FrameTrust.UNWIND_INFO;
        boolean ended = eip == 0 && ebp.orElse(0) == 0;
        if (!ended && !isCode.test(eip)) {
            OptionalLong better = scan(frame.memory(), isCode, search + 4, FAR_WORDS);
            if (better.isPresent()) {
                eip = frame.memory().unsigned(better.getAsLong(), 4).orElse(0);
                esp = better.getAsLong() + 4;
                trust = FrameTrust.SCAN;
            }
        }
        boolean ebpRecovered = !program.isEmpty() || usesEbp;
        if (!ended && ebpRecovered && ebp.isPresent()) {
            ebp = OptionalLong.of(plausibleEbp(frame, ebp.getAsLong(), trust, search));
        }
        RegisterSet.Builder caller = RegisterSet.builder(Architecture.X86);
        caller.set("eip", eip).set("esp", esp);
        ebp.ifPresent(v -> caller.set("ebp", v));
        for (int i = 0; i < SAVED.length; i++) {
            Register register = Registers.require(Architecture.X86, SAVED[i]);
            OptionalLong value = evaluator.assigned("$" + SAVED[i]);
            if (value.isEmpty()) {
                value = evaluator.assigned(SAVED_BY_NUMBER[i]);
            }
            value.ifPresent(v -> caller.set(register, v));
        }
        return new UnwindSource.Caller(
                caller.build(), trust, (int) Math.min(parameterBytes, Integer.MAX_VALUE));
    }

    /**
     * A saved ebp that points nowhere is wrong: link-time code generation of Visual Studio 2005
     * wrote sizes of 0 for saved registers. Looks for a better one where it must have been saved.
     */
    private long plausibleEbp(UnwindSource.Frame frame, long ebp, FrameTrust trust, long search) {
        Memory memory = frame.memory();
        boolean skippedFrames = trust == FrameTrust.SCAN && ebp <= search;
        if (!skippedFrames && memory.unsigned(ebp, 4).isPresent()) {
            return ebp;
        }
        long low = frame.registers().sp().orElse(0) + frame.calleeParameterBytes();
        long room = Math.min(savedRegisterBytes, FAR_WORDS * 4L);
        for (long va = low + room; va >= low; va -= 4) {
            OptionalLong candidate = memory.unsigned(va, 4);
            if (candidate.isEmpty()) {
                break;
            }
            if (candidate.getAsLong() > va
                    && memory.unsigned(candidate.getAsLong(), 4).isPresent()) {
                return candidate.getAsLong();
            }
        }
        return ebp;
    }

    /** Where, from {@code va} on, a word on the stack is the address of code. */
    private static OptionalLong scan(Memory memory, LongPredicate isCode, long va, int words) {
        for (int i = 0; i < words; i++) {
            OptionalLong word = memory.unsigned(va + i * 4L, 4);
            if (word.isEmpty()) {
                break;
            }
            if (isCode.test(word.getAsLong())) {
                return OptionalLong.of(va + i * 4L);
            }
        }
        return OptionalLong.empty();
    }
}
