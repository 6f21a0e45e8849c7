package oriel.app.render;

import java.util.List;
import java.util.Optional;
import oriel.triage.report.CrashReport;
import oriel.triage.report.FrameEntry;
import oriel.triage.report.StackEntry;
import oriel.triage.report.StackSection;
import oriel.triage.report.VariableEntry;

/** Parameters and local variables of frames as text. */
final class VariablesText {
    private static final int INDENT = 3;
    private static final int MOST = 24;

    /** Characters of one argument, and of all, in a line of a stack. */
    private static final int ARGUMENT = 48;

    private static final int ARGUMENTS = 120;

    private final Page page;

    VariablesText(Page page) {
        this.page = page;
    }

    /** The variables of the frame that is blamed, or else of the first that has any. */
    void ofCrash(CrashReport report) {
        for (StackSection section : report.stacks()) {
            if (section.crashed()) {
                shown(report, section).ifPresent(this::section);
            }
        }
    }

    /** A line for each variable of a frame. */
    void list(FrameEntry frame, int indent) {
        List<VariableEntry> all = frame.variables();
        for (VariableEntry variable : all.subList(0, Math.min(MOST, all.size()))) {
            page.to(indent).styled(Style.DIM, variable.parameter() ? "param " : "local ");
            page.text(variable.type()).text(" ").text(variable.name());
            if (variable.problem().isEmpty()) {
                page.text(" = ").text(variable.value());
                page.text(variable.pointee().isEmpty() ? "" : " -> " + variable.pointee());
            } else {
                page.styled(Style.DIM, "  (" + variable.problem() + ")");
            }
            if (!variable.inlinedFunction().isEmpty()) {
                page.styled(Style.DIM, "  of inlined " + variable.inlinedFunction());
            }
            page.end();
        }
        if (all.size() > MOST) {
            page.to(indent)
                    .styled(
                            Style.DIM,
                            "... " + TextReport.count(all.size() - MOST, "more variable"))
                    .end();
        }
    }

    /** Parameters of a function or inlined function in parentheses, when any value is known. */
    void arguments(FrameEntry frame, String inlinedFunction) {
        var text = new StringBuilder();
        boolean known = false;
        for (VariableEntry variable : frame.variables()) {
            if (!variable.parameter() || !variable.inlinedFunction().equals(inlinedFunction)) {
                continue;
            }
            if (text.length() > ARGUMENTS) {
                text.append(", ...");
                break;
            }
            known |= variable.problem().isEmpty();
            text.append(text.isEmpty() ? "" : ", ").append(variable.name()).append('=');
            text.append(variable.problem().isEmpty() ? shortened(variable.value()) : "?");
        }
        if (known) {
            page.text(" (").text(text.toString()).text(")");
        }
    }

    private static String shortened(String value) {
        return value.length() <= ARGUMENT ? value : value.substring(0, ARGUMENT) + "...";
    }

    private void section(FrameEntry frame) {
        page.heading("Variables of frame " + frame.index() + ", " + frame.label());
        list(frame, INDENT);
    }

    private static Optional<FrameEntry> shown(CrashReport report, StackSection section) {
        int blamed = report.where().map(where -> where.blamedFrame()).orElse(0);
        Optional<FrameEntry> first = Optional.empty();
        for (StackEntry entry : section.entries()) {
            for (FrameEntry frame : entry.shown()) {
                boolean known = frame.variables().stream().anyMatch(v -> v.problem().isEmpty());
                if (known && frame.index() == blamed) {
                    return Optional.of(frame);
                }
                if (known && first.isEmpty()) {
                    first = Optional.of(frame);
                }
            }
        }
        return first;
    }
}
