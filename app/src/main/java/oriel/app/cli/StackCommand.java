package oriel.app.cli;

import java.io.IOException;
import java.util.List;
import oriel.app.render.Page;
import oriel.app.render.StackText;
import oriel.engine.symbols.source.SourceFinder;
import oriel.triage.Analyzer;
import oriel.triage.AnalyzerOptions;
import oriel.triage.report.CrashReport;
import oriel.triage.report.StackSection;

/** {@code oriel stack}: the stack of a thread. */
final class StackCommand implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of(
                        "Shows the stack of one thread, by default the one that crashed.",
                        "Frames marked ~ were found by frame pointers, those marked ? by scanning.")
                .operand("FILE", "A dump.")
                .optionalOperand("THREAD", "Id of a thread, decimal or 0x...")
                .option(Option.flag("--all", "All threads; equal stacks are shown once."))
                .option(
                        Option.flag(
                                "--locals",
                                "Also parameters and local variables of frames whose module has a"
                                        + " PDB."))
                .option(Option.value("--frames", "COUNT", "At most so many lines for each stack."))
                .options(TargetInput.OPTIONS)
                .option(TargetInput.COLOR)
                .examples(
                        "oriel stack crash.dmp",
                        "oriel stack crash.dmp 1636",
                        "oriel stack crash.dmp --locals",
                        "oriel stack --all --frames 5 crash.dmp");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        try (TargetInput input = TargetInput.openDump(given.operand(0), given)) {
            return run(input, given, console);
        }
    }

    private static int run(TargetInput input, Arguments given, Console console) {
        CrashReport report =
                Analyzer.analyze(
                        input.target(),
                        input.symbolizer(),
                        new AnalyzerOptions(SourceFinder.NONE, true));
        int limit = given.count("--frames", Integer.MAX_VALUE, Integer.MAX_VALUE);
        Page page = TargetInput.page(given, console);
        List<StackSection> wanted = wanted(given, report);
        if (wanted.isEmpty()) {
            console.err().println("oriel: no threads in " + given.operand(0));
            return ExitCode.NOTHING;
        }
        StackText text =
                StackText.of(page, report.architecture()).withLocals(given.has("--locals"));
        for (int i = 0; i < wanted.size(); i++) {
            if (i > 0) {
                page.blank();
            }
            text.heading(wanted.get(i));
            text.frames(wanted.get(i), limit);
        }
        page.flush();
        return ExitCode.FOUND;
    }

    private static List<StackSection> wanted(Arguments given, CrashReport report) {
        List<StackSection> all = report.stacks();
        if (given.has("--all")) {
            return all;
        }
        if (given.operands().size() < 2) {
            return all.isEmpty() ? List.of() : List.of(all.get(0));
        }
        long id = threadId(given.operand(1));
        for (StackSection section : all) {
            if (section.threads().stream().anyMatch(t -> t.threadId() == id)) {
                return List.of(section);
            }
        }
        throw new UsageException("there is no thread " + id + "; 'oriel threads' lists them");
    }

    private static long threadId(String text) {
        try {
            return Long.decode(text);
        } catch (NumberFormatException e) {
            throw new UsageException("'" + text + "' is not the id of a thread");
        }
    }
}
