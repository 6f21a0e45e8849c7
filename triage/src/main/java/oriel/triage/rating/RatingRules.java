package oriel.triage.rating;

import static oriel.triage.report.Exploitability.EXPLOITABLE;
import static oriel.triage.report.Exploitability.NOT_AN_EXCEPTION;
import static oriel.triage.report.Exploitability.NOT_EXPLOITABLE;
import static oriel.triage.report.Exploitability.NOT_LIKELY;
import static oriel.triage.report.Exploitability.PROBABLE;
import static oriel.triage.report.Exploitability.UNKNOWN;

import java.util.Optional;
import oriel.engine.disasm.FlowKind;
import oriel.model.SystemInfo.Platform;
import oriel.triage.place.Places;
import oriel.triage.report.Exploitability;
import oriel.triage.report.MemoryAccess;
import oriel.triage.report.PlaceKind;
import oriel.triage.report.Rating;

/**
 * The rules by which a crash is rated, in order; the first that fits decides. They follow the list
 * of WinAppDbg and, where that knows no difference, the ratings of Breakpad: a write through a wild
 * pointer is probably exploitable, through a pointer that an attacker may have filled it is
 * exploitable, in the null page it is not likely, because Windows maps nothing there.
 */
public final class RatingRules {
    private RatingRules() {}

    /** The rating of a crash; {@code facts} is empty when nothing was raised. */
    public static Rating rate(Optional<CrashFacts> facts) {
        if (facts.isEmpty() || isNoError(facts.get().exception().code())) {
            return rating(NOT_AN_EXCEPTION, "NotAnException", "no error was raised");
        }
        CrashFacts crash = facts.get();
        if (crash.platform() != Platform.WINDOWS && crash.platform() != Platform.UNKNOWN) {
            return rating(UNKNOWN, "NotWindows", "the rules are for Windows only");
        }
        return stack(crash)
                .or(() -> byCode(crash))
                .or(() -> access(crash))
                .or(() -> otherCodes(crash))
                .orElseGet(() -> rating(UNKNOWN, "Unknown", "no rule fits this exception"));
    }

    /** For a crash that could not be judged. */
    public static Rating unrated() {
        return rating(UNKNOWN, "Unknown", "the crash could not be judged");
    }

    /** Notifications that look like exceptions: output, thread names, Ctrl-C, requested dumps. */
    private static boolean isNoError(int code) {
        return switch (code) {
            case 0x40010005, 0x40010006, 0x40010008, 0x4001000a, 0x406d1388, 0x04242420 -> true;
            case 0x0517a7ed, 0x40080201, 0x40080202 -> true;
            default -> false;
        };
    }

    private static Optional<Rating> stack(CrashFacts crash) {
        if (crash.exception().code() == 0xc00000fd) {
            return some(
                    NOT_EXPLOITABLE,
                    "StackExhaustion",
                    "the stack is used up, which a guard page caught; nothing was overwritten");
        }
        if (isAt(crash, PlaceKind.STACK)) {
            return some(
                    EXPLOITABLE,
                    "StackCodeExecution",
                    "the program counter is in a stack: data was about to run as code");
        }
        if (crash.stackPointerAstray()) {
            return some(
                    EXPLOITABLE,
                    "StackPointerCorruption",
                    "the stack pointer is outside the stack of its thread");
        }
        return Optional.empty();
    }

    private static Optional<Rating> byCode(CrashFacts crash) {
        return switch (crash.exception().code()) {
            case 0xc000001d -> Optional.of(illegalInstruction(crash));
            case 0xc0000096 ->
                    some(
                            EXPLOITABLE,
                            "PrivilegedInstruction",
                            "an instruction that only the kernel may use: perhaps data run as"
                                    + " code");
            case 0x80000001 ->
                    some(
                            EXPLOITABLE,
                            "GuardPage",
                            "a guard page was touched: perhaps a buffer overflowed into it");
            case 0xc0000409 -> Optional.of(FastFailRules.rate(crash.parameters()));
            case 0xc0000374 ->
                    some(
                            EXPLOITABLE,
                            "HeapCorruption",
                            "the heap's own data was overwritten before this point");
            default -> Optional.empty();
        };
    }

