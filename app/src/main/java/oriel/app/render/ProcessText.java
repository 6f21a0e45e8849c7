package oriel.app.render;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import oriel.model.Diagnostic;
import oriel.model.LoadedModule;
import oriel.model.ProcessInfo;
import oriel.model.SystemInfo;
import oriel.model.UnloadedModule;
import oriel.triage.report.CrashReport;
import oriel.triage.report.FrameEntry;
import oriel.triage.report.HandleSummary;
import oriel.triage.report.ModuleEntry;
import oriel.triage.report.StackEntry;
import oriel.triage.report.StackSection;

/** What ran, on what, and what was loaded. */
public final class ProcessText {
    private static final int LINES = 20;

    private final Page page;
    private final CrashReport report;

    ProcessText(Page page, CrashReport report) {
        this.page = page;
        this.report = report;
    }

    /** Operating system and machine in one line. */
    static String system(CrashReport report) {
        return system(report.system(), report.architecture());
    }

    /** Operating system and machine in one line. */
    public static String system(SystemInfo system, oriel.model.Architecture architecture) {
        var text = new StringBuilder();
        text.append(
                switch (system.platform()) {
                    case WINDOWS -> "Windows";
                    case LINUX -> "Linux";
                    case MACOS -> "macOS";
                    case IOS -> "iOS";
                    case ANDROID -> "Android";
                    case OTHER -> "another system";
                    case UNKNOWN -> "unknown system";
                });
        version(text, system);
        system.product().ifPresent(p -> append(text, " ", p));
        text.append(", ").append(architecture.name().toLowerCase(Locale.ROOT));
        system.machine()
                .filter(m -> m != architecture)
                .ifPresent(m -> text.append(" on ").append(m.name().toLowerCase(Locale.ROOT)));
        system.processors()
                .ifPresent(n -> text.append(", ").append(TextReport.count(n, "processor")));
        append(text, ", ", system.cpu());
        return text.toString();
    }

    private static void version(StringBuilder text, SystemInfo system) {
        boolean server = !system.product().orElse("workstation").equals("workstation");
        String release =
                system.platform() == SystemInfo.Platform.WINDOWS
                        ? WindowsRelease.of(system.version(), server)
                        : "";
        append(text, " ", release);
        append(text, release.isEmpty() ? " " : " (", system.version());
        append(text, " ", system.servicePack());
        append(text, "", release.isEmpty() ? "" : ")");
    }

    private static void append(StringBuilder text, String before, String part) {
        if (!part.isEmpty()) {
            text.append(before).append(part);
        }
    }

    void process() {
        page.heading("Process");
        ProcessInfo process = report.process();
        if (process.processId().isPresent()) {
            label("id").number(process.processId().getAsLong()).end();
        }
        if (!process.imagePath().isEmpty()) {
            label("image").line(process.imagePath());
        }
        process.captured().ifPresent(t -> label("captured").line(Durations.text(t)));
        process.created().ifPresent(t -> label("started").line(Durations.text(t)));
        if (process.created().isPresent() && process.captured().isPresent()) {
            var uptime =
                    java.time.Duration.between(process.created().get(), process.captured().get());
            label("ran for").line(Durations.text(uptime));
        }
        if (process.userTime().isPresent() || process.kernelTime().isPresent()) {
            label("cpu time");
            process.userTime().ifPresent(t -> page.text(Durations.text(t)).text(" user  "));
            process.kernelTime().ifPresent(t -> page.text(Durations.text(t)).text(" kernel"));
            page.end();
        }
        if (!process.environment().isEmpty()) {
            label("environment")
                    .text(TextReport.count(process.environment().size(), "variable"))
                    .line(" (in --json)");
        }
        int threads = 0;
        for (StackSection section : report.stacks()) {
            threads += section.threads().size();
        }
        label("threads").number(threads).end();
    }

    void handles() {
        if (report.handles().isEmpty() || report.handles().get().total() == 0) {
            return;
        }
        HandleSummary handles = report.handles().get();
        label("handles").number(handles.total());
        String before = ": ";
        for (HandleSummary.TypeCount type : handles.types()) {
            String name = type.typeName().isEmpty() ? "of unknown type" : type.typeName();
            page.text(before).number(type.count()).text(" ").text(name);
            before = ", ";
        }
        page.end();
    }

    /** Modules that the report speaks of: the program, those on the crashing stack, odd ones. */
    void modules() {
        if (report.modules().isEmpty()) {
            return;
        }
        Set<LoadedModule> involved = involved();
        page.heading("Modules");
        var table = new ModuleTable(page, report.architecture());
        int hidden = 0;
        for (ModuleEntry entry : report.modules()) {
            if (entry.main()
                    || !entry.marks().isEmpty()
                    || involved.contains(entry.module())
                    || report.modules().size() <= 5) {
                table.row(entry);
            } else {
                hidden++;
            }
        }
        if (hidden > 0) {
            page.to(2)
                    .styled(Style.DIM, TextReport.count(hidden, "more module"))
                    .styled(Style.DIM, "; 'oriel modules' lists all")
                    .end();
        }
        List<UnloadedModule> unloaded = report.unloadedModules();
        if (!unloaded.isEmpty()) {
            page.to(2).text("unloaded: ");
            for (int i = 0; i < Math.min(unloaded.size(), LINES); i++) {
                page.text(i == 0 ? "" : ", ").text(unloaded.get(i).name());
            }
            page.text(unloaded.size() > LINES ? ", ..." : "").end();
        }
    }

    private Set<LoadedModule> involved() {
        var found = new HashSet<LoadedModule>();
        for (StackSection section : report.stacks()) {
            if (section.crashed()) {
                for (StackEntry entry : section.entries()) {
                    for (FrameEntry frame : entry.shown()) {
                        frame.location().module().ifPresent(found::add);
                    }
                }
            }
        }
        return found;
    }

    void diagnostics() {
        List<Diagnostic> diagnostics = report.diagnostics();
        if (diagnostics.isEmpty()) {
            return;
        }
        page.heading("Problems in the dump");
        for (int i = 0; i < Math.min(diagnostics.size(), LINES); i++) {
            page.to(2).styled(Style.WARN, diagnostics.get(i).subject());
            page.text(": ").text(diagnostics.get(i).problem()).end();
        }
        if (diagnostics.size() > LINES) {
            page.to(2)
                    .text("... and " + (diagnostics.size() - LINES) + " more (all in --json)")
                    .end();
        }
    }

    private Page label(String name) {
        return page.to(2).styled(Style.DIM, name).to(15);
    }
}
