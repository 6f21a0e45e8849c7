package oriel.app.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import oriel.app.render.BucketTable;
import oriel.app.render.JsonPage;
import oriel.app.render.JsonReport;
import oriel.app.render.Page;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.engine.dump.FileKind;
import oriel.triage.Analyzer;
import oriel.triage.report.CrashReport;

/**
 * Many dumps: analysed on all processors, told in the order of their names, and counted by bucket.
 * A dump that cannot be read costs its line and nothing else. Only a few reports are held at a
 * time.
 */
final class BatchAnalysis {
    private static final List<String> EXTENSIONS =
            List.of(".dmp", ".mdmp", ".hdmp", ".minidump", ".dump");

    private static final int LONGEST_SIGNATURE = 16;

    private final Arguments given;
    private final Console console;
    private final PrintStream out;
    private final BucketTable table;
    private final boolean json;

    BatchAnalysis(Arguments given, Console console, PrintStream out, Page page) {
        this.given = given;
        this.console = console;
        this.out = out;
        this.table = new BucketTable(page);
        this.json = given.has("--json");
    }

    /** What came of one dump. */
    private record Outcome(Optional<CrashReport> report, String error, byte[] json) {}

    /**
     * Analyses files and the dumps in folders.
     *
     * @throws IOException when a folder cannot be listed
     */
    int run(List<String> operands) throws IOException {
        List<String> files = new ArrayList<>();
        for (String operand : operands) {
            Path path = TargetInput.path(operand);
            if (Files.isDirectory(path)) {
                files.addAll(dumps(path));
            } else {
                files.add(operand);
            }
        }
        if (files.isEmpty()) {
            console.err().println("oriel: no dumps in " + String.join(", ", operands));
            return ExitCode.NOTHING;
        }
        int jobs = given.count("--jobs", Runtime.getRuntime().availableProcessors(), 1024);
        ExecutorService workers =
                Executors.newFixedThreadPool(
                        Math.min(jobs, files.size()),
                        task -> {
                            var thread = new Thread(null, task, "oriel-analyze", 1 << 22);
                            thread.setDaemon(true);
                            return thread;
                        });
        try (var progress = new Progress(console, "analyzing", files.size())) {
            tell(files, workers, jobs, progress);
        } finally {
            workers.shutdownNow();
        }
        if (!json) {
            table.summary();
        }
        out.flush();
        if (table.crashes() > 0) {
            return ExitCode.FOUND;
        }
        return table.unreadable() == files.size() ? ExitCode.UNREADABLE : ExitCode.NOTHING;
    }

    private void tell(List<String> files, ExecutorService workers, int jobs, Progress progress) {
        var pending = new ArrayDeque<Future<Outcome>>();
        int submitted = 0;
        for (int told = 0; told < files.size(); told++) {
            while (submitted < files.size() && pending.size() < jobs * 4) {
                String file = files.get(submitted++);
                pending.add(workers.submit(() -> analyze(file)));
            }
            Outcome outcome = await(pending.remove());
            progress.clear();
            tell(files.get(told), outcome);
            progress.at(told + 1);
        }
    }

    private void tell(String file, Outcome outcome) {
        if (json) {
            out.writeBytes(outcome.json());
            table.count(outcome.report());
        } else if (outcome.report().isPresent()) {
            table.row(file, outcome.report().get());
        } else {
            table.unreadable(file, outcome.error());
        }
    }

    private static Outcome await(Future<Outcome> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private Outcome analyze(String file) {
        Optional<CrashReport> report = Optional.empty();
        String error = "";
        try (TargetInput input = TargetInput.openDump(file, given)) {
            report = Optional.of(Analyzer.analyze(input.target(), input.symbolizer()));
        } catch (NoSuchFileException e) {
            error = file + ": no such file";
        } catch (FormatException | IOException e) {
            error = String.valueOf(e.getMessage());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | InternalError e) {
            error = "internal error: " + e;
        }
        return new Outcome(report, error, json ? jsonLine(file, report, error) : new byte[0]);
    }

    private byte[] jsonLine(String file, Optional<CrashReport> report, String error) {
        var bytes = new ByteArrayOutputStream();
        try (var line = new JsonPage(bytes, false)) {
            if (report.isPresent()) {
                JsonReport.write(line, file, report.get(), given.has("--brief"));
            } else {
                JsonReport.writeError(line, file, error);
            }
        }
        return bytes.toByteArray();
    }

    /**
     * Files of a folder and the folders in it that are dumps by their names or by their first
     * bytes, in order of their names.
     */
    private static List<String> dumps(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> isNamedLikeADump(file) || beginsLikeADump(file))
                    .map(Path::toString)
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean beginsLikeADump(Path file) {
        try (var in = Files.newInputStream(file)) {
            Bytes start = Bytes.of(in.readNBytes(LONGEST_SIGNATURE), file.toString());
            return switch (FileKind.of(start)) {
                case MINIDUMP, USER_DUMP, KERNEL_DUMP -> true;
                default -> false;
            };
        } catch (IOException unreadable) {
            // Nobody said that it is a dump.
            return false;
        }
    }

    private static boolean isNamedLikeADump(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(java.util.Locale.ROOT);
        for (String extension : EXTENSIONS) {
            if (name.endsWith(extension)) {
                return true;
            }
        }
        return false;
    }
}
