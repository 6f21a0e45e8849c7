package oriel.app.console;

import java.util.function.Predicate;
import oriel.engine.disasm.Disassembler;
import oriel.engine.disasm.Instruction;
import oriel.model.AddressRange;

/** Goes through the instructions of a range, one behind the other. */
final class CodeWalk {
    private static final int CHUNK = 1 << 14;

    private CodeWalk() {}

    /**
     * Shows each instruction to a visitor, until it says that it has enough or the memory ends. The
     * instruction is the same object each time.
     */
    static void each(ConsoleContext context, AddressRange range, Predicate<Instruction> visitor) {
        Disassembler disassembler = Disassembler.of(context.architecture());
        var instruction = new Instruction();
        var bytes = new byte[CHUNK];
        long at = range.start();
        while (range.contains(at)) {
            int wanted = (int) Math.min(CHUNK, range.end() - at + Disassembler.LONGEST);
            int have = context.memory().read(at, bytes, 0, wanted);
            int offset = 0;
            // What may be cut at the end of a piece is read again with the next one.
            while (offset < have && (offset == 0 || have - offset >= Disassembler.LONGEST)) {
                if (!range.contains(at + offset)) {
                    return;
                }
                disassembler.decode(bytes, offset, have, at + offset, instruction);
                if (!visitor.test(instruction)) {
                    return;
                }
                offset += instruction.length();
            }
            if (offset == 0) {
                return;
            }
            at += offset;
        }
    }
}
