package oriel.app.render;

import java.util.Locale;
import java.util.Optional;
import oriel.model.CodeLocation;
import oriel.model.LoadedModule;
import oriel.triage.report.Bucket;
import oriel.triage.report.BugCheckEntry;
import oriel.triage.report.Confidence;
import oriel.triage.report.CrashReason;
import oriel.triage.report.CrashReport;
import oriel.triage.report.Exploitability;
import oriel.triage.report.Fact;
import oriel.triage.report.FaultLocation;
import oriel.triage.report.Finding;
import oriel.triage.report.MemoryAccess;
import oriel.triage.report.ModuleEntry;
import oriel.triage.report.Rating;
import oriel.triage.report.StackSection;
import oriel.triage.report.SuspectedDriver;
import oriel.triage.report.ThreadEntry;

/**
 * A crash report for people: first what crashed, where, why and how bad it is, on one screen; then
 * the evidence, most telling first.
 */
public final class TextReport {
    private static final int INDENT = 2;
    private static final int VALUES = 13;
    private static final int BRIEF_FRAMES = 12;

    private final Page page;
    private final CrashReport report;
    private final ReportScope scope;
    private final StackText stacks;

    private TextReport(Page page, CrashReport report, ReportScope scope) {
        this.page = page;
        this.report = report;
        this.scope = scope;
        this.stacks = new StackText(page, new Addresses(report.architecture()));
    }

    /** Writes a report. */
    public static void write(Page page, CrashReport report, ReportScope scope) {
        new TextReport(page, report, scope).write();
    }

    private void write() {
        headline();
        verdict();
        crashingStack();
        if (!scope.brief()) {
            var evidence = new EvidenceText(page, report);
            if (report.bugCheck().isPresent()) {
                new BugCheckText(page, new Addresses(report.architecture()))
                        .parameters(report.bugCheck().get());
            } else {
                evidence.exception();
            }
            new VariablesText(page).ofCrash(report);
            evidence.registers();
            evidence.code();
            new SourceListingText(page).write(report.source());
            stacks.others(report.stacks(), scope.allThreads());
            var process = new ProcessText(page, report);
            process.process();
            process.handles();
            process.modules();
            new RemarksText(page).write(report.annotations());
            process.diagnostics();
        } else if (!report.diagnostics().isEmpty()) {
            page.blank()
                    .styled(Style.DIM, count(report.diagnostics().size(), "problem"))
                    .styled(Style.DIM, " in the dump; shown without --brief")
                    .end();
        }
    }

    private void headline() {
        page.styled(Style.TITLE, programName(report).orElse("unknown program"));
        if (report.reason().isEmpty()) {
            page.text(": ").styled(Style.GOOD, "no exception").end();
            return;
        }
        CrashReason reason = report.reason().get();
        page.text(": ")
                .styled(Style.BAD, reason.summary().isEmpty() ? reason.name() : reason.summary())
                .end();
    }

    private void verdict() {
        report.bugCheck().ifPresent(this::bugCheck);
        if (report.bugCheck().isEmpty()) {
            report.reason().ifPresent(this::reason);
        }
        report.where().ifPresent(this::where);
        report.access().ifPresent(this::access);
        report.rating().ifPresent(this::rating);
        for (Finding finding : report.findings()) {
            finding(finding);
        }
        report.bucket().ifPresent(this::bucket);
        label("system").text(ProcessText.system(report)).end();
        report.process()
                .commandLine()
                .filter(c -> !c.isBlank())
                .ifPresent(c -> label("command").text(c).end());
    }

    private void reason(CrashReason reason) {
        label("exception").text(reason.name());
        String code = "0x" + Page.hexText(reason.code() & 0xffffffffL, 8);
        if (!reason.name().equals(code)) {
            page.text(" (").text(code).text(")");
        }
        if (reason.noncontinuable()) {
            page.text(", noncontinuable");
        }
        page.end();
        for (Fact fact : reason.details()) {
            label("").text(fact.name()).text(": ").text(fact.value()).end();
        }
    }

    private void bugCheck(BugCheckEntry bugCheck) {
        label("bug check").text(bugCheck.name());
        page.text(" (0x").hex(bugCheck.code(), 1).text(")");
        bugCheck.processor().ifPresent(number -> page.text(", processor ").number(number));
        bugCheck.irql().ifPresent(irql -> page.text(", IRQL ").number(irql));
        page.end();
        for (Fact fact : bugCheck.details()) {
            label("").text(fact.name()).text(": ").text(fact.value()).end();
        }
        if (bugCheck.suspect().isPresent()) {
            SuspectedDriver suspect = bugCheck.suspect().get();
            label("driver").styled(Style.BAD, suspect.name());
            page.text(" (").text(sureness(suspect.confidence())).text("): ");
            page.text(suspect.reason()).end();
        }
    }

