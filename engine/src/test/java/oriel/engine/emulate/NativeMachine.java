package oriel.engine.emulate;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    private static final int VECTORS = 32;
    private static final int ANSWER_SIZE = (2 + NUMBERS + VECTORS) * 8 + DATA_SIZE;
    private static final List<String> WIDE =
            List.of(
                    "rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi", "r8", "r9", "r10",
                    "r11", "r12", "r13", "r14", "r15");
    private static final List<String> NARROW =
            List.of("eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi");

    /**
     * What an instruction starts from.
     *
     * @param registers general registers, flags, program counter
     * @param vectors two halves of each xmm register
     * @param data memory at {@link #DATA}
     */
    record State(RegisterSet registers, long[] vectors, byte[] data) {
        /** With vectors of zero. */
        static State of(RegisterSet registers, byte[] data) {
            return new State(registers, new long[VECTORS], data);
        }
    }

    /** What the processor made of it; the registers are empty after a fault. */
    record Outcome(Optional<RegisterSet> registers, long[] vectors, byte[] data, int x87Status) {}

    private final Process process;
    private final OutputStream in;
    private final InputStream out;

    private NativeMachine(Process process) {
        this.process = process;
        this.in = new BufferedOutputStream(process.getOutputStream(), 1 << 16);
        this.out = new BufferedInputStream(process.getInputStream(), 1 << 16);
    }

    /** Whether this machine is x64 Linux with gcc and the headers of the C library. */
    static boolean isPresent() {
        boolean fits =
                System.getProperty("os.arch").equals("amd64")
                        && System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
        try {
            return fits
                    && new ProcessBuilder("gcc", "-E", "-include", "stdio.h", "-x", "c", "-")
                                    .redirectErrorStream(true)
                                    .redirectInput(new File("/dev/null"))
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

    /** The names of the general registers, by number. */
    static List<String> general(Architecture architecture) {
        return architecture == Architecture.X64 ? WIDE : NARROW;
    }

    /** Whether the kernel runs 32-bit code, too. */
    boolean runs32() throws IOException {
        RegisterSet.Builder registers = RegisterSet.builder(Architecture.X86);
        NARROW.forEach(name -> registers.set(name, DATA));
        registers.set("efl", 0x202).set("eip", CODE);
        var nop = new byte[16];
        nop[0] = (byte) 0x90;
        send(nop, State.of(registers.build(), new byte[DATA_SIZE]));
        flush();
        try {
            return receive(Architecture.X86).registers().isPresent();
        } catch (EOFException e) {
            // A system that makes its own signal frames may end the program instead.
            return false;
        }
    }

    /** Sends an instruction; answers come in the same order. */
    void send(byte[] code, State state) {
        RegisterSet registers = state.registers();
        Architecture architecture = registers.architecture();
        ByteBuffer record =
                ByteBuffer.allocate(16 + (NUMBERS + 1 + VECTORS) * 8 + DATA_SIZE)
                        .order(ByteOrder.LITTLE_ENDIAN);
        record.put(code, 0, 16);
        List<String> names = general(architecture);
        for (int i = 0; i < WIDE.size(); i++) {
            record.putLong(i < names.size() ? registers.value(names.get(i)).orElseThrow() : 0);
        }
        record.putLong(registers.value("efl").orElseThrow());
        record.putLong(registers.pc().orElseThrow() - CODE);
        record.putLong(architecture == Architecture.X64 ? 0x33 : 0x23);
        for (long half : state.vectors()) {
            record.putLong(half);
        }
        record.put(state.data());
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
    Outcome receive(Architecture architecture) throws IOException {
        byte[] answer = out.readNBytes(ANSWER_SIZE);
        if (answer.length < ANSWER_SIZE) {
            throw new EOFException("the native program has ended");
        }
        ByteBuffer record = ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN);
        boolean done = record.getLong() == 1;
        boolean wide = architecture == Architecture.X64;
        RegisterSet.Builder registers = RegisterSet.builder(architecture);
        List<String> names = general(architecture);
        for (int i = 0; i < WIDE.size(); i++) {
            long value = record.getLong();
            if (i < names.size()) {
                registers.set(names.get(i), wide ? value : value & 0xffffffffL);
            }
        }
        registers.set("efl", record.getLong() & 0xffffffffL);
        registers.set(wide ? "rip" : "eip", record.getLong());
        int status = (int) record.getLong();
        var vectors = new long[VECTORS];
        for (int i = 0; i < VECTORS; i++) {
            vectors[i] = record.getLong();
        }
        var data = new byte[DATA_SIZE];
        record.get(data);
        return new Outcome(
                done ? Optional.of(registers.build()) : Optional.empty(), vectors, data, status);
    }

    @Override
    public void close() throws IOException {
        in.close();
        process.destroy();
    }
}
