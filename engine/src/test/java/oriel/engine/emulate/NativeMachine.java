package oriel.engine.emulate;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import oriel.model.Architecture;
import oriel.model.RegisterSet;

/** The real processor: a small C program, built with gcc, that executes single instructions. */
final class NativeMachine implements AutoCloseable {
    static final long CODE = 0x10000000L;
    static final long DATA = 0x20000000L;

    /** Bytes of memory that are sent and compared; the rest of the page is zero. */
    static final int DATA_SIZE = 512;

    static final int PAGE = 4096;
    private static final int NUMBERS = 18;
    private static final String[] NAMES = {
        "rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12",
        "r13", "r14", "r15", "efl"
    };

    /** What the processor did: registers and memory afterwards, or empty for a fault. */
    record Outcome(Optional<RegisterSet> registers, byte[] data) {}

    private final Process process;
    private final OutputStream in;
    private final InputStream out;

    private NativeMachine(Process process) {
        this.process = process;
        this.in = new BufferedOutputStream(process.getOutputStream(), 1 << 16);
        this.out = new BufferedInputStream(process.getInputStream(), 1 << 16);
    }

    /** Whether this machine is x64 Linux with gcc. */
    static boolean isPresent() {
        boolean fits =
                System.getProperty("os.arch").equals("amd64")
                        && System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
        try {
            return fits
                    && new ProcessBuilder("gcc", "--version")
                                    .redirectErrorStream(true)
                                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                    .start()
                                    .waitFor()
                            == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Builds and starts the program in a folder. */
    static NativeMachine build(Path folder) throws IOException, InterruptedException {
        Path source = folder.resolve("run.c");
        try (InputStream code = NativeMachine.class.getResourceAsStream("run.c")) {
            Files.write(source, code.readAllBytes());
        }
        String program = folder.resolve("run").toString();
        Process compiler =
                new ProcessBuilder("gcc", "-O1", "-o", program, source.toString())
                        .inheritIO()
                        .start();
        if (compiler.waitFor() != 0) {
            throw new IOException("gcc failed");
        }
        return new NativeMachine(
                new ProcessBuilder(program).redirectError(ProcessBuilder.Redirect.DISCARD).start());
    }

    /** Sends an instruction; answers come in the same order. */
    void send(byte[] code, RegisterSet registers, byte[] data) {
        ByteBuffer record =
                ByteBuffer.allocate(16 + NUMBERS * 8 + DATA_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        record.put(code, 0, 16);
        for (String name : NAMES) {
            record.putLong(registers.value(name).orElseThrow());
        }
        record.putLong(registers.pc().orElseThrow() - CODE);
        record.put(data);
        try {
            in.write(record.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets the program work on what was sent. */
    void flush() throws IOException {
        in.flush();
    }

    /** The next answer. */
    Outcome receive() throws IOException {
        ByteBuffer record =
                ByteBuffer.wrap(out.readNBytes(8 + NUMBERS * 8 + DATA_SIZE))
                        .order(ByteOrder.LITTLE_ENDIAN);
        boolean done = record.getLong() == 1;
        RegisterSet.Builder registers = RegisterSet.builder(Architecture.X64);
        for (String name : NAMES) {
            registers.set(name, record.getLong());
        }
        registers.set("rip", record.getLong());
        var data = new byte[DATA_SIZE];
        record.get(data);
        return new Outcome(done ? Optional.of(registers.build()) : Optional.empty(), data);
    }

    @Override
    public void close() throws IOException {
        in.close();
        process.destroy();
    }
}
