package oriel.triage.code;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import oriel.engine.code.PrecedingCode;
import oriel.engine.disasm.Disassembler;
import oriel.engine.disasm.FormatOptions;
import oriel.engine.disasm.Instruction;
import oriel.engine.disasm.InstructionFormatter;
import oriel.model.Architecture;
import oriel.model.CodeLocation;
import oriel.model.Memory;
import oriel.triage.report.CodeLine;
import oriel.triage.report.CodeListing;

/** Lists the instructions around a program counter, or the bytes where there are none. */
public final class CodeLister {
    private static final int LINES_BEFORE = 8;
    private static final int LINES_AFTER = 8;
    private static final int DATA_ROW = 16;

    /** A function that begins farther back is not decoded from its start. */
    private static final long FUNCTION_REACH = 4096;

    private final Memory memory;
    private final Architecture architecture;
    private final LongFunction<CodeLocation> locator;
    private final Instruction at = new Instruction();

    /**
     * @param memory of the target
     * @param architecture of the code
     * @param locator names addresses
     */
    public CodeLister(
            Memory memory, Architecture architecture, LongFunction<CodeLocation> locator) {
        this.memory = memory;
        this.architecture = architecture;
        this.locator = locator;
    }

    /**
     * The listing; empty when there is no memory at {@code pc}.
     *
     * @param code whether the place may hold code at all
     */
    public Optional<CodeListing> around(long pc, boolean code) {
        byte[] ahead = memory.readUpTo(pc, LINES_AFTER * Disassembler.LONGEST);
        if (ahead.length == 0) {
            return Optional.empty();
        }
        if (!code || architecture == Architecture.ARM) {
            return Optional.of(data(pc));
        }
        Disassembler disassembler = Disassembler.of(architecture);
        if (!disassembler.decode(ahead, 0, ahead.length, pc, at)) {
            return Optional.of(data(pc));
        }
        InstructionFormatter formatter =
                InstructionFormatter.of(architecture, FormatOptions.WINDBG.with(this::appendLabel));
        var lines = new ArrayList<CodeLine>();
        for (long va : starts(disassembler, pc)) {
            byte[] bytes = memory.readUpTo(va, (int) Math.min(pc - va, Disassembler.LONGEST));
            disassembler.decode(bytes, 0, bytes.length, va, at);
            lines.add(line(formatter, bytes, 0, false));
        }
        int offset = 0;
        for (int i = 0; i <= LINES_AFTER && offset < ahead.length; i++) {
            disassembler.decode(ahead, offset, ahead.length, pc + offset, at);
            if (!at.valid() && ahead.length - offset < Disassembler.LONGEST && i > 0) {
                break;
            }
            lines.add(line(formatter, ahead, offset, i == 0));
            offset += at.length();
        }
        return Optional.of(new CodeListing(lines, true));
    }

    private CodeLine line(
            InstructionFormatter formatter, byte[] bytes, int offset, boolean current) {
        String label = "";
        CodeLocation location = locator.apply(at.va());
        if (location.symbol().isPresent() && location.symbol().get().va() == at.va()) {
            label = location.label();
        }
        return new CodeLine(
                at.va(),
                Arrays.copyOfRange(bytes, offset, offset + at.length()),
                formatter.format(at),
                label,
                current);
    }

    private boolean appendLabel(long va, StringBuilder out) {
        CodeLocation location = locator.apply(va);
        if (location.symbol().isEmpty()) {
            return false;
        }
        out.append(location.label());
        return true;
    }

    /** Where the last instructions before {@code pc} begin, ascending. */
    private List<Long> starts(Disassembler disassembler, long pc) {
        CodeLocation location = locator.apply(pc);
        if (location.symbol().isPresent()) {
            long start = location.symbol().get().va();
            if (pc - start > 0 && pc - start <= FUNCTION_REACH) {
                List<Long> exact = chain(disassembler, start, pc);
                if (!exact.isEmpty()) {
                    return exact;
                }
            }
            if (pc == start) {
                return List.of();
            }
        }
        return PrecedingCode.starts(architecture, memory, pc, LINES_BEFORE);
    }

    /** Starts of the last instructions of a chain that meets {@code pc}; empty when it does not. */
    private List<Long> chain(Disassembler disassembler, long from, long pc) {
        int length = (int) (pc - from);
        byte[] bytes = memory.readUpTo(from, length);
        if (bytes.length < length) {
            return List.of();
        }
        var starts = new ArrayList<Long>();
        int offset = 0;
        while (offset < length) {
            if (!disassembler.decode(bytes, offset, length, from + offset, at)) {
                return List.of();
            }
            starts.add(from + offset);
            offset += at.length();
        }
        int first = Math.max(0, starts.size() - LINES_BEFORE);
        return offset == length ? starts.subList(first, starts.size()) : List.of();
    }

    private CodeListing data(long pc) {
        var lines = new ArrayList<CodeLine>();
        for (long va = pc - DATA_ROW; va != pc + 3 * DATA_ROW; va += DATA_ROW) {
            byte[] bytes = memory.readUpTo(va, DATA_ROW);
            if (bytes.length > 0) {
                lines.add(new CodeLine(va, bytes, dataText(bytes), "", va == pc));
            }
        }
        return new CodeListing(lines, false);
    }

    private static String dataText(byte[] bytes) {
        var text = new StringBuilder("db ");
        for (int i = 0; i < bytes.length; i++) {
            int b = bytes[i] & 0xff;
            text.append(i == 0 ? "" : ",").append(b >= 0xa0 ? "0" : "");
            text.append(Integer.toHexString(b)).append(b > 9 ? "h" : "");
        }
        return text.toString();
    }
}
