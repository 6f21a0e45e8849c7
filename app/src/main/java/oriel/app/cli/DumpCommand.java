package oriel.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import oriel.app.render.JsonLive;
import oriel.app.render.JsonPage;
import oriel.engine.dump.DumpPlan;
import oriel.engine.dump.MinidumpWriter;
import oriel.model.Diagnostic;
import oriel.model.MemoryRegion;
import oriel.win32.LiveTarget;
import oriel.win32.SystemDump;
import oriel.win32.WindowsProcess;

/** {@code oriel dump}: a running process to a minidump. */
final class DumpCommand implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of(
                        "Writes a minidump of a running process, which goes on afterwards.",
                        "Stacks, modules, threads and the memory map are always in it.")
                .operand("PROCESS", RunningProcesses.HELP)
                .operand("FILE", "The dump to write; an old file stays unless --yes is given.")
                .option(Option.flag("--full", "All memory that can be read."))
                .option(Option.flag("--data", "The variables of modules."))
                .option(Option.flag("--handles", "The open handles."))
                .option(
                        Option.flag(
                                "--no-mapped",
                                "With --full: leave out what can be had from files."))
                .option(Option.flag("--native", "The 64-bit side of a 32-bit program."))
                .option(Option.flag("--by-windows", "Have Windows write it (MiniDumpWriteDump)."))
                .option(LiveOptions.JSON)
                .option(LiveOptions.YES)
                .examples(
                        "oriel dump 4242 small.dmp",
                        "oriel dump notepad full.dmp --full --handles",
                        "oriel dump notepad windows.dmp --full --by-windows");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        WindowsOnly.requireToOpenProcesses();
        Path file = TargetInput.path(given.operand(1));
        if (Files.exists(file)) {
            LiveOptions.confirm(
                    given.operand(1) + " is there already; write over it?", given, console);
        }
        long processId = RunningProcesses.one(given.operand(0)).processId();
        List<Diagnostic> problems =
                given.has("--by-windows")
                        ? byWindows(processId, given, file)
                        : bySelf(processId, given, console, file);
        for (Diagnostic problem : problems) {
            console.err().println("oriel: " + problem.subject() + ": " + problem.problem());
        }
        if (given.has("--json")) {
            try (var json = new JsonPage(console.out(), true)) {
                JsonLive.dumped(json, processId, given.operand(1), Files.size(file));
            }
        } else {
            console.out().println(given.operand(1) + ": " + Files.size(file) + " bytes");
        }
        return ExitCode.FOUND;
    }

    private static List<Diagnostic> bySelf(
            long processId, Arguments given, Console console, Path file) throws IOException {
        DumpPlan plan = given.has("--full") ? DumpPlan.FULL : DumpPlan.NORMAL;
        plan = given.has("--data") ? plan.withDataSegments() : plan;
        plan = given.has("--handles") ? plan.withHandles() : plan;
        Predicate<MemoryRegion> own = r -> r.type() == MemoryRegion.Type.PRIVATE || r.isWritable();
        plan = given.has("--no-mapped") ? plan.only(own) : plan;
        try (LiveTarget target = LiveInput.hold(processId, given.has("--native"))) {
            long total = 0;
            for (var range : target.readableRanges()) {
                total += range.sizeBytes();
            }
            try (var progress = new Progress(console, "writing", total)) {
                return MinidumpWriter.write(target, plan, file, progress::at);
            }
        }
    }

    private static List<Diagnostic> byWindows(long processId, Arguments given, Path file) {
        long type = SystemDump.NORMAL | SystemDump.THREAD_INFO | SystemDump.UNLOADED_MODULES;
        type |= given.has("--full") ? SystemDump.FULL_MEMORY | SystemDump.MEMORY_INFO : 0;
        type |= given.has("--data") ? SystemDump.DATA_SEGMENTS : 0;
        type |= given.has("--handles") ? SystemDump.HANDLES : 0;
        try (WindowsProcess process = WindowsProcess.open(processId)) {
            SystemDump.write(process, file, type);
        }
        return List.of();
    }
}
