package oriel.triage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oriel.engine.symbols.Symbolizer;
import oriel.model.Diagnostic;
import oriel.model.Target;
import oriel.triage.report.CrashReport;
import oriel.triage.report.HandleSummary;
import oriel.triage.report.ModuleEntry;

/**
 * Judges a target. A pure function: it reads nothing but the target and its symbols, prints nothing
 * and never throws because of what is in them. A section that cannot be worked out is empty, and a
 * diagnostic says why.
 */
public final class Analyzer {
    private final Target target;
    private final Guarded guarded = new Guarded();
    private final Names names;

    private Analyzer(Target target, Symbolizer symbolizer) {
        this.target = target;
        this.names = new Names(symbolizer, guarded);
    }

    /**
     * The report on a target.
     *
     * @param target what to judge; must stay as it is meanwhile
     * @param symbolizer names its addresses
     */
    public static CrashReport analyze(Target target, Symbolizer symbolizer) {
        return new Analyzer(target, symbolizer).report();
    }

    private CrashReport report() {
        List<ModuleEntry> modules =
                guarded.section(
                        "modules", List.of(), () -> new ModuleMarks(target).entries(names));
        Optional<HandleSummary> handles =
                guarded.section(
                        "handles", Optional.empty(), () -> HandleCounts.of(target.handles()));
        return new CrashReport(
                target.architecture(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(),
                target.process(),
                target.system(),
                handles,
                modules,
                target.unloadedModules(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                target.annotations(),
                diagnostics());
    }

    private List<Diagnostic> diagnostics() {
        var all = new ArrayList<Diagnostic>(target.diagnostics());
        all.addAll(guarded.diagnostics());
        return all;
    }
}
