package oriel.app.render;

import java.util.Optional;
import java.util.OptionalLong;
import oriel.engine.code.FunctionRange;
import oriel.engine.disasm.Disassembler;
import oriel.engine.disasm.FormatOptions;
import oriel.engine.disasm.Instruction;
import oriel.engine.disasm.InstructionFormatter;
import oriel.engine.symbols.Symbolizer;
import oriel.model.CodeLocation;
import oriel.model.Symbol;
import oriel.model.Target;

/** Machine code of a target as text. */
public final class CodeText {
    private static final int CHUNK = 1 << 14;
    private static final int X86_BYTES_SHOWN = 8;
    private static final int WORD = 4;

    private final Page page;
    private final Target target;
    private final Symbolizer symbolizer;
    private final Options options;
    private final CodeNames names;
    private final Addresses addresses;
    private final Disassembler disassembler;
    private final InstructionFormatter formatter;
    private final int bytesShown;
    private final Instruction instruction = new Instruction();

    private long symbolStart = -1;
    private OptionalLong marked = OptionalLong.empty();

    /**
     * How the code is shown.
     *
     * @param format syntax and numbers
     * @param bytes whether the bytes are shown too
     */
    public record Options(FormatOptions format, boolean bytes) {}

    /**
     * @param target whose code it is, of an architecture that has a disassembler
     */
    public CodeText(Page page, Target target, Symbolizer symbolizer, Options options) {
        this.page = page;
        this.target = target;
        this.symbolizer = symbolizer;
        this.options = options;
        this.names = new CodeNames(target, symbolizer);
        this.addresses = new Addresses(target.architecture());
        this.bytesShown = target.architecture().isIntel() ? X86_BYTES_SHOWN : WORD;
        this.disassembler = Disassembler.of(target.architecture());
        this.formatter =
                InstructionFormatter.of(target.architecture(), options.format().with(names));
    }

    /** Puts a mark before the instruction at an address, and room for it before all others. */
    public CodeText marking(long va) {
        marked = OptionalLong.of(va);
        return this;
    }

    /** Writes so many instructions, fewer when the memory ends. Returns how many. */
    public int instructions(long va, int count) {
        return write(va, count, OptionalLong.empty());
    }

    /**
     * Writes from an address to the end of the function: as symbols know it, else as unwind data or
     * the branches of the code tell. Returns the number of instructions.
     */
    public int function(long va, int limit) {
        Optional<Symbol> symbol = symbolizer.locate(va).symbol();
        long end =
                symbol.isPresent() && symbol.get().sizeBytes().isPresent()
                        ? symbol.get().va() + symbol.get().sizeBytes().getAsLong()
                        : FunctionRange.from(target, va, names).end();
        // what is no instruction is shown, too
        return end == va
                ? write(va, Math.min(limit, 1), OptionalLong.empty())
                : write(va, limit, OptionalLong.of(end));
    }

    /** Writes the instructions that begin before an address. Returns how many. */
    public int until(long va, long end) {
        return write(va, Integer.MAX_VALUE / Disassembler.LONGEST, OptionalLong.of(end));
    }

    /** The address after the last instruction that was written. */
    public long nextVa() {
        return instruction.nextVa();
    }

    private int write(long va, int count, OptionalLong end) {
        var code = new byte[CHUNK];
        int shown = 0;
        long at = va;
        while (shown < count && !page.isAbandoned()) {
            int wanted = (int) Math.min(CHUNK, (long) (count - shown) * Disassembler.LONGEST);
            int have = target.memory().read(at, code, 0, wanted);
            int offset = 0;
            // near the end of what was read an instruction may be cut: read again from there
            while (offset < have
                    && shown < count
                    && (have < wanted || have - offset >= Disassembler.LONGEST || offset == 0)) {
                long here = at + offset;
                if (end.isPresent() && Long.compareUnsigned(here, end.getAsLong()) >= 0) {
                    return shown;
                }
                disassembler.decode(code, offset, have, here, instruction);
                line();
                offset += instruction.length();
                shown++;
            }
            if (offset == 0) {
                break;
            }
            at += offset;
        }
        return shown;
    }

    private void line() {
        label(instruction.va());
        if (marked.isPresent()) {
            page.text(instruction.va() == marked.getAsLong() ? "> " : "  ");
        }
        page.text(addresses.text(instruction.va())).text("  ");
        if (options.bytes()) {
            var bytes = new StringBuilder(bytesShown * 2 + 1);
            instruction.appendBytes(bytesShown, bytes);
            page.styled(Style.DIM, bytes.toString());
            page.to(addresses.digits() + 2 + bytesShown * 2 + 2);
        }
        page.line(formatter.format(instruction));
    }

    /** Names the function when a new one begins, and the first line of all. */
    private void label(long va) {
        if (target.moduleAt(va).isEmpty()) {
            return;
        }
        CodeLocation location = symbolizer.locate(va);
        long start = location.symbol().map(Symbol::va).orElse(-1L);
        if (location.symbol().isPresent() && start != symbolStart) {
            page.styled(Style.NAME, location.label()).line(":");
        }
        symbolStart = start;
    }
}