    private static Rating illegalInstruction(CrashFacts crash) {
        boolean trap =
                crash.code().isPresent()
                        && crash.code().get().instruction().flow() == FlowKind.UNDEFINED;
        if (trap && isAt(crash, PlaceKind.IMAGE)) {
            return rating(
                    NOT_LIKELY,
                    "IllegalInstructionTrap",
                    "an instruction that compilers put where the program must stop on purpose");
        }
        return rating(
                EXPLOITABLE,
                "IllegalInstruction",
                "the bytes at the program counter are no instruction: perhaps data run as code");
    }

    private static Optional<Rating> access(CrashFacts crash) {
        if (crash.access().isEmpty() || crash.exception().code() == 0xc0000006) {
            return Optional.empty();
        }
        boolean nearNull = Places.isNearNull(crash.access().get().place().va());
        return switch (crash.access().get().kind()) {
            case EXECUTE -> Optional.of(execute(crash, nearNull));
            case WRITE -> Optional.of(write(crash, nearNull));
            case READ, UNKNOWN -> Optional.of(read(crash, nearNull));
        };
    }

    private static Rating execute(CrashFacts crash, boolean nearNull) {
        if (crash.access().get().origin() == MemoryAccess.Origin.WORKED_OUT) {
            return rating(
                    EXPLOITABLE,
                    "NonCanonicalBranch",
                    "a call, jump or return to a value that cannot be an address");
        }
        boolean fetch = !crash.parameters().isEmpty() && crash.parameters().get(0) == 8;
        String rule = fetch ? "DEPViolation" : "ReadAVonIP";
        return nearNull
                ? rating(PROBABLE, rule, "a call or jump through a pointer that is almost null")
                : rating(EXPLOITABLE, rule, "the program counter itself went astray");
    }

    private static Rating write(CrashFacts crash, boolean nearNull) {
        if (nearNull) {
            return rating(
                    NOT_LIKELY,
                    "WriteAVNearNull",
                    "a write in the null page, which Windows never maps");
        }
        if (crash.pointerText().isPresent()) {
            return rating(
                    EXPLOITABLE,
                    "WriteAVTextPointer",
                    "a write through a pointer that was overwritten by text" + quoted(crash));
        }
        return switch (crash.access().get().place().kind()) {
            case NON_CANONICAL ->
                    rating(
                            EXPLOITABLE,
                            "WriteAVNonCanonical",
                            "a write through a value that cannot be a pointer: it was overwritten");
            case FILL_PATTERN ->
                    rating(
                            EXPLOITABLE,
                            "WriteAVFillPattern",
                            "a write through a pointer taken from freed or never written memory");
            default -> rating(PROBABLE, "WriteAV", "a write through a wild pointer");
        };
    }

    private static Rating read(CrashFacts crash, boolean nearNull) {
        boolean branch = crash.code().isPresent() && isBranch(crash);
        if (branch) {
            return nearNull
                    ? rating(
                            PROBABLE,
                            "ReadAVonControlFlow",
                            "the target of a call or jump was read in the null page")
                    : rating(
                            EXPLOITABLE,
                            "ReadAVonControlFlow",
                            "the target of a call, jump or return was read through a wild pointer");
        }
        if (nearNull) {
            return rating(
                    NOT_LIKELY,
                    "ReadAVNearNull",
                    "a read in the null page, which Windows never maps");
        }
        return tainted(crash);
    }

    private static boolean isBranch(CrashFacts crash) {
        return switch (crash.code().get().instruction().flow()) {
            case INDIRECT_CALL, INDIRECT_JUMP, RETURN, CALL, JUMP, CONDITIONAL -> true;
            case NEXT, INTERRUPT, UNDEFINED -> false;
        };
    }

