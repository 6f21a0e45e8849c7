package oriel.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import oriel.app.render.JsonLive;
import oriel.engine.dump.DumpPlan;
import oriel.engine.dump.MinidumpWriter;
import oriel.model.Diagnostic;
import oriel.model.MemoryRegion;
import oriel.win32.LiveTarget;
import oriel.win32.ProcessEntry;
import oriel.win32.SystemDump;
import oriel.win32.WindowsProcess;

/** {@code oriel dump}: running processes to minidumps. */
final class DumpCommand implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of(
                        "Writes minidumps of running processes, which go on afterwards.",
                        "Stacks, modules, threads and the memory map are always in it.")
                .operands(
                        "PROCESS... FILE",
                        2,
                        RunningProcesses.HELP
                                + " Then the dump to write: a file, or a folder, or a name with {name}"
                                + " and {id} of the process in it. An old file stays unless --yes is"
                                + " given.")
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
                        "oriel dump 'worker-*' 4242 dumps/ --full",
                        "oriel dump 'worker-*' 'before-{id}.dmp'",
                        "oriel dump notepad windows.dmp --full --by-windows");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        WindowsOnly.requireToOpenProcesses();
        int last = given.operands().size() - 1;
        List<ProcessEntry> chosen = RunningProcesses.all(given.operands().subList(0, last));
        Map<ProcessEntry, String> files = DumpFiles.of(given.operand(last), chosen);
        List<String> existing = DumpFiles.existing(files);
        if (!existing.isEmpty()) {
            String are = existing.size() == 1 ? " is" : " are";
            String them = existing.size() == 1 ? "it?" : "them?";
            LiveOptions.confirm(
                    String.join(", ", existing) + are + " there already; write over " + them,
                    given,
                    console);
        }
        var results = new ProcessResults(chosen, given, console);
        for (ProcessEntry entry : chosen) {
            String file = Objects.requireNonNull(files.get(entry));
            results.attempt(entry, () -> write(entry, file, results, given, console));
        }
        return results.end();
    }

    private static void write(
            ProcessEntry entry,
            String name,
            ProcessResults results,
            Arguments given,
            Console console)
            throws IOException {
        Path file = TargetInput.path(name);
        if (!name.equals(given.operand(given.operands().size() - 1))) {
            DumpFiles.makeFolder(file);
        }
        List<Diagnostic> problems =
                given.has("--by-windows")
                        ? byWindows(entry.processId(), given, file)
                        : bySelf(entry.processId(), given, console, file);
        for (Diagnostic problem : problems) {
            console.err()
                    .println(
                            "oriel: "
                                    + results.lead(entry)
                                    + problem.subject()
                                    + ": "
                                    + problem.problem());
        }
        long size = Files.size(file);
        results.done(entry, name + ": " + size + " bytes", JsonLive.dumped(name, size));
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
