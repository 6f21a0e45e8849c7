package oriel.triage.rating;

import static oriel.triage.report.Exploitability.EXPLOITABLE;
import static oriel.triage.report.Exploitability.NOT_AN_EXCEPTION;
import static oriel.triage.report.Exploitability.NOT_EXPLOITABLE;
import static oriel.triage.report.Exploitability.NOT_LIKELY;
import static oriel.triage.report.Exploitability.PROBABLE;
import static oriel.triage.report.Exploitability.UNKNOWN;

import java.util.List;
import java.util.Optional;
import oriel.model.BugCheck;
import oriel.triage.bugcheck.BugChecks;
import oriel.triage.report.Rating;

/** How bad a bug check is: by its code where that says all, else by the exception behind it. */
public final class BugCheckRules {
    private BugCheckRules() {}

    /**
     * The rating.
     *
     * @param crash the exception behind it; empty when there was none
     */
    public static Rating rate(BugCheck bugCheck, Optional<CrashFacts> crash) {
        if (BugChecks.isOnPurpose(bugCheck)) {
            return new Rating(
                    NOT_AN_EXCEPTION,
                    "StoppedOnPurpose",
                    "the dump was asked for, or is a report of a system that went on");
        }
        if (BugChecks.isHardware(bugCheck)) {
            return new Rating(
                    NOT_EXPLOITABLE, "HardwareFailure", "the hardware says that it failed");
        }
        if (BugChecks.isCorruption(bugCheck)) {
            return new Rating(
                    PROBABLE,
                    "KernelMemoryCorruption",
                    "memory of the kernel was overwritten before this point");
        }
        return switch ((int) bugCheck.baseCode()) {
            case 0x139 -> FastFailRules.rate(List.of(bugCheck.parameter(0)));
            case 0xf7 ->
                    new Rating(
                            EXPLOITABLE,
                            "GSViolation",
                            "a stack cookie was overwritten: a buffer overflow in a driver");
            case 0xbe ->
                    new Rating(
                            PROBABLE, "WriteToReadOnly", "a write through a wild pointer, to code");
            case 0x101, 0x102, 0x133, 0x9f, 0x116, 0x117, 0x141, 0x1ca, 0x1cf, 0x1db, 0xea ->
                    new Rating(
                            NOT_LIKELY, "Hang", "something took too long; memory is not at fault");
            case 0xef, 0xf4, 0xc000021a ->
                    new Rating(
                            NOT_LIKELY,
                            "CriticalProcessDied",
                            "a process that Windows needs ended; the kernel is not at fault");
            default ->
                    crash.isPresent()
                            ? RatingRules.rate(crash)
                            : new Rating(UNKNOWN, "BugCheck", "no rule fits this bug check");
        };
    }
}
