package oriel.triage.bucket;

import java.util.Locale;
import java.util.Optional;
import oriel.triage.reason.CodeNames;
import oriel.triage.report.BugCheckEntry;
import oriel.triage.report.CrashReason;
import oriel.triage.report.Fact;
import oriel.triage.report.MemoryAccess;
import oriel.triage.report.Place;

/**
 * What happened, in the two forms that buckets use.
 *
 * @param key for the signature: the same in every run, so without addresses
 * @param shown for people: {@code AVR@NULL+8}, {@code FailFast:FatalAppExit}, {@code
 *     C++:std::runtime_error}
 */
record CrashKind(String key, String shown) {
    private static final int ACCESS_VIOLATION = 0xc0000005;
    private static final int FAST_FAIL = 0xc0000409;

    static CrashKind of(CrashReason reason, Optional<MemoryAccess> access) {
        String code = String.format(Locale.ROOT, "%08x", reason.code());
        String shortName = CodeNames.exception(reason.code()).shortName();
        if (reason.code() == ACCESS_VIOLATION && access.isPresent()) {
            String letter =
                    switch (access.get().kind()) {
                        case READ -> "R";
                        case WRITE -> "W";
                        case EXECUTE -> "E";
                        case UNKNOWN -> "";
                    };
            return new CrashKind(code + letter, "AV" + letter + "@" + where(access.get().place()));
        }
        if (reason.code() == FAST_FAIL && !reason.parameters().isEmpty()) {
            long sub = reason.parameters().get(0);
            String name =
                    CodeNames.fastFail(sub)
                            .map(CodeNames.Named::shortName)
                            .orElse("0x" + Long.toHexString(sub));
            return new CrashKind(code + ":" + Long.toHexString(sub), shortName + ":" + name);
        }
        Optional<String> particular = particular(reason);
        return new CrashKind(
                code + particular.map(p -> ":" + p).orElse(""),
                shortName + particular.map(p -> ":" + p.replace(' ', '_')).orElse(""));
    }

    /** What tells exceptions of one code apart: the class thrown, the error wrapped in it. */
    private static Optional<String> particular(CrashReason reason) {
        for (Fact detail : reason.details()) {
            switch (detail.name()) {
                case "thrown type", "exception class", "error" -> {
                    return Optional.of(detail.value());
                }
                default -> {}
            }
        }
        return Optional.empty();
    }

    /** The same of a bug check: code, case, and the exception behind it. */
    static CrashKind of(
            BugCheckEntry bugCheck,
            Optional<CrashReason> exception,
            Optional<MemoryAccess> access) {
        long code = bugCheck.code() >>> 28 == 1 ? bugCheck.code() & 0x0fffffffL : bugCheck.code();
        String number = Long.toHexString(code);
        var key = new StringBuilder("bugcheck ").append(number);
        var shown = new StringBuilder("0x").append(number.toUpperCase(Locale.ROOT));
        if (!bugCheck.particular().isEmpty()) {
            key.append(':').append(bugCheck.particular());
            shown.append(':').append(bugCheck.particular());
        }
        if (exception.isPresent() && bugCheck.particular().isEmpty()) {
            CrashKind inner = of(exception.get(), access);
            key.append(':').append(inner.key);
            shown.append(':').append(inner.shown);
        }
        return new CrashKind(key.toString(), shown.toString());
    }

    private static String where(Place place) {
        return switch (place.kind()) {
            case NULL_PAGE -> place.va() == 0 ? "NULL" : "NULL+" + Long.toHexString(place.va());
            case NON_CANONICAL -> "NonCanonical";
            case KERNEL -> "Kernel";
            case FILL_PATTERN -> "Poison";
            case STACK -> "Stack";
            case GUARD -> "Guard";
            case IMAGE -> "Image";
            case UNLOADED_IMAGE -> "Unloaded";
            case PRIVATE, MAPPED, MEMORY -> "NoAccess";
            case RESERVED -> "Reserved";
            case FREE -> "Unallocated";
            case UNKNOWN -> "Arbitrary";
        };
    }
}
