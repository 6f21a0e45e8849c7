package oriel.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A console in another process, whose lines are edited in this one. */
@Timeout(600)
class TerminalOwnerTest {
    /** The other process: echoes lines, offers words, and waits to be interrupted. */
    static final class Other {
        private Other() {}

        public static void main(String[] args) throws Exception {
            var out =
                    new PrintStream(
                            new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
            var interrupted = new LinkedBlockingQueue<String>();
            var lines = new RemoteLines(new FileInputStream(FileDescriptor.in), out);
            lines.onInterrupt(() -> interrupted.add("interrupted"), () -> {});
            lines.complete(text -> List.of(text + "1", text + "2"));
            int number = 0;
            for (Optional<String> line = lines.next(++number + "> ");
                    line.isPresent();
                    line = lines.next(++number + "> ")) {
                if (line.get().equals("q")) {
                    Runtime.getRuntime().halt(7);
                }
                boolean runs = line.get().startsWith("run");
                out.println(runs ? interrupted.take() : "did " + line.get());
            }
            Runtime.getRuntime().halt(0);
        }
    }

    /** A person who writes what a test says. */
    private static final class Person implements LineInput {
        private final Deque<String> writes;
        private final List<String> saw = new ArrayList<>();
        private Function<String, List<String>> candidates = text -> List.of();
        private Runnable interrupt = () -> {};

        Person(String... writes) {
            this.writes = new ArrayDeque<>(List.of(writes));
        }

        @Override
        public Optional<String> next(String prompt) {
            saw.add(prompt);
            String line = writes.isEmpty() ? "" : writes.poll();
            if (line.startsWith("?")) {
                saw.addAll(candidates.apply(line.substring(1)));
                line = writes.poll();
            }
            if (line.equals("run interrupted at once")) {
                interrupt.run();
            } else if (line.equals("run")) {
                // Before the line is sent, or after.
                Thread later = new Thread(() -> interrupt.run());
                later.setDaemon(true);
                later.start();
            }
            return line.isEmpty() ? Optional.empty() : Optional.of(line);
        }

        @Override
        public void onInterrupt(Runnable action, Runnable forget) {
            interrupt = action;
        }

        @Override
        public void complete(Function<String, List<String>> words) {
            candidates = words;
        }
    }

    private static ProcessBuilder other() {
        String classPath = System.getProperty("java.class.path", "");
        var builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", classPath),
                        Other.class.getName());
        // A JVM that is given options this way says so among what the console prints.
        builder.environment()
                .keySet()
                .removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        return builder;
    }

    @Test
    void linesCompletionsAndInterruptsArePassedOn() throws Exception {
        var out = new ByteArrayOutputStream();
        var person = new Person("first", "?k", "k1", "run", "run interrupted at once", "q");
        int code =
                new TerminalOwner(person, new PrintStream(out, true, StandardCharsets.UTF_8))
                        .serve(other());
        assertThat(code).isEqualTo(7);
        assertThat(person.saw).containsExactly("1> ", "2> ", "k1", "k2", "3> ", "4> ", "5> ");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("did first\ndid k1\ninterrupted\ninterrupted\n");
    }

    @Test
    void theConsoleEndsWithItsPerson() throws Exception {
        var out = new ByteArrayOutputStream();
        int code =
                new TerminalOwner(
                                new Person("only"),
                                new PrintStream(out, true, StandardCharsets.UTF_8))
                        .serve(other());
        assertThat(code).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("did only\n");
    }
}
