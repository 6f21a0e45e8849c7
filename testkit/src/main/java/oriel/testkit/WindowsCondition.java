package oriel.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Decides for {@link NeedsWindows}. */
final class WindowsCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<NeedsWindows> needs =
                AnnotationSupport.findAnnotation(context.getElement(), NeedsWindows.class);
        String reason = needs.map(WindowsCondition::obstacle).orElse("");
        return reason.isEmpty()
                ? ConditionEvaluationResult.enabled("")
                : ConditionEvaluationResult.disabled(reason);
    }

    private static String obstacle(NeedsWindows needs) {
        if (!System.getProperty("os.name").startsWith("Windows")) {
            return "no Windows: scripts/windows-env prepare says why";
        }
        if (needs.withDebuggees() && !Files.exists(Debuggee.program("live", "x64"))) {
            return "no programs to look into: MinGW-w64 is not installed";
        }
        if (needs.withDebuggees() && !said("x64").isEmpty()) {
            return said("x64");
        }
        // A Wine for 64-bit programs alone makes the folder too, and leaves it empty.
        if (needs.with32Bit() && !Files.exists(Path.of("C:\\windows\\syswow64\\ntdll.dll"))) {
            return "this Wine runs no 32-bit programs: scripts/windows-env prepare --32";
        }
        return needs.with32Bit() ? said("x86") : "";
    }

    /** Why the programs of an architecture are of no use, as scripts/windows-env has found. */
    private static String said(String architecture) {
        Path reason = Debuggee.program("live", "x64").resolveSibling(architecture + ".reason");
        try {
            return Files.exists(reason) ? Files.readString(reason).strip() : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
