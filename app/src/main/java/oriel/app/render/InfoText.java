package oriel.app.render;

import java.util.List;
import java.util.Locale;
import oriel.engine.dump.DumpTarget;
import oriel.engine.kernel.KernelView;
import oriel.model.AddressRange;
import oriel.model.BugCheck;
import oriel.model.Diagnostic;
import oriel.model.LoadedModule;
import oriel.model.Target;
import oriel.model.TargetException;
import oriel.triage.bugcheck.BugChecks;
import oriel.win32.LiveTarget;

/** What a dump is of and what it holds, in a few lines. */
public final class InfoText {
    private static final int PROBLEMS = 10;

    private final Page page;
    private final Target target;

    /** Writes about a target to a page. */
    public InfoText(Page page, Target target) {
        this.page = page;
        this.target = target;
    }

    /** Writes what is known. */
    public void write(String file, long sizeBytes) {
        if (target instanceof LiveTarget) {
            label("kind").line("a running process");
        } else {
            label("file").text(file).text(", ").line(TextReport.count(sizeBytes, "byte"));
        }
        if (target instanceof DumpTarget dump) {
            label("kind").text(dump.format());
            page.text(dump.isWow64() ? ", a 32-bit program on 64-bit Windows" : "").end();
        }
        program();
        label("system").line(ProcessText.system(target.system(), target.architecture()));
        target.process().captured().ifPresent(t -> label("captured").line(Durations.text(t)));
        target.process().created().ifPresent(t -> label("started").line(Durations.text(t)));
        target.bugCheck().ifPresent(this::bugCheck);
        if (target.bugCheck().isEmpty()) {
            target.exception().ifPresent(this::exception);
        }
        if (target instanceof KernelView view && view.kernel().isPresent()) {
            int processes = view.kernel().get().processes().size();
            boolean all = view.kernel().get().listsAllProcesses();
            label("processes")
                    .line(
                            processes == 0
                                    ? "not listed"
                                    : processes + (all ? "" : " that ran; no list of all"));
        }
        label("threads").line(Integer.toString(target.threads().size()));
        label("modules").number(target.modules().size());
        int unloaded = target.unloadedModules().size();
        page.text(unloaded == 0 ? "" : ", " + unloaded + " unloaded").end();
        memory();
        if (!target.handles().isEmpty()) {
            label("handles").line(Integer.toString(target.handles().size()));
        }
        problems(target.diagnostics());
    }

    private void program() {
        label("program");
        String path = target.process().imagePath();
        if (path.isEmpty() && !target.modules().isEmpty()) {
            LoadedModule first = target.modules().get(0);
            path = first.path();
        }
        page.text(path.isEmpty() ? "unknown" : path);
        target.process().processId().ifPresent(id -> page.text(", process ").number(id));
        page.end();
        target.process()
                .commandLine()
                .filter(c -> !c.isBlank())
                .ifPresent(c -> label("command").line(c));
    }

    private void bugCheck(BugCheck bugCheck) {
        label("bug check").text("0x").hex(bugCheck.code(), 1).text(" ");
        page.text(BugChecks.name(bugCheck)).text(" (");
        for (int i = 0; i < bugCheck.parameters().size(); i++) {
            page.text(i == 0 ? "" : ", ").hex(bugCheck.parameter(i), 1);
        }
        page.text("), thread ").number(bugCheck.thread().threadId()).end();
    }

    private void exception(TargetException exception) {
        label("exception").text("0x").hex(exception.code() & 0xffffffffL, 8);
        page.text(" at 0x").hex(exception.address(), 1).text(", thread ");
        page.number(exception.thread().threadId()).end();
    }

    private void memory() {
        long bytes = 0;
        List<AddressRange> ranges = target.readableRanges();
        for (AddressRange range : ranges) {
            bytes += range.sizeBytes();
        }
        label("memory").text(TextReport.count(bytes, "byte")).text(" in ");
        page.text(TextReport.count(ranges.size(), "range"));
        if (!target.regions().isEmpty()) {
            page.text(", map of ").text(TextReport.count(target.regions().size(), "region"));
        }
        page.end();
    }

    private void problems(List<Diagnostic> problems) {
        for (int i = 0; i < Math.min(problems.size(), PROBLEMS); i++) {
            label("problem").styled(Style.WARN, problems.get(i).subject());
            page.text(": ").line(problems.get(i).problem());
        }
        if (problems.size() > PROBLEMS) {
            label("").line("... and " + (problems.size() - PROBLEMS) + " more");
        }
    }

    private Page label(String name) {
        return page.styled(Style.DIM, name).to(11);
    }

    /** An enum constant in lower case words. */
    static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
