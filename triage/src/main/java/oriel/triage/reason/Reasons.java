package oriel.triage.reason;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import oriel.model.Architecture;
import oriel.model.Assertion;
import oriel.model.CodeLocation;
import oriel.model.SystemInfo.Platform;
import oriel.model.Target;
import oriel.model.TargetException;
import oriel.triage.report.CrashReason;
import oriel.triage.report.Fact;
import oriel.triage.report.MemoryAccess;

/** Puts the exception of a target into words. For one thread. */
public final class Reasons {
    private static final int NONCONTINUABLE = 1;
    private static final int LONGEST_TEXT = 512;

    private final Target target;
    private final Architecture architecture;
    private final TargetText text;
    private final LongFunction<CodeLocation> locator;

    /**
     * @param target whose memory holds what was thrown
     * @param locator names an address
     */
    public Reasons(Target target, LongFunction<CodeLocation> locator) {
        this.target = target;
        this.architecture = target.architecture();
        this.text = new TargetText(target.memory(), architecture);
        this.locator = locator;
    }

    /**
     * The reason of a crash.
     *
     * @param access the memory access that failed
     * @param functions names on the crashing stack, innermost first
     */
    public CrashReason reason(
            TargetException exception, Optional<MemoryAccess> access, List<String> functions) {
        Platform platform = target.system().platform();
        boolean windows = platform == Platform.WINDOWS || platform == Platform.UNKNOWN;
        CodeNames.Named named =
                windows
                        ? CodeNames.exception(exception.code())
                        : ForeignNames.of(platform, exception.code());
        var details = new ArrayList<Fact>();
        if (windows) {
            details.addAll(details(exception));
        }
        target.assertion().ifPresent(assertion -> details.addAll(assertion(assertion)));
        LanguagePanic.of(functions).ifPresent(details::add);
        if (exception.nested().isPresent() && exception.nested().getAsLong() != 0) {
            String va = "0x" + Long.toHexString(exception.nested().getAsLong());
            details.add(new Fact("nested exception record", va));
        }
        return new CrashReason(
                exception.code(),
                named.name(),
                named.meaning(),
                summary(named, access, details),
                exception.address(),
                (exception.flags() & NONCONTINUABLE) != 0,
                exception.parameters(),
                details);
    }

    /** A failed access in one line: {@code read of 8 bytes at 0x10 (null page, null+0x10)}. */
    public static String text(MemoryAccess failed) {
        String size =
                failed.sizeBytes().isPresent()
                        ? " of " + failed.sizeBytes().getAsInt() + " bytes at "
                        : " at ";
        return failed.kind().text()
                + size
                + "0x"
                + Long.toHexString(failed.place().va())
                + " ("
                + failed.place().text()
                + ")";
    }

    private static String summary(
            CodeNames.Named named, Optional<MemoryAccess> access, List<Fact> details) {
        if (access.isPresent()) {
            return named.name() + ": " + text(access.get());
        }
        for (Fact detail : details) {
            switch (detail.name()) {
                case "fast fail",
                        "thrown type",
                        "exception class",
                        "error",
                        "assertion",
                        "DLL",
                        "runtime" -> {
                    return named.name() + ": " + detail.value();
                }
                default -> {}
            }
        }
        return named.meaning().isEmpty() ? named.name() : named.name() + ": " + named.meaning();
    }

    private List<Fact> details(TargetException exception) {
        List<Long> parameters = exception.parameters();
        int size = architecture.pointerSize();
        return switch (exception.code()) {
            case 0xc0000006 ->
                    parameters.size() < 3 ? List.of() : status("error", parameters.get(2));
            case 0xc0000409 -> parameters.isEmpty() ? List.of() : fastFail(parameters.get(0));
            case 0xe06d7363 -> thrown(exception);
            case 0xe0434352, 0xe0434f4d ->
                    parameters.isEmpty() ? List.of() : hresult(parameters.get(0));
            case 0x0eedfade, 0x0eedface, 0xe0465043 -> DelphiThrow.facts(parameters, text, size);
            case 0xc0000374 ->
                    parameters.isEmpty()
                            ? List.of()
                            : HeapFailure.facts(parameters.get(0), text, size);
            case 0xc06d007e, 0xc06d007f ->
                    parameters.isEmpty()
                            ? List.of()
                            : DelayLoad.facts(parameters.get(0), text, size);
            case 0x406d1388 -> textAt("thread name", parameters, 1);
            case 0x40010006 -> textAt("message", parameters, 1);
            case 0x80000100 -> wineStub(parameters);
            case 0x40080201, 0x40080202 -> winRt(parameters);
            case 0xc0000194 ->
                    parameters.isEmpty() ? List.of() : hex("critical section", parameters.get(0));
            case 0xe0000008 ->
                    parameters.isEmpty()
                            ? List.of()
                            : List.of(new Fact("bytes wanted", parameters.get(0).toString()));
            case 0xc0000421 ->
                    parameters.isEmpty() ? List.of() : hex("verifier stop", parameters.get(0));
            default -> List.of();
        };
    }

