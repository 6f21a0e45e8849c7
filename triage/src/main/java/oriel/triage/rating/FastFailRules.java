package oriel.triage.rating;

import static oriel.triage.report.Exploitability.EXPLOITABLE;
import static oriel.triage.report.Exploitability.NOT_EXPLOITABLE;
import static oriel.triage.report.Exploitability.NOT_LIKELY;
import static oriel.triage.report.Exploitability.PROBABLE;
import static oriel.triage.report.Exploitability.UNKNOWN;

import java.util.List;
import oriel.triage.reason.CodeNames;
import oriel.triage.report.Exploitability;
import oriel.triage.report.Rating;

/**
 * Rates STATUS_STACK_BUFFER_OVERRUN by its subcode: since Windows 8 the code stands for every
 * {@code __fastfail}, of which a broken stack cookie is but one and {@code abort} the most common.
 */
final class FastFailRules {
    private FastFailRules() {}

    static Rating rate(List<Long> parameters) {
        if (parameters.isEmpty()) {
            return new Rating(
                    EXPLOITABLE,
                    "GSViolation",
                    "a stack cookie was overwritten: a buffer overflow");
        }
        long code = parameters.get(0);
        String meaning = CodeNames.fastFail(code).map(CodeNames.Named::meaning).orElse("");
        if (code == 0 || code == 2) {
            return new Rating(EXPLOITABLE, "GSViolation", meaning);
        }
        String reason = meaning.isEmpty() ? "fast fail with unknown code " + code : meaning;
        return new Rating(level(code), "FastFail", reason);
    }

    private static Exploitability level(long code) {
        if (code < 0 || code > 77) {
            return UNKNOWN;
        }
        return switch ((int) code) {
            // Damaged pointers, lists, trees, tables and control flow, caught in the act.
            case 1, 3, 4, 10, 11, 13, 18, 19, 21, 29, 35, 37, 38, 39, 44, 47, 49, 50 -> EXPLOITABLE;
            case 57, 60, 64, 65, 70, 71, 73, 74, 75 -> EXPLOITABLE;
            case 8, 12, 14, 28, 36, 40, 46, 51, 56, 59 -> PROBABLE;
            // The program stopped itself: abort, terminate, std::process::abort.
            case 7 -> NOT_EXPLOITABLE;
            case 5, 22, 23, 25, 27, 43, 45, 52, 53, 54, 55, 72 -> NOT_LIKELY;
            default -> UNKNOWN;
        };
    }
}
