package oriel.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import oriel.bytes.Bytes;
import oriel.engine.disasm.Disassembler;
import oriel.engine.disasm.FormatOptions;
import oriel.engine.disasm.Instruction;
import oriel.engine.disasm.InstructionFormatter;
import oriel.format.pe.PeImage;
import oriel.format.pe.Section;
import oriel.model.Architecture;

/**
 * Decodes and writes the code of a real image: one operation is one mebibyte, so that the score is
 * MiB/s. {@code -prof gc} shows that decoding allocates nothing; {@code -p image=FILE} chooses
 * another image.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DisassemblyBench {
    private static final int OPERATION_BYTES = 1 << 20;

    /** The PE image whose code is decoded. */
    @Param("/usr/lib/x86_64-linux-gnu/wine/x86_64-windows/ntdll.dll")
    public String image = "";

    private byte[] code = {};
    private final Instruction instruction = new Instruction();
    private final StringBuilder text = new StringBuilder();
    private Disassembler disassembler = Disassembler.of(Architecture.X64);
    private InstructionFormatter formatter =
            InstructionFormatter.of(Architecture.X64, FormatOptions.WINDBG);

    /** Reads the executable section. */
    @Setup
    public void read() throws IOException {
        PeImage pe = PeImage.of(Bytes.open(Path.of(image)));
        Architecture architecture = pe.architecture().orElse(Architecture.X64);
        disassembler = Disassembler.of(architecture);
        formatter = InstructionFormatter.of(architecture, FormatOptions.WINDBG);
        for (Section section : pe.sections()) {
            if (section.isExecutable()) {
                code = new byte[(int) section.rawSizeBytes()];
                pe.read(section.rva(), code, 0, code.length);
                return;
            }
        }
        throw new IOException(image + " has no code");
    }

    /** Decodes one mebibyte to lengths and flow, wrapping around at the end of the code. */
    @Benchmark
    public int decode() {
        int flows = 0;
        int offset = 0;
        for (int done = 0; done < OPERATION_BYTES; done += instruction.length()) {
            if (offset >= code.length) {
                offset = 0;
            }
            disassembler.decode(code, offset, code.length, offset, instruction);
            offset += instruction.length();
            flows += instruction.flow().ordinal();
        }
        return flows;
    }

    /** Decodes one mebibyte and works out every operand, which else waits until it is asked for. */
    @Benchmark
    public int operands() {
        int operands = 0;
        int offset = 0;
        for (int done = 0; done < OPERATION_BYTES; done += instruction.length()) {
            if (offset >= code.length) {
                offset = 0;
            }
            disassembler.decode(code, offset, code.length, offset, instruction);
            offset += instruction.length();
            operands += instruction.operandCount();
        }
        return operands;
    }

    /** Decodes one mebibyte and writes it as WinDbg does. */
    @Benchmark
    public int text() {
        int characters = 0;
        int offset = 0;
        for (int done = 0; done < OPERATION_BYTES; done += instruction.length()) {
            if (offset >= code.length) {
                offset = 0;
            }
            disassembler.decode(code, offset, code.length, offset, instruction);
            offset += instruction.length();
            text.setLength(0);
            formatter.format(instruction, text);
            characters += text.length();
        }
        return characters;
    }
}
