package oriel.app.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import oriel.testkit.Corpus;

/** The command line in a Windows JVM: under Wine, or in this JVM where it is one. */
final class WindowsTool implements AutoCloseable {
    private static final Path WORK = Corpus.projectRoot().resolve("target/windows");

    private static final Pattern IN_HEAP =
            Pattern.compile("\"address\" : \"0x(?!14000|40[0-9a-f]{4}\")");

    /** Only to end what hangs: a loaded machine takes its time. */
    private static final long PATIENCE_MS = 300_000;

    private final Process process;
    private final Timer timer = new Timer(true);

    private WindowsTool(Process process) {
        this.process = process;
    }

    /** Starts it; skips the test, with the reason, where there is no Windows. */
    static WindowsTool start() throws IOException {
        prepare();
        return new WindowsTool(java(CommandServer.class));
    }

    /** Puts programs to look into on drive C; skips the test where there is no Windows. */
    static void prepare() throws IOException {
        Path reason = WORK.resolve("reason");
        String why = Files.exists(reason) ? Files.readString(reason).strip() : "no Wine is ready";
        assumeTrue(Files.exists(WORK.resolve("ready")), () -> "no Windows: " + why);
        assumeTrue(
                Files.exists(WORK.resolve("debuggees/live-x64.exe")),
                "no programs to look into: MinGW-w64 is not installed");
        Files.createDirectories(driveC());
        for (String program :
                List.of("live-x64.exe", "live-x86.exe", "run-x64.exe", "probe-x64.dll")) {
            Files.copy(
                    WORK.resolve("debuggees").resolve(program),
                    driveC().resolve(program),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Runs the main method of a test class in a Windows JVM of its own. */
    static Process java(Class<?> main, String... arguments) throws IOException {
        var command = new ArrayList<>(command(main));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        builder.environment().put("ORIEL_WINEPREFIX", prefix().toString());
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        return builder.start();
    }

    /** What starts a main class in a Windows JVM. */
    static List<String> command(Class<?> main) {
        return List.of(
                Corpus.projectRoot().resolve("scripts/windows-env").toString(),
                "java",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Doriel.drive=Z:",
                "-Dline.separator=\n",
                "-cp",
                classPath(),
                main.getName());
    }

    private static String classPath() {
        String own = System.getProperty("java.class.path", "");
        return System.getProperty("surefire.test.class.path", own).replace(File.pathSeparator, ";");
    }

    private static Properties ready() throws IOException {
        var ready = new Properties();
        try (var in = Files.newBufferedReader(WORK.resolve("ready"))) {
            ready.load(in);
        }
        return ready;
    }

    /** The folder in which Wine keeps its drive C. */
    static Path prefix() throws IOException {
        return WORK.resolve("test-prefix-" + ready().getProperty("ready_wine"));
    }

    /** Whether 32-bit programs run. */
    static boolean runs32Bit() throws IOException {
        return ready().getProperty("ready_bits32", "no").equals("yes");
    }

    /** The folder {@code C:\oriel}, as this system sees it. */
    static Path driveC() throws IOException {
        return prefix().resolve("drive_c/oriel");
    }

    /** Runs one command line. */
    Outcome run(String... args) throws IOException {
        // Reading from a process cannot be interrupted: when it hangs, its end must end the read.
        var end =
                new TimerTask() {
                    @Override
                    public void run() {
                        // Not forcibly: the script ends the JVM then, if need be forcibly.
                        process.destroy();
                    }
                };
        timer.schedule(end, PATIENCE_MS);
        try {
            return answer(args);
        } finally {
            end.cancel();
        }
    }

    private Outcome answer(String... args) throws IOException {
        byte[] line = (String.join("\t", args) + "\n").getBytes(StandardCharsets.UTF_8);
        process.getOutputStream().write(line);
        process.getOutputStream().flush();
        InputStream in = process.getInputStream();
        String[] head = CommandServer.line(in).split(" ");
        if (head.length < 3) {
            throw new IOException(String.join(" ", args) + ": no answer");
        }
        byte[] out = in.readNBytes(Integer.parseInt(head[1]));
        byte[] err = in.readNBytes(Integer.parseInt(head[2]));
        return new Outcome(
                Integer.parseInt(head[0]),
                new String(out, StandardCharsets.UTF_8),
                new String(err, StandardCharsets.UTF_8));
    }

    /** Starts a debuggee of drive C and returns its id. */
    String spawn(String... command) throws IOException {
        var args = new ArrayList<>(List.of("spawn", "--console", "none"));
        args.addAll(List.of(command));
        Outcome outcome = run(args.toArray(String[]::new));
        return outcome.out().replaceFirst("(?s)process (\\d+),.*", "$1");
    }

    /** The same, and waits, without holding it, until its threads run and its heap is filled. */
    String spawnAndWait(String program, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of("C:\\oriel\\" + program + ".exe"));
        command.addAll(List.of(arguments));
        String id = spawn(command.toArray(String[]::new));
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        while (System.nanoTime() < end) {
            String found = run("find", id, "-s", "ORIEL-HEAP-TEXT", "--json").out();
            // The text lies in the program too, which is at 140000000 or 400000.
            if (IN_HEAP.matcher(found).find()) {
                return id;
            }
        }
        throw new IOException(program + " does not begin");
    }

    @Override
    public void close() throws IOException {
        timer.cancel();
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It has ended already.
            process.destroyForcibly();
        }
        try {
            if (!process.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
            var stop =
                    new ProcessBuilder(
                            Corpus.projectRoot().resolve("scripts/windows-env").toString(), "stop");
            stop.environment().put("ORIEL_WINEPREFIX", prefix().toString());
            // Not for a time: on a loaded machine it would come late, and end what runs next.
            stop.start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
