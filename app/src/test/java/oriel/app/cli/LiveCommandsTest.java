package oriel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import oriel.testkit.Corpus;

/** The commands on running processes, in a Windows JVM under Wine. */
@Timeout(600)
class LiveCommandsTest {
    private static final String LIVE = "C:\\oriel\\live-x64.exe";

    private static WindowsTool tool;

    @TempDir Path folder;

    @BeforeAll
    static void start() throws IOException {
        tool = WindowsTool.start();
    }

    @AfterAll
    static void stop() throws IOException {
        if (tool != null) {
            // Ends every program of the prefix.
            tool.close();
        }
    }

    /** What {@link System#nanoTime} will be after some time. */
    private static long after(int seconds) {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }

    private static Outcome good(String... args) throws IOException {
        Outcome outcome = tool.run(args);
        assertThat(outcome.err()).as(String.join(" ", args)).isEmpty();
        assertThat(outcome.code()).isEqualTo(ExitCode.FOUND);
        return outcome;
    }

    @Test
    void psListsByNameAndWildcard() throws IOException {
        String id = tool.spawnAndWait("live-x64", "wait");
        assertThat(good("ps", "LIVE-X*").out())
                .contains(id)
                .contains("x64")
                .contains("live-x64.exe");
        assertThat(good("ps", id, "--format", "long", "--modules").out())
                .contains("command   " + LIVE + " wait")
                .contains("module    140000000  " + LIVE);
        assertThat(good("ps", id, "--json").out())
                .contains("\"processId\" : " + id)
                .contains("\"architecture\" : \"x64\"");
        assertThat(good("ps", "--services", "-f", "services").out()).contains("services.exe");
        assertThat(good("ps", "--search", "LIVE-x64").out()).contains(id);
        Outcome none = tool.run("ps", "nobody*");
        assertThat(none.code()).isEqualTo(ExitCode.USAGE);
        assertThat(none.err()).contains("there is no process 'nobody*'");
    }

    @Test
    void psTellsWhoseProcessesAre() throws IOException {
        String id = tool.spawnAndWait("live-x64", "wait");
        String users = good("ps", id, "--users").out();
        assertThat(users).contains("session").containsPattern("1 +[^ ]+\\\\[^ ]+ +live-x64.exe");
        String user = users.replaceFirst("(?s).* ([^ ]+)\\\\([^ ]+) +live-x64.*", "$2");
        assertThat(good("ps", "--user", user.toUpperCase(Locale.ROOT), "live*").out()).contains(id);
        assertThat(tool.run("ps", id, "--user", "nobody").code()).isEqualTo(ExitCode.NOTHING);
        assertThat(tool.run("ps", id, "--session", "77").code()).isEqualTo(ExitCode.NOTHING);
        assertThat(tool.run("ps", "--session", "x").err()).contains("'x' is no number");
        assertThat(good("ps", id, "--format", "long").out()).contains(" integrity");
        assertThat(good("ps", id, "--json").out()).contains("\"integrity\" : \"");
        // Whose memory has a module, with that module alone.
        assertThat(good("ps", "--module", "MSVCRT", id).out())
                .contains("msvcrt.dll")
                .doesNotContain("ntdll.dll");
        assertThat(tool.run("ps", id, "--module", "nothing.dll").code())
                .isEqualTo(ExitCode.NOTHING);
        assertThat(good("ps", LIVE).out()).contains(id);
    }

