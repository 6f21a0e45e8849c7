package oriel.app.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import oriel.app.render.JsonPage;
import oriel.app.render.JsonReport;
import oriel.app.render.Page;
import oriel.app.render.ReportScope;
import oriel.app.render.TextReport;
import oriel.engine.symbols.source.SourceFinder;
import oriel.triage.Analyzer;
import oriel.triage.AnalyzerOptions;
import oriel.triage.report.CrashReport;

/** {@code oriel analyze}: what crashed, where, why and how bad it is. */
final class AnalyzeCommand implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of(
                        "Says what crashed, where, why and how bad it is.",
                        "Several files, or a folder, give one line for each dump and the buckets at"
                                + " the end.")
                .operand("FILE|DIR...", "Dumps, or folders with dumps.")
                .option(TargetInput.JSON)
                .option(Option.flag("--brief", "Only the verdict and the crashing stack."))
                .option(Option.flag("--all-threads", "The stacks of all threads in full."))
                .options(TargetInput.OPTIONS)
                .option(SymbolOptions.SOURCE_PATH)
                .option(
                        Option.value("--output", "FILE", "Write the result to a file.")
                                .withShortName("-o"))
                .option(
                        Option.value(
                                "--jobs",
                                "COUNT",
                                "Dumps analysed at a time; one for each processor unless given."))
                .option(TargetInput.COLOR)
                .examples(
                        "oriel analyze crash.dmp",
                        "oriel analyze crash.dmp --image-path build/bin --symbols symbols",
                        "oriel analyze crash.dmp --source-path 'src;srv*'",
                        "oriel analyze --json -o report.json crash.dmp",
                        "oriel analyze --brief crash.dmp",
                        "oriel analyze dumps/          one line for each, then the buckets",
                        "oriel analyze --json dumps/   one JSON line for each");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        String output = given.value("--output", "");
        if (output.isEmpty()) {
            return analyze(given, console, console.out(), TargetInput.page(given, console));
        }
        Path file = TargetInput.path(output);
        try (var out =
                new PrintStream(
                        new BufferedOutputStream(Files.newOutputStream(file)),
                        false,
                        StandardCharsets.UTF_8)) {
            boolean color = given.value("--color", "auto").equals("always");
            return analyze(given, console, out, new Page(out, color));
        }
    }

    private static boolean isDirectory(String operand) {
        return !LiveInput.isMeant(operand) && Files.isDirectory(TargetInput.path(operand));
    }

    private static int analyze(Arguments given, Console console, PrintStream out, Page page)
            throws IOException {
        List<String> operands = given.operands();
        String first = given.operand(0);
        if (operands.size() > 1 || isDirectory(first)) {
            return new BatchAnalysis(given, console, out, page).run(operands);
        }
        CrashReport report;
        try (var progress = new FetchProgress(console);
                TargetInput input = TargetInput.openDump(first, given, progress);
                SourceFinder finder = SymbolOptions.sources(given, progress)) {
            var options = new AnalyzerOptions(finder, given.has("--all-threads"));
            report = Analyzer.analyze(input.target(), input.symbolizer(), options);
        }
        boolean brief = given.has("--brief");
        if (given.has("--json")) {
            try (var json = new JsonPage(out, true)) {
                JsonReport.write(json, first, report, brief);
            }
        } else {
            TextReport.write(page, report, new ReportScope(brief, given.has("--all-threads")));
            page.flush();
        }
        out.flush();
        return report.crashed() ? ExitCode.FOUND : ExitCode.NOTHING;
    }
}
