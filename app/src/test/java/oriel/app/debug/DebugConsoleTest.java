package oriel.app.debug;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.app.console.ConsoleOutput;
import oriel.app.console.GuideOfCommands;
import oriel.app.console.LineInput;
import oriel.app.console.SymbolPlaces;
import oriel.app.render.ConsoleSchema;
import oriel.driver.RawEvent;
import oriel.engine.session.DebugSession;
import oriel.engine.symbols.find.SymbolPathLocator;
import oriel.engine.symbols.store.FetchListener;
import oriel.engine.symbols.store.ServerSettings;
import oriel.engine.symbols.store.SymbolPath;
import oriel.model.Architecture;
import oriel.model.LoadedModule;
import oriel.model.ThreadRef;
import oriel.testkit.ScriptedDriver;
import tools.jackson.databind.JsonNode;

/** The commands that let processes run, on a target that does what a script says. */
class DebugConsoleTest {
    private static final long CODE = 0x1000;
    private static final LoadedModule APP = ScriptedDriver.module("C:\\app.exe", 0x1000, 0x1000);
    private static final LoadedModule LIB = ScriptedDriver.module("C:\\lib.dll", 0x4000, 0x1000);

    private final ScriptedDriver driver = new ScriptedDriver(Architecture.X64);
    private final ThreadRef thread;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private Optional<DebugSession> opened = Optional.empty();

    DebugConsoleTest() {
        // inc eax; call 1010; nop; nop; hlt ... 1010: ret
        driver.memory(CODE, 0xff, 0xc0, 0xe8, 0x09, 0, 0, 0, 0x90, 0x90, 0xf4);
        driver.memory(CODE + 10, new int[0x30]);
        driver.memory(CODE + 0x10, 0xc3);
        driver.memory(0x8000, new int[0x40]);
        driver.memory(LIB.base(), 0x90, 0x90);
        thread = driver.thread(1, CODE, 0x8010);
    }

    @AfterEach
    void close() {
        opened.ifPresent(DebugSession::close);
    }

    private String type(boolean json, String... lines) throws IOException {
        return type(json, LineInput.of(new StringReader(String.join("\n", lines))));
    }