    private static List<Fact> status(String name, long value) {
        int code = (int) value;
        return List.of(new Fact(name, CodeNames.withName(code, CodeNames.status(code))));
    }

    private static List<Fact> hresult(long value) {
        int code = (int) value;
        return List.of(new Fact("error", CodeNames.withName(code, CodeNames.hresult(code))));
    }

    private static List<Fact> hex(String name, long value) {
        return List.of(new Fact(name, "0x" + Long.toHexString(value)));
    }

    private static List<Fact> fastFail(long code) {
        String value =
                CodeNames.fastFail(code)
                        .map(n -> n.name() + " (" + code + "): " + n.meaning())
                        .orElse("code " + Long.toUnsignedString(code));
        return List.of(new Fact("fast fail", value));
    }

    private List<Fact> thrown(TargetException exception) {
        Optional<ThrownType> thrown = ThrownType.of(exception, text, architecture, locator);
        if (thrown.isEmpty()) {
            return List.of();
        }
        List<String> names = thrown.get().names();
        if (names.isEmpty()) {
            return List.of(new Fact("thrown type", "rethrown exception"));
        }
        var facts = new ArrayList<Fact>();
        facts.add(new Fact("thrown type", names.get(0)));
        if (names.size() > 1) {
            facts.add(
                    new Fact("also caught as", String.join(", ", names.subList(1, names.size()))));
        }
        if (names.contains("rust_panic")) {
            facts.add(new Fact("runtime", "Rust panic"));
        }
        if (names.contains("std::exception") || names.contains("class std::exception")) {
            // std::exception of the Visual C++ runtime: vtable, then the text of what().
            OptionalLong what = text.pointer(thrown.get().objectVa() + architecture.pointerSize());
            if (what.isPresent()) {
                text.ascii(what.getAsLong(), LONGEST_TEXT)
                        .ifPresent(words -> facts.add(new Fact("message", words)));
            }
        }
        return facts;
    }

    private List<Fact> textAt(String name, List<Long> parameters, int index) {
        return parameters.size() <= index
                ? List.of()
                : text.ascii(parameters.get(index), LONGEST_TEXT)
                        .map(words -> List.of(new Fact(name, words)))
                        .orElse(List.of());
    }

    private List<Fact> wineStub(List<Long> parameters) {
        var facts = new ArrayList<>(textAt("DLL", parameters, 0));
        if (parameters.size() > 1 && parameters.get(1) >>> 16 == 0) {
            facts.add(new Fact("function", "ordinal " + parameters.get(1)));
        } else {
            facts.addAll(textAt("function", parameters, 1));
        }
        return facts;
    }

    private List<Fact> winRt(List<Long> parameters) {
        if (parameters.size() < 3) {
            return List.of();
        }
        var facts = new ArrayList<>(hresult(parameters.get(0)));
        long units = parameters.get(1);
        if (units > 0 && units < LONGEST_TEXT) {
            text.utf16(parameters.get(2), (int) units, LONGEST_TEXT)
                    .ifPresent(words -> facts.add(new Fact("message", words)));
        }
        return facts;
    }

    private static List<Fact> assertion(Assertion assertion) {
        var facts = new ArrayList<Fact>();
        String what =
                switch (assertion.kind()) {
                    case INVALID_PARAMETER -> "invalid parameter";
                    case PURE_VIRTUAL_CALL -> "pure virtual call";
                    case UNKNOWN -> "assertion failed";
                };
        String expression = TargetText.clean(assertion.expression());
        facts.add(new Fact("assertion", expression.isEmpty() ? what : what + ": " + expression));
        if (!assertion.function().isEmpty()) {
            facts.add(new Fact("asserted in", TargetText.clean(assertion.function())));
        }
        if (!assertion.file().isEmpty()) {
            String line = assertion.line() > 0 ? ":" + assertion.line() : "";
            facts.add(new Fact("asserted at", TargetText.clean(assertion.file()) + line));
        }
        return facts;
    }
}
