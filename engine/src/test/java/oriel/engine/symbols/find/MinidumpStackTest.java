package oriel.engine.symbols.find;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import oriel.engine.dump.DumpOptions;
import oriel.engine.dump.DumpTarget;
import oriel.engine.symbols.Symbolizer;
import oriel.engine.symbols.store.FetchListener;
import oriel.engine.symbols.store.ServerSettings;
import oriel.engine.symbols.store.SymbolPath;
import oriel.engine.unwind.StackWalker;
import oriel.model.CodeLocation;
import oriel.model.StackFrame;
import oriel.model.StackTrace;
import oriel.model.Target;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;

/** Whole stacks by symbols against what other programs say of the same dumps. */
@NeedsCorpus
class MinidumpStackTest {
    private static List<String> stack(String dump, Path symbols) throws IOException {
        Path file = Corpus.file(dump);
        var options = DumpOptions.DEFAULT.withImagePath(List.of(symbols));
        return frames(DumpTarget.open(file, options), symbols);
    }

    private static List<String> frames(Target target, Path symbols) {
        var path = new SymbolPath(List.of(new SymbolPath.Directory(symbols)));
        var locator =
                new SymbolPathLocator(path, List.of(), ServerSettings.DEFAULT, FetchListener.NONE);
        var symbolizer = new Symbolizer(target, locator);
        var walker = new StackWalker(target, List.of(symbolizer.unwindSource()));
        StackTrace trace =
                walker.walk(
                        target.thread(target.exception().orElseThrow().thread().threadId())
                                .orElseThrow());
        var frames = new ArrayList<String>();
        for (StackFrame frame : trace.frames()) {
            CodeLocation at = symbolizer.locate(frame);
            frames.add(
                    Long.toHexString(frame.pc())
                            + " "
                            + Long.toHexString(frame.sp())
                            + " "
                            + at.label()
                            + at.line().map(l -> " " + last(l.file()) + ":" + l.line()).orElse(""));
        }
        return frames;
    }

    private static String last(String path) {
        return path.substring(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1);
    }

    /** {@code minidump2.stackwalk.out} beside the dump. */
    @Test
    void agreesWithStackwalkOfBreakpad() throws IOException {
        assertThat(
                        stack(
                                "breakpad/minidumps/minidump2.dmp",
                                Corpus.file("breakpad/minidumps/symbols")))
                .containsExactly(
                        "40429e 12fe84 test_app!`anonymous namespace'::CrashFunction+0xe"
                                + " test_app.cc:58",
                        "404200 12fe90 test_app!main+0x50 test_app.cc:65",
                        "4053ec 12ff78 test_app!__tmainCRTStartup+0x15f crt0.c:327",
                        "7c816fd7 12ffc8 kernel32!BaseProcessStart+0x23");
    }

    /**
     * Frames and lines of the snapshot of symbolicator, by STACK WIN records. It shows 2a2d96, the
     * call, where we show the address that it returns to.
     */
    @Test
    void agreesWithSymbolicator(@TempDir Path directory) throws IOException {
        Files.copy(Corpus.file("sentry/windows/crash.sym"), directory.resolve("crash.sym"));
        assertThat(stack("sentry/symbolicator/windows.dmp", directory))
                .containsExactly(
                        "2a2a3d 10ff644 crash!main+0x12d main.cpp:35",
                        "2a2d97 10ff744 crash!__scrt_common_main_seh+0xf9 exe_common.inl:283",
                        "750662c4 10ff78c kernel32+0x162c4",
                        "771d0f79 10ff7a0 ntdll+0x60f79",
                        "771d0f44 10ff7e8 ntdll+0x60f44");
    }
}
