package oriel.testkit;

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
        // A Wine for 64-bit programs alone makes the folder too, and leaves it empty.
        if (needs.with32Bit() && !Files.exists(Path.of("C:\\windows\\syswow64\\ntdll.dll"))) {
            return "this Wine runs no 32-bit programs: scripts/windows-env prepare --32";
        }
        return "";
    }
}
