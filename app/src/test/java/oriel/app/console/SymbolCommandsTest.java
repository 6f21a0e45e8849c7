package oriel.app.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import oriel.app.render.Page;
import oriel.engine.dump.DumpOptions;
import oriel.engine.dump.DumpTarget;
import oriel.engine.symbols.Symbolizer;
import oriel.engine.symbols.find.SymbolPathLocator;
import oriel.engine.symbols.store.FetchListener;
import oriel.engine.symbols.store.ServerSettings;
import oriel.engine.symbols.store.SymbolPath;
import oriel.engine.unwind.StackWalker;
import oriel.model.RegisterSet;
import oriel.model.Target;
import oriel.model.TargetThread;
import oriel.testkit.Corpus;

/** The commands x and ln on a dump whose PDB has mangled names. */
class SymbolCommandsTest {
    private static final Path EXAMPLES = Corpus.projectRoot().resolve("examples");

    private static String typed(String name, String rest) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var locator =
                new SymbolPathLocator(
                        new SymbolPath(List.of()),
                        List.of(EXAMPLES),
                        ServerSettings.DEFAULT,
                        FetchListener.NONE)) {
            Target target = DumpTarget.open(EXAMPLES.resolve("throw-x64.dmp"), DumpOptions.DEFAULT);
            var page = new Page(new PrintStream(out, false, StandardCharsets.UTF_8), false);
            var commands = new SymbolCommands(new Dump(target, locator), page);
            if (name.equals("x")) {
                commands.examine(rest);
            } else {
                commands.nearest(Long.parseLong(rest, 16));
            }
            page.flush();
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private record Dump(Target target, SymbolPathLocator locator) implements Inspected {
        @Override
        public Symbolizer symbolizer() {
            return new Symbolizer(target, locator);
        }

        @Override
        public StackWalker walker() {
            throw new UnsupportedOperationException();
        }

        @Override
        public TargetThread thread() {
            return target.threads().get(0);
        }

        @Override
        public void write(long va, byte[] bytes) {
            throw new ConsoleException("a dump cannot be changed");
        }

        @Override
        public void write(RegisterSet registers) {
            throw new ConsoleException("a dump cannot be changed");
        }
    }

    @Test
    void namesAreReadableAndTellOnce() throws IOException {
        assertThat(typed("x", "throw-x64!*vftable*"))
                .contains("throw-x64!type_info::`vftable'\n")
                .doesNotContain("??_7");
        assertThat(typed("x", "throw-x64!sink")).hasLineCount(1).endsWith("throw-x64!sink\n");
        assertThat(typed("x", "throw-x64!LEVEL?")).hasLineCount(3).contains("!level2\n");
    }

    @Test
    void mangledNamesCanBeAskedForToo() throws IOException {
        assertThat(typed("x", "throw-x64!??_7*")).endsWith("throw-x64!type_info::`vftable'\n");
        assertThatThrownBy(() -> typed("x", "throw-x64!nothing"))
                .isInstanceOf(ConsoleException.class)
                .hasMessage("no symbol matches 'throw-x64!nothing'");
    }

    @Test
    void nearest() throws IOException {
        assertThat(typed("ln", "140001084"))
                .contains("throw-x64!level2+0x4")
                .contains("throw.cpp:43");
    }
}
