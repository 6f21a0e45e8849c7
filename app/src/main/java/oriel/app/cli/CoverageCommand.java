package oriel.app.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.List;
import oriel.app.render.Page;
import oriel.driver.DriverException;
import oriel.engine.session.Coverage;
import oriel.engine.session.CoverageFiles;
import oriel.engine.session.DebugSession;
import oriel.engine.session.Stop;
import oriel.engine.symbols.find.SymbolPathLocator;

/** {@code oriel coverage}: which code of a program is executed. */
final class CoverageCommand implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of(
                        "Tells which basic blocks of modules a program executes.",
                        "Files are read by Lighthouse and others (drcov), and by genhtml (lcov).")
                .optionalOperand("PROGRAM", "A program to start.")
                .optionalOperand("ARGUMENT...", "Its arguments.")
                .options(DebugTarget.OPTIONS)
                .option(
                        Option.value("--module", "NAME", "A module; the program itself else.")
                                .manyTimes())
                .option(Option.value("--drcov", "FILE", "Write the blocks here."))
                .option(Option.value("--lcov", "FILE", "Write the source lines here."))
                .option(SymbolOptions.PATH)
                .option(SymbolOptions.OFFLINE)
                .option(Option.value("--image-path", "DIR", "Where images may lie.").manyTimes())
                .option(TargetInput.COLOR)
                .examples(
                        "oriel coverage --drcov app.drcov app.exe file",
                        "oriel coverage --module ntdll --module app --lcov app.info app.exe");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        Page page = TargetInput.page(given, console);
        DebugTarget target = DebugTarget.of(given);
        try (SymbolPathLocator symbols = DebugTarget.symbols(given);
                DebugSession session = DebugTarget.open(symbols)) {
            Stop start = target.begin(session);
            Coverage coverage = session.coverage();
            List<String> modules = given.values("--module");
            if (modules.isEmpty() && !start.modules().isEmpty()) {
                modules = List.of(start.modules().get(0).label());
            }
            for (String module : modules) {
                coverage.cover(start.processId(), module);
            }
            session.run();
            List<Coverage.CoveredBlock> hits = coverage.hits();
            write(given.value("--drcov", ""), out -> CoverageFiles.drcov(hits, out));
            write(given.value("--lcov", ""), out -> CoverageFiles.lcov(coverage.lines(), out));
            page.number(hits.size()).text(" of ").number(coverage.blockCount());
            page.line(" basic blocks were executed");
            page.flush();
            return hits.isEmpty() ? ExitCode.NOTHING : ExitCode.FOUND;
        } catch (DriverException e) {
            throw new IOException(e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /** Writes a file. */
    private interface Writer {
        void write(OutputStream out) throws IOException;
    }

    private static void write(String file, Writer writer) throws IOException {
        if (!file.isEmpty()) {
            try (OutputStream out = Files.newOutputStream(TargetInput.path(file))) {
                writer.write(out);
            }
        }
    }
}