    @Test
    void suspendHoldsUntilResumed() throws IOException {
        String id = tool.spawnAndWait("live-x64", "spin");
        assertThat(good("ps", id).out()).doesNotContain("held");
        assertThat(good("suspend", id).out()).isEqualTo("live-x64.exe " + id + ": held\n");
        good("suspend", id);
        assertThat(good("ps", id).out()).contains("live-x64.exe  held");
        assertThat(good("ps", id, "--json").out()).contains("\"held\" : true");
        assertThat(good("threads", "--pid", id).out()).contains("suspended");
        assertThat(good("resume", id).out()).contains(": held");
        assertThat(good("resume", id).out()).contains(": runs");
        good("suspend", id);
        good("suspend", id);
        assertThat(good("resume", "--all", "--json", id).out()).contains("\"held\" : false");
        String held = tool.spawn("--suspended", LIVE, "wait");
        assertThat(good("ps", held).out()).contains("held");
        assertThat(good("resume", held).out()).contains(": runs");
        assertThat(tool.run("resume", "nobody").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void mapNamesFilesAndAddsUp() throws IOException {
        String id = tool.spawnAndWait("live-x64", "wait");
        Outcome map = good("map", id);
        assertThat(map.out())
                .contains("000140000000  1000          r--   committed  image    " + LIVE)
                .containsPattern("total +[0-9,]+ bytes");
        assertThat(good("map", id, "--json").out()).contains("\"executable\" :");
        assertThat(good("map", "--totals", id, "services").out()).contains("services.exe");
    }

    @Test
    void commandsOfDumpsWorkOnProcesses() throws IOException {
        String id = tool.spawnAndWait("live-x64", "threads", "2");
        assertThat(good("info", "--pid", id).out()).contains("a running process").contains(LIVE);
        assertThat(good("stack", "--pid", id, "--all").out())
                .contains("live-x64!main+")
                .contains("[live.c:")
                .contains("ntdll!RtlUserThreadStart");
        assertThat(good("read", "--pid=" + id, "live-x64!live_text", "-n", "16").out())
                .contains("ORIEL-LIVE-TEXT");
        assertThat(good("disassemble", "--pid", id, "live-x64!live_add", "-n", "4").out())
                .startsWith("live-x64!live_add:");
        assertThat(good("search", "--pid", id, "--text", "ORIEL-LIVE-WIDE", "--utf16").out())
                .contains("live-x64!live_wide");
        assertThat(good("memory", "--pid", id).out()).contains("stack of thread");
        assertThat(good("modules", "--pid", id).out()).contains("kernel32.dll");
        assertThat(good("threads", "--pid", id).out()).contains("ntdll!");
        Outcome report = tool.run("analyze", "--pid", id, "--brief");
        assertThat(report.code()).isEqualTo(ExitCode.NOTHING);
        assertThat(report.out()).contains("no exception");
        // Nothing above left it held.
        assertThat(good("kill", "--by", "exit", id, "--yes").out())
                .contains("ended by ExitProcess");
    }

    @Test
    void deadlocksAreFoundWhileTheyLast() throws IOException {
        // Held while it starts, too.
        String id = tool.spawn(LIVE, "deadlock");
        String report = tool.run("analyze", "--pid", id).out();
        long end = after(300);
        while (!report.contains("deadlock (likely)") && System.nanoTime() < end) {
            report = tool.run("analyze", "--pid", id).out();
        }
        assertThat(report).contains("waits for the critical section").contains("live-x64!first");
    }

    @Test
    void dumpsAreReadHereAndByOthers() throws Exception {
        String id = tool.spawnAndWait("live-x64", "threads", "3");
        Path small = folder.resolve("small.dmp");
        Path full = folder.resolve("full.dmp");
        Path theirs = folder.resolve("theirs.dmp");
        assertThat(good("dump", id, small.toString(), "--data", "--handles").out())
                .contains("bytes");
        good("dump", id, full.toString(), "--full");
        assertThat(good("dump", id, theirs.toString(), "--full", "--by-windows", "--json").out())
                .contains("\"sizeBytes\" : " + Files.size(theirs));
        Path system = WindowsTool.driveC().resolveSibling("windows").resolve("system32");
        String images = WindowsTool.driveC() + ";" + system;
        for (Path dump : new Path[] {small, full, theirs}) {
            Outcome stack = Outcome.of("stack", "--all", dump.toString(), "--image-path", images);
            assertThat(stack.out()).contains("live-x64!main+").contains("[live.c:");
            assertThat(Outcome.of("info", dump.toString()).out()).contains("threads    4");
        }
        assertThat(Outcome.of("search", full.toString(), "--text", "ORIEL-HEAP-TEXT").code())
                .isEqualTo(ExitCode.FOUND);
        assertThat(Outcome.of("read", small.toString(), "140009080", "-n", "16").out())
                .contains("ORIEL-LIVE-TEXT");
        Path lldb = Path.of("/usr/bin/lldb-19");
        assumeTrue(Files.isExecutable(lldb), "lldb-19 is not installed");
        for (Path dump : new Path[] {small, full}) {
            String said = lldb(dump);
            assertThat(said.lines().filter(l -> l.contains("thread #"))).hasSize(4);
            assertThat(said).contains("live-x64.exe").contains("ORIEL-LIVE-TEXT");
        }
    }

    @Test
    void dumpsAreReadByBreakpad() throws Exception {
        Path walker = stackwalk();
        assumeTrue(Files.exists(walker), "breakpad's minidump_stackwalk cannot be had from npm");
        String id = tool.spawnAndWait("live-x64", "threads", "3");
        Path dump = folder.resolve("breakpad.dmp");
        good("dump", id, dump.toString());
        String said = said(walker.toString(), "-m", dump.toString());
        // Another Wine says that it is another Windows.
        String info = Outcome.of("info", dump.toString()).out();
        String version =
                info.replaceFirst("(?s).*\\nsystem [^(\n]*\\((\\d+\\.\\d+\\.\\d+)\\).*", "$1");
        assertThat(said)
                .contains("OS|Windows NT|" + version)
                .contains("Crash|No crash|")
                .contains("Module|live-x64.exe|")
                .contains("|0x140000000|")
                .containsPattern("(?m)^3\\|0\\|ntdll.dll\\|");
    }

    /** Fetches the tool once; what is returned need not exist. */
    private static Path stackwalk() throws Exception {
        Path work = Corpus.projectRoot().resolve("target/tools");
        Path walker = work.resolve("package/bin/linux-x64/minidump_stackwalk");
        if (!Files.exists(walker)) {
            Files.createDirectories(work);
            // Whole or not at all, wherever it is interrupted.
            String script =
                    "cd '"
                            + work
                            + "' && rm -rf package part && mkdir part && cd part"
                            + " && npm pack --silent minidump@0.26.0 && tar xf *.tgz"
                            + " && mv package ../package && rm -rf ../part";
            Process fetch =
                    new ProcessBuilder("sh", "-c", script)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!fetch.waitFor(120, TimeUnit.SECONDS)) {
                fetch.descendants().forEach(ProcessHandle::destroyForcibly);
                fetch.destroyForcibly().waitFor();
            }
        }
        return Files.exists(walker) && !walker.toFile().setExecutable(true)
                ? work.resolve("none")
                : walker;
    }

    private static String said(String... command) throws Exception {
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    private static String lldb(Path dump) throws Exception {
        return said(
                "/usr/bin/lldb-19",
                "-x",
                "-b",
                "-o",
                "target create --core " + dump,
                "-o",
                "thread list",
                "-o",
                "image list",
                "-o",
                "memory read -c 16 -s 1 -f c 0x140009080");
    }

    @Test
    void findsAndListsTexts() throws IOException {
        String id = tool.spawnAndWait("live-x64", "wait");
        Outcome found =
                good(
                        "find",
                        id,
                        "-s",
                        "ORIEL-LIVE-TEXT",
                        "-I",
                        "oriel-live-wide",
                        "-x",
                        "04 03 0? 01");
        assertThat(found.out())
                .contains("000140009080")
                .contains("000140009040")
                .contains("000140009028");
        assertThat(good("find", "-q", "-r", "ORIEL-HEAP-[T]EXT", "live-*").out())
                .containsPattern("live-x64.exe " + id + ": \\d");
        assertThat(good("find", id, "-s", "ORIEL-LIVE-TEXT", "--json", "--limit", "1").out())
                .contains("\"bytes\" : \"4f5249454c2d4c4956452d54455854\"");
        assertThat(tool.run("find", id, "-x", "00 11 22 33 44 55 66 77 88 99 ab 12").code())
                .isEqualTo(ExitCode.NOTHING);
        assertThat(good("strings", id, "-n", "15", "-e", "unicode").out())
                .contains("ORIEL-LIVE-WIDE");
        assertThat(good("strings", id, "-l", "3").out()).hasLineCount(3);
        assertThat(good("strings", id, "services", "-l", "2").out())
                .startsWith("live-x64.exe " + id + "\n")
                .contains("services.exe ")
                .hasLineCount(6);
        assertThat(good("strings", id, "-l", "1", "--json").out())
                .contains("\"name\" : \"live-x64.exe\"")
                .contains("\"encoding\" : ");
    }

    @Test
    void writesAndInjects() throws IOException {
        String id = tool.spawnAndWait("live-x64", "wait");
        assertThat(good("write", id, "live-x64!live_text", "--text", "HELLO", "--yes").out())
                .contains("4f 52 49 45 4c -> 48 45 4c 4c 4f");
        good("write", id, "140001000", "90", "90", "--yes");
        assertThat(good("read", "--pid", id, "live_text", "-n", "16").out()).contains("HELLO-LIVE");
        Path page = folder.resolve("page.bin");
        good("read", "--pid", id, "140001000", "-n", "2", "-o", page.toString());
        assertThat(Files.readAllBytes(page)).containsExactly(0x90, 0x90);
        assertThat(good("inject", id, "C:\\oriel\\probe-x64.dll", "--yes").out())
                .contains("probe-x64.dll at 0x");
        Path code =
                Files.write(
                        folder.resolve("code"),
                        new byte[] {0x48, (byte) 0x8d, 0x41, 1, (byte) 0xc3});
        assertThat(
                        good("inject", id, "--code", code.toString(), "--parameter", "41", "--yes")
                                .out())
                .contains("returned 0x2a");
        assertThat(tool.run("write", id, "10", "90", "--yes").code()).isEqualTo(ExitCode.NOTHING);
    }

    @Test
    void changesSeveralProcessesAtOnce() throws IOException {
        String one = tool.spawnAndWait("live-x64", "wait");
        String two = tool.spawnAndWait("live-x64", "wait");
        String change = ": 4f 52 -> 48 49\n";
        assertThat(good("write", one, two, "live_text", "--hex", "48 49", "--yes").out())
                .isEqualTo(
                        "0x140009080 of live-x64.exe "
                                + one
                                + change
                                + "0x140009080 of live-x64.exe "
                                + two
                                + change);
        for (String id : List.of(one, two)) {
            assertThat(good("read", "--pid", id, "live_text", "-n", "3", "--json").out())
                    .contains("\"bytes\" : \"484949\"");
        }
        // What cannot be done in one is told, and done in the others.
        Outcome some =
                tool.run("write", "services", two, "live-x64!live_text", "--text", "AB", "--yes");
        assertThat(some.code()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(some.err()).startsWith("oriel: services.exe ").contains("live-x64!live_text");
        assertThat(some.out())
                .isEqualTo("0x140009080 of live-x64.exe " + two + ": 48 49 -> 41 42\n");
        String json = good("write", one, two, "live_text", "--text", "C", "--yes", "--json").out();
        assertThat(json)
                .containsSubsequence(
                        "\"processes\"",
                        "\"processId\" : " + one,
                        "\"before\" : \"48\"",
                        "\"processId\" : " + two,
                        "\"before\" : \"41\"",
                        "\"after\" : \"43\"");
        assertThat(tool.run("write", one, two, "10", "--text", "A", "--yes").err())
                .contains("live-x64.exe " + one + ": not all of 0x10")
                .hasLineCount(2);
        assertThat(good("inject", one, two, "C:\\oriel\\probe-x64.dll", "--yes").out())
                .containsPattern("live-x64.exe " + one + ": .*probe-x64.dll at 0x")
                .containsPattern("live-x64.exe " + two + ": .*probe-x64.dll at 0x");
        Path code = Files.write(folder.resolve("ret"), new byte[] {(byte) 0x91, (byte) 0xc3});
        assertThat(good("inject", one, two, "--code", code.toString(), "--yes", "--json").out())
                .containsSubsequence(
                        "\"processId\" : " + one,
                        "\"result\" : \"0x0\"",
                        "\"processId\" : " + two,
                        "\"result\" : \"0x0\"");
        assertThat(tool.run("inject", one, "--yes").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void dumpsOfSeveralProcessesHaveFilesOfTheirOwn() throws IOException {
        String one = tool.spawnAndWait("live-x64", "wait");
        String two = tool.spawnAndWait("live-x64", "wait");
        String many = folder + "/many/";
        String out = good("dump", one, two, many).out();
        for (String id : List.of(one, two)) {
            String file = many + "live-x64-" + id + ".dmp";
            assertThat(out).containsPattern(Pattern.quote(file) + ": \\d+ bytes\n");
            assertThat(Outcome.of("info", file).out()).contains("process", id);
        }
        assertThat(good("dump", one, two, many + "again-{id}.dmp", "--json").out())
                .containsSubsequence("\"processId\" : " + one, "again-" + one + ".dmp")
                .containsSubsequence("\"processId\" : " + two, "again-" + two + ".dmp");
        good("dump", one, folder + "/many", "--yes");
        Outcome clash = tool.run("dump", one, two, folder + "/{name}.dmp");
        assertThat(clash.code()).isEqualTo(ExitCode.USAGE);
        assertThat(clash.err()).contains("cannot both be").contains("{id}");
    }

    @Test
    void startsAndEndsPrograms() throws IOException {
        assertThat(good("spawn", "--wait", LIVE, "exit", "7").out()).contains("exit code 7");
        String parent = tool.spawn(LIVE, "wait");
        String child = tool.spawn("--parent", parent, LIVE, "wait");
        assertThat(good("ps", child, "--json").out()).contains("\"parentId\" : " + parent);
        assertThat(good("kill", "--by", "debugger", child, "--yes").out()).contains("debugger");
        assertThat(good("kill", parent, "--yes").out()).contains("TerminateProcess");
        Outcome gone = tool.run("kill", parent, "--yes");
        assertThat(gone.code()).isEqualTo(ExitCode.USAGE);
        Outcome missing = tool.run("spawn", "C:\\oriel\\nothing.exe");
        assertThat(missing.code()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(missing.err()).contains("CreateProcess").contains("(error 2)");
    }

    @Test
    void changesAreToldAsJson() throws IOException {
        String out =
                good("spawn", "--json", "--wait", "--console", "none", LIVE, "exit", "7").out();
        assertThat(out).contains("\"processId\" : ").contains("\"exitCode\" : 7");
        String id = tool.spawnAndWait("live-x64", "wait");
        assertThat(good("write", id, "live_text", "--text", "H", "--json", "--yes").out())
                .contains("\"address\" : \"0x140009080\"")
                .contains("\"before\" : \"4f\"")
                .contains("\"after\" : \"48\"");
        assertThat(good("read", "--pid", id, "live_text", "-n", "3", "--json").out())
                .contains("\"bytes\" : \"485249\"");
        assertThat(good("inject", id, "C:\\oriel\\probe-x64.dll", "--json", "--yes").out())
                .contains("\"path\" : \"C:\\\\oriel\\\\probe-x64.dll\"");
        Path code = Files.write(folder.resolve("ret"), new byte[] {(byte) 0x91, (byte) 0xc3});
        assertThat(
                        good(
                                        "inject",
                                        id,
                                        "--code",
                                        code.toString(),
                                        "--parameter",
                                        "5",
                                        "--json",
                                        "--yes")
                                .out())
                .contains("\"result\" : \"0x5\"");
        assertThat(good("kill", id, "--json", "--yes").out())
                .contains("\"processId\" : " + id)
                .contains("\"endedBy\" : \"TerminateProcess\"");
    }

    @Test
    void showsAndChangesWindows() throws IOException {
        String id = tool.spawn(LIVE, "window");
        String tree = "";
        long none = after(60);
        long end = after(300);
        while (!tree.contains("Press") && System.nanoTime() < (tree.isEmpty() ? none : end)) {
            tree = tool.run("windows", "tree", id).out();
        }
        assumeTrue(!tree.isEmpty(), "no windows can be shown here");
        assertThat(tree).contains("OrielLive").contains("\"Oriel window\"  10,20 300x200");
        String handle = tree.strip().replaceFirst("(?s) .*", "");
        good("windows", "text", handle, "Renamed");
        assertThat(good("windows", "find", "Renamed").out()).contains(handle);
        good("windows", "move", handle, "1", "2", "150", "160");
        assertThat(good("windows", "list", id, "--json").out()).contains("\"width\" : 150");
        assertThat(good("windows", "send", handle, "0x407", "3", "4").out()).contains("0x7");
        good("windows", "close", handle, "--yes");
    }

    @Test
    void readsAndChangesTheRegistry() throws IOException {
        String key = "HKCU\\Software\\OrielTest";
        good("registry", "set", key + "\\Inner", "Level", "3", "--type", "number");
        good("registry", "set", key + "\\Inner", "Words", "a", "b", "--type", "texts");
        good("registry", "set", key, "", "the default");
        assertThat(good("registry", "get", key + "\\Inner", "Level").out()).isEqualTo("0x3 (3)\n");
        assertThat(good("registry", "list", key).out()).contains("Inner\\").contains("the default");
        assertThat(good("registry", "get", key + "\\Inner", "Level", "--json").out())
                .contains("\"name\" : \"Level\"");
        assertThat(tool.run("registry", "get", key, "nothing").err())
                .isEqualTo("oriel: " + key + " has no value 'nothing'\n");
        good("registry", "copy", key + "\\Inner", key + "\\Copy");
        assertThat(good("registry", "search", key, "^b$").out()).contains("Inner").contains("Copy");
        Path file = folder.resolve("out.reg");
        good("registry", "export", key, file.toString());
        assertThat(Files.readString(file, StandardCharsets.UTF_16))
                .startsWith("Windows Registry Editor Version 5.00\r\n")
                .contains("[HKEY_CURRENT_USER\\Software\\OrielTest\\Inner]")
                .contains("\"Level\"=dword:00000003")
                .contains("\"Words\"=hex(7):61,00,00,00,62,00,00,00,00,00");
        good("registry", "delete", key + "\\Inner", "Level", "--yes");
        assertThat(tool.run("registry", "get", key + "\\Inner", "Level").code())
                .isEqualTo(ExitCode.NOTHING);
        good("registry", "delete", key, "--yes");
        assertThat(tool.run("registry", "list", key).err())
                .isEqualTo(
                        "oriel: RegOpenKeyEx "
                                + key
                                + ": There is no such key or value. (error 2)\n");
        assertThat(tool.run("registry", "delete", "HKCU", "--yes").err()).contains("whole hives");
    }

    @Test
    void listsAndStartsServices() throws IOException {
        assertThat(good("service", "list").out()).contains("Spooler").contains("running");
        assertThat(good("service", "list", "spool", "--json").out()).contains("\"Print Spooler\"");
        assertThat(tool.run("service", "frob").err()).contains("'frob' is no action of service");
        assertThat(tool.run("spawn", "--elevated", "--env", "A=b", LIVE).err())
                .contains("--elevated and --env exclude each other");
        Outcome missing = tool.run("service", "start", "NoSuchService");
        assertThat(missing.err()).contains("There is no such service").contains("1060");
    }

    @Test
    void both32BitSidesAreShown() throws IOException {
        assumeTrue(WindowsTool.runs32Bit(), "this Wine runs no 32-bit programs");
        String id = tool.spawnAndWait("live-x86", "wait");
        assertThat(good("ps", id).out()).contains("x86");
        assertThat(good("stack", "--pid", id, "--all").out()).contains("live-x86!main+");
        Path dump = folder.resolve("x86.dmp");
        good("dump", id, dump.toString());
        assertThat(Outcome.of("info", dump.toString()).out()).contains("x86");
        Outcome wrong = tool.run("inject", id, "C:\\oriel\\probe-x64.dll", "--yes");
        assertThat(wrong.code()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(wrong.err()).contains("X86");
        String other = tool.spawnAndWait("live-x64", "wait");
        Outcome some = tool.run("inject", id, other, "C:\\oriel\\probe-x64.dll", "--yes", "--json");
        assertThat(some.code()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(some.err()).startsWith("oriel: live-x86.exe " + id + ": ").contains("X86");
        assertThat(some.out())
                .containsSubsequence(
                        "\"name\" : \"live-x86.exe\"",
                        "\"error\" : ",
                        "\"processId\" : " + other,
                        "\"module\" : ");
    }
}
