package oriel.engine.code;

import java.util.OptionalLong;
import java.util.Set;
import oriel.engine.disasm.CodeRegister;
import oriel.engine.disasm.Disassembler;
import oriel.engine.disasm.FlowKind;
import oriel.engine.disasm.Instruction;
import oriel.engine.disasm.Operand;
import oriel.model.Architecture;
import oriel.model.Memory;

/**
 * Tells calls that never return. Compilers put nothing behind them, so whoever reads on is in the
 * padding, and then in the next function.
 */
final class CallEnds {
    /**
     * Functions that do not return, without the underscores of their names. RaiseException is not
     * one of them: it returns when a debugger or a handler says so, as for the names of threads.
     */
    private static final Set<String> NO_RETURN =
            Set.of(
                    "abort",
                    "exit",
                    "Exit",
                    "quick_exit",
                    "terminate",
                    "std::terminate",
                    "?terminate@@YAXXZ",
                    "std_terminate",
                    "longjmp",
                    "assert",
                    "wassert",
                    "assert_fail",
                    "amsg_exit",
                    "o_exit",
                    "o_abort",
                    "o_terminate",
                    "o__exit",
                    "ExitProcess",
                    "ExitThread",
                    "FreeLibraryAndExitThread",
                    "FatalExit",
                    "FatalAppExitA",
                    "FatalAppExitW",
                    "RaiseFailFastException",
                    "RtlExitUserProcess",
                    "RtlExitUserThread",
                    "RtlRaiseStatus",
                    "RtlRestoreContext",
                    "RtlReportFatalFailure",
                    "KeBugCheck",
                    "KeBugCheckEx",
                    "KeBugCheck2",
                    "ExRaiseStatus",
                    "PsTerminateSystemThread",
                    "fastfail",
                    "scrt_fastfail",
                    "report_rangecheckfailure",
                    "report_securityfailure",
                    "report_gsfailure",
                    "invoke_watson",
                    "invalid_parameter_noinfo_noreturn",
                    "CxxThrowException",
                    "cxa_throw",
                    "cxa_rethrow",
                    "cxa_bad_cast",
                    "cxa_pure_virtual",
                    "cxa_throw_bad_array_new_length",
                    "Unwind_Resume",
                    "stack_chk_fail",
                    "rust_panic",
                    "rust_start_panic");

    private static final int MOST_PADDING = 64;
    private static final int ALIGNMENT = 16;

    private final Architecture architecture;
    private final Memory memory;
    private final FunctionNames names;
    private final Disassembler disassembler;
    private final Instruction instruction = new Instruction();

    CallEnds(Architecture architecture, Memory memory, FunctionNames names) {
        this.architecture = architecture;
        this.memory = memory;
        this.names = names;
        this.disassembler = Disassembler.of(architecture);
    }

    /** Whether a call comes back as far as the name of what it calls tells. */
    boolean returns(Instruction call) {
        OptionalLong target = call.branchTarget();
        if (target.isEmpty()) {
            return !isNoReturn(slot(call));
        }
        if (isNoReturn(target)) {
            return false;
        }
        // a stub that jumps to what another module exports
        byte[] code = memory.readUpTo(target.getAsLong(), Disassembler.LONGEST);
        return code.length == 0
                || !disassembler.decode(code, 0, code.length, target.getAsLong(), instruction)
                || instruction.flow() != FlowKind.INDIRECT_JUMP
                || !isNoReturn(slot(instruction));
    }

    /** The address of memory at which an indirect branch finds its target, when it is fixed. */
    private static OptionalLong slot(Instruction branch) {
        OptionalLong relative = branch.pcRelativeTarget();
        if (relative.isPresent() || branch.operandCount() == 0) {
            return relative;
        }
        Operand operand = branch.operand(0);
        boolean fixed =
                operand.isMemory()
                        && operand.base() == CodeRegister.NONE
                        && operand.index() == CodeRegister.NONE
                        && !operand.segmentOverridden();
        return fixed
                ? OptionalLong.of(
                        operand.addressBytes() == 4
                                ? operand.displacement() & 0xffffffffL
                                : operand.displacement())
                : OptionalLong.empty();
    }