    private String type(boolean json, LineInput lines) throws IOException {
        var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        DebugSession session = DebugSession.open(() -> driver, (module, memory) -> List.of());
        opened = Optional.of(session);
        var symbols =
                new SymbolPlaces(
                        "",
                        path ->
                                new SymbolPathLocator(
                                        new SymbolPath(List.of()),
                                        List.of(),
                                        ServerSettings.DEFAULT.withOffline(true),
                                        FetchListener.NONE));
        try (symbols) {
            var output = new ConsoleOutput(stream, stream, false, json);
            var console = new DebugConsole(session, symbols, output, false);
            session.stopAtLoader(true).go();
            out.reset();
            console.run(lines, false);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private void begins() {
        driver.then(
                plan ->
                        List.of(
                                driver.started(thread, APP),
                                driver.raised(thread, 0x80000003, CODE, CODE)));
    }

    @Test
    void breaksWithPassesConditionsAndCommands() throws IOException {
        begins();
        driver.then(plan -> List.of(driver.hits(thread, CODE + 7)));
        driver.then(plan -> List.of(driver.hits(thread, CODE + 7)));
        driver.then(plan -> List.of(driver.exits(thread)));
        String shown =
                type(
                        false,
                        "bp /w \"@rax == 0\" 1007 2 \".echo second; r rip; gc; .echo never\"",
                        "bl",
                        "g",
                        ".lastevent");
        assertThat(shown)
                .contains(
                        "  0 e 0000000000001007 0002 (0002) app+0x7  hits 0  when @rax == 0 \".echo second;")
                .contains("breakpoint 0 hit\n")
                .contains("second\nrip=0000000000001007\n")
                .doesNotContain("\nnever")
                .contains("process 100 ended with code 0\n");
        assertThat(driver.isOver()).isTrue();
    }

    @Test
    void oneShotBreakpointsGoAway() throws IOException {
        begins();
        driver.then(plan -> List.of(driver.hits(thread, CODE + 7)));
        assertThat(type(false, "bp /1 1007; g; bl; .echo end")).endsWith("nop\nend\n");
    }

    @Test
    void stepsIntoOverAndOut() throws IOException {
        begins();
        driver.then(plan -> List.of(driver.stepped(thread, CODE + 2)));
        driver.then(plan -> List.of(driver.hits(thread, CODE + 7)));
        assertThat(type(false, "t; p; r rip"))
                .contains("000000001002  e809000000        call    00000000`00001010\n")
                .endsWith("rip=0000000000001007\n");
    }

    @Test
    void eventsStopAsTheFiltersSay() throws IOException {
        begins();
        driver.then(plan -> List.of(driver.loaded(thread, LIB)));
        driver.then(plan -> List.of(new RawEvent.OutputWritten(thread, "hello")));
        driver.then(plan -> List.of(driver.raised(thread, 0xc0000094, CODE + 7, CODE + 7)));
        driver.then(
                plan -> List.of(driver.raised(thread, 0xc0000005, CODE + 7, CODE + 7, 0L, 16L)));
        driver.then(plan -> List.of(driver.exits(thread)));
        String shown =
                type(
                        false,
                        "sxe -c \".echo came\" ld:lib*; sxe out; sxi dz; sxe -h av; sx",
                        "g",
                        ".echo first",
                        "g",
                        ".echo second",
                        "g",
                        ".exr -1; ? $exr_code",
                        "sxr; sx");
        assertThat(shown)
                .contains(
                        "       ld - Load module                      - break  only lib*  \".echo came\"\n")
                .contains("       dz - Integer divide-by-zero           - ignore - not handled\n")
                .contains("       av - Access violation                 - break - handled\n")
                .containsSubsequence(
                        "loaded 4000 5000 C:\\lib.dll", "came", "first", "output: hello", "second")
                .doesNotContain("c0000094")
                .contains("exception c0000005 (first chance) at app+0x7: read of 0x10")
                .contains("ExceptionCode: c0000005 (STATUS_ACCESS_VIOLATION)");
    }

    @Test
    void allExceptionsAreFilteredAtOnce() throws IOException {
        begins();
        driver.then(plan -> List.of(driver.raised(thread, 0xc0000094, CODE + 7, CODE + 7)));
        driver.then(plan -> List.of(driver.exits(thread)));
        String shown = type(false, "sxe -c \".echo any\" *; sxe -h *; sx", "g", ".echo stopped");
        assertThat(shown)
                .contains(
                        "       dz - Integer divide-by-zero           - break - handled  \".echo any\"\n")
                .contains("      bpe - Break instruction exception      - break - not handled\n")
                .contains("\nany\nstopped\n");
    }

    @Test
    void everyEventIsALineOfJson() throws IOException {
        begins();
        driver.then(
                plan ->
                        List.of(
                                new RawEvent.ThreadStarted(thread, CODE),
                                driver.loaded(thread, LIB),
                                new RawEvent.OutputWritten(thread, "hello\n"),
                                driver.unloaded(thread, LIB),
                                new RawEvent.ThreadExited(thread, 7)));
        driver.then(plan -> List.of(driver.hits(thread, CODE + 7)));
        // The nop is executed by the emulator: the step needs no run.
        driver.then(
                plan -> List.of(driver.raised(thread, 0xc0000005, CODE + 8, CODE + 8, 1L, 32L)));
        driver.then(plan -> List.of(driver.exits(thread)));
        List<JsonNode> lines =
                ConsoleSchema.check(type(true, "bp 1007; g; r rax; t; g; k; lm; bl; nonsense; gn"));
        assertThat(lines.stream().map(l -> l.path("event").asString("")).filter(e -> !e.isEmpty()))
                .contains(
                        "ThreadStarted",
                        "ModuleLoaded",
                        "OutputWritten",
                        "ModuleUnloaded",
                        "ThreadExited",
                        "BreakpointHit",
                        "StepDone",
                        "ExceptionRaised",
                        "ProcessExited");
        JsonNode raised =
                lines.stream()
                        .filter(l -> l.path("event").asString("").equals("ExceptionRaised"))
                        .findFirst()
                        .orElseThrow();
        assertThat(raised.get("exceptionCode").asString()).isEqualTo("0xc0000005");
        assertThat(raised.get("parameters")).hasSize(2);
        assertThat(lines.stream().filter(l -> l.has("command")).map(l -> l.get("ok").asBoolean()))
                .containsExactly(true, true, true, true, true, true, true, true, false, true);
        assertThat(lines.stream().anyMatch(l -> l.path("registers").has("rax"))).isTrue();
        assertThat(lines.stream().anyMatch(l -> l.has("breakpoints"))).isTrue();
    }

    @Test
    void processesAndThreads() throws IOException {
        begins();
        String shown = type(false, "|; ~; ~*k 1; r rax=5; ~0 r rax; .detach; g");
        assertThat(shown)
                .contains(".  0  id: 64 (100)  C:\\app.exe\n")
                .contains(".   0  Id: 64.1  app\n")
                .contains("rax=0000000000000005\n");
        assertThat(driver.calls()).contains("detach");
    }

    /** Those of WinAppDbg's console that need processes; the others are tested on a dump. */
    @Test
    void commandsOfWinAppDbgAboutProcesses() throws IOException {
        begins();
        assertThat(
                        type(
                                false,
                                "processlist; pl; refresh; break; bp9 1000; bl; memory; m;"
                                        + " modload; attach; windowed; console; detach"))
                .contains("  9 e 0000000000001000")
                .contains("the processes stand already")
                .contains("oriel: which process?")
                .doesNotContain("is not a command");
        assertThat(driver.calls()).contains("detach");
    }

    @Test
    void theGuideHasEachCommand() throws IOException {
        begins();
        GuideOfCommands.check(type(false, "help *"));
    }

    /** Lines of a person who presses Ctrl-C right behind those that end with ^C. */
    private static final class Hands implements LineInput {
        private final Iterator<String> lines;
        private Runnable action = () -> {};
        private Runnable forget = () -> {};

        Hands(String... lines) {
            this.lines = List.of(lines).iterator();
        }

        void press() {
            action.run();
        }

        @Override
        public Optional<String> next(String prompt) {
            forget.run();
            if (!lines.hasNext()) {
                return Optional.empty();
            }
            String line = lines.next();
            if (line.endsWith("^C")) {
                press();
            }
            return Optional.of(line.replace("^C", ""));
        }

        @Override
        public void onInterrupt(Runnable what, Runnable forgotten) {
            action = what;
            forget = forgotten;
        }
    }

    private RawEvent interrupted() {
        return new RawEvent.Interrupted(thread);
    }

    @Test
    void anInterruptThatComesBeforeTheRunOfItsLineStopsIt() throws IOException {
        begins();
        driver.then(interrupted());
        driver.then(driver.exits(thread));
        assertThat(type(false, new Hands(".echo a; g^C", "g"))).contains("a\n", "interrupted\n");
        assertThat(driver.calls()).containsOnlyOnce("interrupt");
        assertThat(driver.isOver()).isTrue();
    }

    @Test
    void anInterruptOfALineThatRunsNothingStopsNoLaterOne() throws IOException {
        begins();
        driver.then(driver.exits(thread));
        assertThat(type(false, new Hands(".echo a^C", "g")))
                .isEqualTo("a\nprocess 100 ended with code 0\n");
        assertThat(driver.calls()).doesNotContain("interrupt");
    }

    @Test
    void anInterruptThatComesTooLateForItsRunStopsNoOther() throws IOException {
        var hands = new Hands("bp 1007", "g", ".echo here", "g", "g");
        begins();
        driver.then(
                plan -> {
                    hands.press();
                    return List.of(driver.hits(thread, CODE + 7));
                });
        driver.then(interrupted());
        driver.then(
                plan -> {
                    hands.press();
                    return List.of(interrupted());
                });
        driver.then(driver.exits(thread));
        String shown = type(false, hands);
        assertThat(shown)
                .containsSubsequence("breakpoint 0 hit\n", "here\n", "interrupted\n", "ended with");
        assertThat(shown.split("interrupted", -1)).hasSize(2);
        assertThat(driver.isOver()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"p 3", "t 3", "wt"})
    void anInterruptThatComesTooLateForItsRunIsToldWhereItEndsSteps(String steps)
            throws IOException {
        var hands = new Hands("bp 1007", "g", ".echo here", steps, ".echo there", "g");
        begins();
        driver.then(
                plan -> {
                    hands.press();
                    return List.of(driver.hits(thread, CODE + 7));
                });
        driver.then(plan -> List.of(driver.stepped(thread, CODE + 8)));
        driver.then(interrupted());
        driver.then(driver.exits(thread));
        String shown = type(false, hands);
        assertThat(shown)
                .containsSubsequence("breakpoint 0 hit\n", "here\n", "interrupted\n", "there\n");
        assertThat(shown.split("interrupted", -1)).hasSize(2);
        assertThat(driver.isOver()).isTrue();
    }

    @Test
    void restartWaitsForTheEndAndStartsAnew() throws IOException {
        driver.then();
        begins();
        driver.then(new RawEvent.OutputWritten(thread, "late"));
        driver.then();
        driver.then(plan -> List.of(driver.exits(thread)));
        driver.then();
        begins();
        assertThat(type(false, ".create app.exe", ".restart", ".echo there"))
                .containsSubsequence("started", "ended with code 0\n", "started", "there\n")
                .doesNotContain("oriel:");
        assertThat(driver.calls()).containsSubsequence("start", "kill", "start");
        assertThat(driver.isOver()).isTrue();
    }

    @Test
    void ctrlCLeavesARestartThatWaitsForAProcessThatDoesNotEnd() throws IOException {
        var hands = new Hands(".create app.exe", ".restart", ".echo there", "g");
        driver.then();
        begins();
        driver.then(
                plan -> {
                    assertThat(plan.timeout()).isPresent();
                    hands.press();
                    return List.of();
                });
        driver.then(plan -> List.of(driver.exits(thread)));
        assertThat(type(false, hands))
                .containsSubsequence("oriel: interrupted\n", "there\n", "ended with code 0\n");
        assertThat(driver.calls()).containsOnlyOnce("start");
        assertThat(driver.isOver()).isTrue();
    }
}