    /** Reads through wild pointers: what would the value have been used for? */
    private static Rating tainted(CrashFacts crash) {
        if (crash.pointerText().isPresent()) {
            return rating(
                    EXPLOITABLE,
                    "ReadAVTextPointer",
                    "a read through a pointer that was overwritten by text" + quoted(crash));
        }
        if (crash.taint().isPresent()) {
            String use = crash.taint().get().instruction();
            switch (crash.taint().get().kind()) {
                case CODE_FLOW -> {
                    return rating(
                            EXPLOITABLE,
                            "TaintedDataControlsCodeFlow",
                            "the value read is then called or jumped to: " + use);
                }
                case BLOCK_WRITE -> {
                    return rating(
                            PROBABLE,
                            "TaintedDataControlsBlockWrite",
                            "the value read then steers a block write: " + use);
                }
                case WRITE_ADDRESS -> {
                    return rating(
                            PROBABLE,
                            "TaintedDataControlsWriteAddress",
                            "the value read is then the address of a write: " + use);
                }
                case ARGUMENT, RETURNED, BRANCH -> {}
            }
        }
        if (crash.code().isPresent() && crash.code().get().isBlockMove()) {
            return rating(
                    PROBABLE, "ReadAVonBlockMove", "a block copy read through a wild pointer");
        }
        return switch (crash.access().get().place().kind()) {
            case FILL_PATTERN ->
                    rating(
                            PROBABLE,
                            "ReadAVFillPattern",
                            "a read through a pointer taken from freed or never written memory");
            case NON_CANONICAL ->
                    rating(
                            UNKNOWN,
                            "ReadAVNonCanonical",
                            "a read through a value that cannot be a pointer");
            default -> harmlessRead(crash);
        };
    }

    private static Rating harmlessRead(CrashFacts crash) {
        if (crash.taint().isEmpty()) {
            return rating(UNKNOWN, "ReadAV", "a read through a wild pointer, with no use in sight");
        }
        String use = crash.taint().get().instruction();
        return switch (crash.taint().get().kind()) {
            case ARGUMENT ->
                    rating(
                            UNKNOWN,
                            "TaintedDataPassedToFunction",
                            "the value read is then passed to a function: " + use);
            case RETURNED ->
                    rating(
                            UNKNOWN,
                            "TaintedDataReturnedFromFunction",
                            "the value read is then returned");
            case BRANCH ->
                    rating(
                            UNKNOWN,
                            "TaintedDataControlsBranch",
                            "the value read then decides a branch: " + use);
            case CODE_FLOW, BLOCK_WRITE, WRITE_ADDRESS ->
                    throw new IllegalStateException("rated before");
        };
    }

    private static Optional<Rating> otherCodes(CrashFacts crash) {
        return switch (crash.exception().code()) {
            case 0xc0000094,
                    0xc0000095,
                    0xc000008e,
                    0xc000008f,
                    0xc0000090,
                    0xc0000091,
                    0xc0000092,
                    0xc0000093,
                    0xc000008d,
                    0xc00002b4,
                    0xc00002b5 ->
                    some(NOT_LIKELY, "DivideByZero", "an arithmetic error; memory is intact");
            case 0x80000003, 0x4000001f, 0x80000004, 0x4000001e ->
                    some(UNKNOWN, "Breakpoint", "a breakpoint: an assertion, or a request to stop");
            case 0xc0000006 ->
                    some(
                            NOT_EXPLOITABLE,
                            "InPageError",
                            "a file could not be read: a disk or network error");
            case 0xe06d7363,
                    0xe0434352,
                    0xe0434f4d,
                    0x0eedfade,
                    0x0eedface,
                    0x0eefface,
                    0x20474343,
                    0xe0465043 ->
                    some(
                            NOT_LIKELY,
                            "UnhandledLanguageException",
                            "an exception of the language was not handled; memory is intact");
            case 0xc000000d, 0xc0000417, 0x40000015, 0xc0000420 ->
                    some(
                            NOT_LIKELY,
                            "FailedCheck",
                            "a check of the program or its runtime stopped it");
            case 0xc0000017, 0xe0000008, 0xc000009a ->
                    some(NOT_LIKELY, "OutOfMemory", "memory ran out");
            case 0x80000002, 0xc00000aa ->
                    some(NOT_LIKELY, "Misalignment", "an address was not aligned");
            case 0xc00001a5 ->
                    some(
                            EXPLOITABLE,
                            "InvalidExceptionHandler",
                            "the chain of exception handlers was overwritten");
            default -> Optional.empty();
        };
    }

    private static boolean isAt(CrashFacts crash, PlaceKind kind) {
        return crash.pc().isPresent() && crash.pc().get().kind() == kind;
    }

    private static String quoted(CrashFacts crash) {
        return crash.pointerText().map(text -> " (\"" + text + "\")").orElse("");
    }

    private static Optional<Rating> some(Exploitability level, String rule, String reason) {
        return Optional.of(rating(level, rule, reason));
    }

    static Rating rating(Exploitability level, String rule, String reason) {
        return new Rating(level, rule, reason);
    }
}
