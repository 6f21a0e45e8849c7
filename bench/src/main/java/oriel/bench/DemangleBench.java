package oriel.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import oriel.engine.demangle.Demangler;
import oriel.engine.demangle.Demangler.Level;

/** Names demangled each second by one warm core: names of real programs, from short to long. */
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class DemangleBench {
    /** Names asked in one call; lists are repeated up to it. */
    private static final int NAMES = 1024;

    private String[] msvc = {};
    private String[] itanium = {};
    private String[] rust = {};

    /** Reads the lists. */
    @Setup
    public void read() throws IOException {
        msvc = names("msvc.txt");
        itanium = names("itanium.txt");
        rust = names("rust.txt");
    }

    private static String[] names(String list) throws IOException {
        try (InputStream in = DemangleBench.class.getResourceAsStream(list)) {
            if (in == null) {
                throw new IOException(list + " is not in the bench");
            }
            List<String> lines =
                    new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
            var found = new String[NAMES];
            for (int i = 0; i < NAMES; i++) {
                found[i] = lines.get(i % lines.size());
            }
            return found;
        }
    }

    /** As stacks show them. */
    @Benchmark
    @OperationsPerInvocation(NAMES)
    public long msvcShort() {
        return lengths(msvc, Level.SHORT);
    }

    /** With all types, access and conventions. */
    @Benchmark
    @OperationsPerInvocation(NAMES)
    public long msvcFull() {
        return lengths(msvc, Level.FULL);
    }

    /** Names of GCC and Clang. */
    @Benchmark
    @OperationsPerInvocation(NAMES)
    public long itaniumFull() {
        return lengths(itanium, Level.FULL);
    }

    /** Names of Rust. */
    @Benchmark
    @OperationsPerInvocation(NAMES)
    public long rustFull() {
        return lengths(rust, Level.FULL);
    }

    private static long lengths(String[] names, Level level) {
        long sum = 0;
        for (String name : names) {
            sum += Demangler.demangle(name, level).length();
        }
        return sum;
    }
}