    private boolean isNoReturn(OptionalLong va) {
        return va.isPresent()
                && names.nameAt(va.getAsLong()).filter(CallEnds::isNoReturn).isPresent();
    }

    /** Whether a name, decorated as C and imports are, is of a function that does not return. */
    static boolean isNoReturn(String name) {
        int start = name.startsWith("_imp_") ? 5 : name.startsWith("__imp_") ? 6 : 0;
        while (start < name.length() && name.charAt(start) == '_') {
            start++;
        }
        int at = name.indexOf('@');
        boolean isDecorated = at > start && name.charAt(start) != '?';
        String plain = isDecorated ? name.substring(start, at) : name.substring(start);
        return NO_RETURN.contains(plain) || plain.startsWith("core::panicking::");
    }

    /** Whether another function begins at an address, by its name. */
    boolean isFunction(long va) {
        return names.nameAt(va).filter(name -> !name.startsWith("_imp_")).isPresent();
    }

    /**
     * Whether what lies behind a call is no longer this function: another one that has a name, or,
     * behind padding, one that begins as only functions do.
     */
    boolean isLast(long next) {
        byte[] code = memory.readUpTo(next, MOST_PADDING);
        int at = 0;
        while (at < code.length
                && disassembler.decode(code, at, code.length, next + at, instruction)
                && isFiller()) {
            at += instruction.length();
        }
        long behind = next + at;
        if (isFunction(behind)) {
            return true;
        }
        return at > 0 && behind % ALIGNMENT == 0 && isEntry(behind);
    }

    /** Whether it does nothing: nop, and the longer ones that GCC writes in 32-bit code. */
    private boolean isFiller() {
        String mnemonic = instruction.mnemonic();
        boolean moves = mnemonic.equals("mov") || mnemonic.equals("xchg");
        if (architecture != Architecture.X86 || !moves && !mnemonic.equals("lea")) {
            return mnemonic.equals("nop");
        }
        Operand from = instruction.operand(1);
        return moves
                ? from.is(register()) && register() != CodeRegister.NONE
                : from.base() == register()
                        && from.index() == CodeRegister.NONE
                        && from.displacement() == 0;
    }

    /** What no loop begins with: on x86, where arguments are pushed, the frame pointer alone. */
    private boolean isEntry(long va) {
        byte[] code = memory.readUpTo(va, 3 * Disassembler.LONGEST);
        if (!decode(code, 0, va)) {
            return false;
        }
        boolean patchable = is("mov", "edi") && instruction.operand(1).is(register());
        int at = 0;
        if (patchable || instruction.mnemonic().startsWith("endbr")) {
            at = instruction.length();
            if (!decode(code, at, va)) {
                return false;
            }
        }
        return switch (architecture) {
            case X86 ->
                    is("push", "ebp")
                            && decode(code, at + instruction.length(), va)
                            && is("mov", "ebp")
                            && instruction.operand(1).register().isStackPointer();
            case X64 ->
                    instruction.stackDelta().orElse(0) < 0
                            && (instruction.mnemonic().equals("push")
                                    || instruction.mnemonic().equals("sub"));
            case ARM64 ->
                    instruction.mnemonic().equals("pacibsp")
                            || instruction.mnemonic().equals("stp")
                                    && instruction.stackDelta().orElse(0) < 0;
            case ARM -> false;
        };
    }

    private CodeRegister register() {
        return instruction.operand(0).register();
    }

    private boolean decode(byte[] code, int at, long va) {
        return at < code.length && disassembler.decode(code, at, code.length, va + at, instruction);
    }

    private boolean is(String mnemonic, String register) {
        return instruction.mnemonic().equals(mnemonic) && register().name().equals(register);
    }
}
