package oriel.triage.reason;

import java.util.List;
import java.util.Optional;
import oriel.triage.report.Fact;

/**
 * Recognises panics of Rust and Go by the functions of their runtimes: to Windows they look like
 * any abort or exception.
 */
final class LanguagePanic {
    private static final int DEPTH = 40;

    private LanguagePanic() {}

    static Optional<Fact> of(List<String> functions) {
        int depth = Math.min(functions.size(), DEPTH);
        for (int i = 0; i < depth; i++) {
            String name = functions.get(i);
            if (isRust(name)) {
                return Optional.of(new Fact("runtime", "Rust panic"));
            }
            if (isGo(name)) {
                return Optional.of(new Fact("runtime", "Go panic"));
            }
        }
        return Optional.empty();
    }

    private static boolean isRust(String name) {
        return name.equals("rust_panic")
                || name.equals("rust_begin_unwind")
                || name.equals("__rust_start_panic")
                || name.startsWith("core::panicking::")
                || name.startsWith("panic_abort::")
                || name.startsWith("panic_unwind::")
                || name.startsWith("std::panicking::rust_panic")
                || name.startsWith("std::panicking::begin_panic");
    }

    private static boolean isGo(String name) {
        return switch (name) {
            case "runtime.gopanic",
                    "runtime.throw",
                    "runtime.fatalpanic",
                    "runtime.fatalthrow",
                    "runtime.fatal",
                    "runtime.crash",
                    "runtime.abort",
                    "runtime.badsignal2",
                    "runtime.dieFromException",
                    "runtime.sigpanic",
                    "runtime.panicmem" ->
                    true;
            default -> false;
        };
    }
}