    private void where(FaultLocation where) {
        label("where");
        location(where.location());
        page.text(", thread ").text(threadName(where.threadId())).end();
        if (where.blamedFrame() > 0) {
            label("blamed");
            location(where.blamed());
            page.styled(Style.DIM, ", frame " + where.blamedFrame());
            page.styled(Style.DIM, ": the first that is not of the system").end();
        }
    }

    private void location(CodeLocation location) {
        page.styled(Style.NAME, location.label());
        location.line().ifPresent(line -> page.text(" [").text(line.toString()).text("]"));
    }

    private void access(MemoryAccess access) {
        label("access").text(access.kind().text());
        access.sizeBytes().ifPresent(size -> page.text(" of ").text(count(size, "byte")));
        page.text(" at 0x").hex(access.place().va(), 1);
        if (!access.place().text().isEmpty()) {
            page.text(": ").text(access.place().text());
        }
        if (!access.operand().isEmpty()) {
            page.text(", by ").text(access.operand());
        }
        if (access.origin() == MemoryAccess.Origin.WORKED_OUT) {
            page.styled(Style.DIM, " (worked out from the instruction)");
        }
        page.end();
    }

    private void rating(Rating rating) {
        Style style =
                switch (rating.level()) {
                    case EXPLOITABLE, PROBABLE -> Style.BAD;
                    case UNKNOWN -> Style.WARN;
                    case NOT_LIKELY, NOT_EXPLOITABLE, NOT_AN_EXCEPTION -> Style.GOOD;
                };
        if (rating.level() == Exploitability.NOT_AN_EXCEPTION && report.reason().isEmpty()) {
            return;
        }
        label("how bad").styled(style, rating.level().text());
        if (!rating.reason().isEmpty()) {
            page.text(": ").text(rating.reason());
        }
        page.styled(Style.DIM, " (rule " + rating.rule() + ")").end();
    }

    private void finding(Finding finding) {
        Style style = finding.confidence() == Confidence.LOW ? Style.DIM : Style.WARN;
        label("finding").styled(style, finding.kind());
        page.text(" (").text(sureness(finding.confidence())).text("): ").text(finding.text()).end();
    }

    private static String sureness(Confidence confidence) {
        return switch (confidence) {
            case CERTAIN -> "certain";
            case HIGH -> "likely";
            case MEDIUM -> "possible";
            case LOW -> "guess";
        };
    }

    private void bucket(Bucket bucket) {
        label("bug").styled(Style.TITLE, bucket.humanId()).end();
        label("bucket").text(bucket.signature());
        if (!bucket.note().isEmpty()) {
            page.styled(Style.DIM, ", ")
                    .styled(Style.DIM, bucket.confidence().name().toLowerCase(Locale.ROOT))
                    .styled(Style.DIM, " confidence: " + bucket.note());
        }
        page.end();
    }

    private void crashingStack() {
        for (StackSection section : report.stacks()) {
            if (section.crashed() || scope.brief() && report.reason().isEmpty()) {
                page.blank();
                stacks.heading(section);
                stacks.frames(section, scope.brief() ? BRIEF_FRAMES : Integer.MAX_VALUE);
                return;
            }
        }
    }

    private String threadName(long threadId) {
        for (StackSection section : report.stacks()) {
            for (ThreadEntry thread : section.threads()) {
                if (thread.threadId() == threadId && thread.name().isPresent()) {
                    return threadId + " \"" + thread.name().get() + "\"";
                }
            }
        }
        return Long.toString(threadId);
    }

    private Page label(String name) {
        return page.to(INDENT).styled(Style.DIM, name).to(VALUES);
    }

    /** File name of the program: its main module, else its image path. */
    static Optional<String> programName(CrashReport report) {
        for (ModuleEntry module : report.modules()) {
            if (module.main() && !module.module().name().isEmpty()) {
                return Optional.of(module.module().name());
            }
        }
        String path = report.process().imagePath();
        return path.isEmpty() ? Optional.empty() : Optional.of(LoadedModule.baseName(path));
    }

    /** {@code 1 frame}, {@code 11,736 frames}. */
    static String count(long number, String noun) {
        return grouped(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** A number with commas between groups of three digits. */
    static String grouped(long number) {
        var text = new StringBuilder(Long.toString(number));
        for (int at = text.length() - 3; at > (number < 0 ? 1 : 0); at -= 3) {
            text.insert(at, ',');
        }
        return text.toString();
    }
}
