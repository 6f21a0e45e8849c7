package oriel.app.render;

import java.util.Optional;
import oriel.triage.report.Bucket;
import oriel.triage.report.BugCheckEntry;
import oriel.triage.report.CodeListing;
import oriel.triage.report.CrashReason;
import oriel.triage.report.CrashReport;
import oriel.triage.report.Fact;
import oriel.triage.report.FaultLocation;
import oriel.triage.report.Finding;
import oriel.triage.report.MemoryAccess;
import oriel.triage.report.Place;
import oriel.triage.report.Rating;
import oriel.triage.report.RegisterValue;
import oriel.triage.report.SourceFile;
import oriel.triage.report.SourceListing;

/** A crash report as JSON, described by {@code docs/oriel.schema.json}. */
public final class JsonReport {
    /** Changes when a member changes its meaning or goes away; new ones may come at any time. */
    static final int VERSION = 1;

    private final JsonPage json;
    private final CrashReport report;
    private final JsonStacks stacks;
    private final JsonSurroundings surroundings;

    private JsonReport(JsonPage json, CrashReport report) {
        this.json = json;
        this.report = report;
        this.stacks = new JsonStacks(json);
        this.surroundings = new JsonSurroundings(json);
    }

    /**
     * Writes a report and ends the line.
     *
     * @param file the input as the user named it
     * @param brief only the verdict
     */
    public static void write(JsonPage json, String file, CrashReport report, boolean brief) {
        var writer = new JsonReport(json, report);
        json.object(() -> writer.members(file, brief));
        json.endLine();
    }

    /** Writes an object for an input that could not be read and ends the line. */
    public static void writeError(JsonPage json, String file, String message) {
        json.object(
                () -> {
                    json.number("version", VERSION);
                    json.text("file", file);
                    json.text("error", message);
                });
        json.endLine();
    }

    private void members(String file, boolean brief) {
        json.number("version", VERSION);
        json.text("file", file);
        json.flag("crashed", report.crashed());
        json.text("program", TextReport.programName(report));
        json.word("architecture", report.architecture());
        report.bugCheck().ifPresent(b -> json.object("bugCheck", () -> bugCheck(b)));
        report.reason().ifPresent(r -> json.object("reason", () -> reason(r)));
        report.access().ifPresent(a -> json.object("access", () -> access(a)));
        report.where().ifPresent(w -> json.object("where", () -> where(w)));
        report.rating().ifPresent(r -> json.object("rating", () -> rating(r)));
        json.objects("findings", report.findings(), this::finding);
        report.bucket().ifPresent(b -> json.object("bucket", () -> bucket(b)));
        if (brief) {
            return;
        }
        json.objects("registers", report.registers(), this::register);
        report.code().ifPresent(c -> json.object("code", () -> code(c)));
        json.objects("source", report.source(), this::source);
        json.objects("sourceFiles", report.sourceFiles(), this::sourceFile);
        json.objects("stacks", report.stacks(), stacks::section);
        surroundings.write(report);
    }

    private void bugCheck(BugCheckEntry bugCheck) {
        json.hex("code", bugCheck.code());
        json.text("name", bugCheck.name());
        json.text("meaning", bugCheck.meaning());
        json.objects(
                "parameters",
                bugCheck.parameters(),
                parameter -> {
                    json.hex("value", parameter.value());
                    json.text("meaning", parameter.meaning());
                    json.text("text", parameter.text());
                });
        json.number("processor", bugCheck.processor());
        json.number("irql", bugCheck.irql());
        bugCheck.suspect()
                .ifPresent(
                        suspect ->
                                json.object(
                                        "driver",
                                        () -> {
                                            json.text("name", suspect.name());
                                            json.word("confidence", suspect.confidence());
                                            json.text("reason", suspect.reason());
                                        }));
        json.objects("details", bugCheck.details(), this::fact);
    }

    private void reason(CrashReason reason) {
        json.text("code", "0x" + Page.hexText(reason.code() & 0xffffffffL, 8));
        json.text("name", reason.name());
        json.text("meaning", reason.meaning());
        json.text("summary", reason.summary());
        json.hex("address", reason.address());
        json.flag("noncontinuable", reason.noncontinuable());
        json.texts("parameters", reason.parameters().stream().map(JsonPage::hex).toList());
        json.objects("details", reason.details(), this::fact);
    }

    private void fact(Fact fact) {
        json.text("name", fact.name());
        json.text("value", fact.value());
    }

    private void access(MemoryAccess access) {
        json.word("kind", access.kind());
        json.number("size", access.sizeBytes());
        json.text("operand", access.operand());
        json.word("origin", access.origin());
        json.object("place", () -> place(access.place()));
    }

    private void place(Place place) {
        json.hex("address", place.va());
        json.word("kind", place.kind());
        json.text("text", place.text());
        place.location().ifPresent(l -> json.object("location", () -> stacks.location(l)));
        place.region().ifPresent(r -> json.object("region", () -> surroundings.region(r)));
        json.text("content", place.content());
    }

    private void where(FaultLocation where) {
        json.number("threadId", where.threadId());
        json.hex("pc", where.pc());
        json.object("location", () -> stacks.location(where.location()));
        json.object("blamed", () -> stacks.location(where.blamed()));
        json.number("blamedFrame", where.blamedFrame());
        json.word("trust", where.trust());
    }

    private void rating(Rating rating) {
        json.word("level", rating.level());
        json.text("rule", rating.rule());
        json.text("reason", rating.reason());
    }

    private void finding(Finding finding) {
        json.text("kind", finding.kind());
        json.word("confidence", finding.confidence());
        json.text("text", finding.text());
    }

    private void bucket(Bucket bucket) {
        json.number("version", bucket.version());
        json.text("signature", bucket.signature());
        json.text("humanId", bucket.humanId());
        json.texts("parts", bucket.parts());
        json.word("confidence", bucket.confidence());
        json.text("note", bucket.note());
    }

    private void register(RegisterValue value) {
        json.text("name", value.register().name());
        json.hex("value", value.value());
        Optional<Place> place = value.pointsTo();
        place.ifPresent(p -> json.object("pointsTo", () -> place(p)));
    }

    private void source(SourceListing listing) {
        json.text("file", listing.file());
        json.text("place", listing.place());
        json.number("line", listing.line());
        json.number("firstLine", listing.firstLine());
        json.texts("lines", listing.lines());
    }

    private void sourceFile(SourceFile file) {
        json.text("file", file.file());
        json.text("path", file.path());
        json.text("address", file.address());
    }

    private void code(CodeListing code) {
        json.flag("isCode", code.isCode());
        json.objects(
                "lines",
                code.lines(),
                line -> {
                    json.hex("address", line.va());
                    json.text("bytes", java.util.HexFormat.of().formatHex(line.bytes()));
                    json.text("text", line.text());
                    json.text("label", line.label());
                    if (line.current()) {
                        json.flag("current", true);
                    }
                });
    }
}
