package oriel.bench;

import java.util.HexFormat;
import java.util.Locale;
import oriel.engine.disasm.Disassembler;
import oriel.engine.disasm.FormatOptions;
import oriel.engine.disasm.Instruction;
import oriel.engine.disasm.InstructionFormatter;
import oriel.model.Architecture;

/** Time until the first instruction is decoded, and written, in a JVM that did nothing before. */
public final class FirstDecode {
    private FirstDecode() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) {
        byte[] code = HexFormat.of().parseHex("48895c2410");
        long start = System.nanoTime();
        var instruction = new Instruction();
        Disassembler.of(Architecture.X64).decode(code, 0, code.length, 0x401000, instruction);
        long decoded = System.nanoTime();
        String text =
                InstructionFormatter.of(Architecture.X64, FormatOptions.WINDBG).format(instruction);
        long written = System.nanoTime();
        print("first.decode", decoded - start);
        print("first.text", written - start);
        System.out.println(text);
    }

    private static void print(String name, long nanoseconds) {
        System.out.println(String.format(Locale.ROOT, "%s %.2f ms", name, nanoseconds / 1e6));
    }
}
