package oriel.triage.code;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import oriel.engine.disasm.FormatOptions;
import oriel.engine.disasm.InstructionFormatter;
import oriel.model.Memory;
import oriel.model.TargetException;
import oriel.triage.place.Places;
import oriel.triage.report.MemoryAccess;
import oriel.triage.report.MemoryAccess.Kind;
import oriel.triage.report.MemoryAccess.Origin;
import oriel.triage.report.Place;
import oriel.triage.report.PlaceKind;

/**
 * Says which memory access failed. Windows tells kind and address in the exception's parameters,
 * but not always: the processor raises a general protection fault without an address for a pointer
 * that is not canonical and for misaligned SSE operands, and Windows then says "read of -1". The
 * truth is worked out from the instruction and the registers.
 */
public final class AccessFinder {
    private static final int ACCESS_VIOLATION = 0xc0000005;
    private static final int IN_PAGE_ERROR = 0xc0000006;
    private static final int GUARD_PAGE = 0x80000001;

    private final Memory memory;
    private final Places places;

    /**
     * @param memory of the target
     * @param places of the target
     */
    public AccessFinder(Memory memory, Places places) {
        this.memory = memory;
        this.places = places;
    }

    /** Whether an exception code is one of those that tell of a memory access. */
    public static boolean isMemoryFault(int code) {
        return code == ACCESS_VIOLATION || code == IN_PAGE_ERROR || code == GUARD_PAGE;
    }

    /** The access; empty when the exception is not about one. */
    public Optional<MemoryAccess> find(
            TargetException exception, long mask, Optional<FaultingCode> code) {
        if (!isMemoryFault(exception.code())) {
            return Optional.empty();
        }
        List<Long> parameters = exception.parameters();
        boolean told = parameters.size() >= 2;
        long reported = told ? parameters.get(1) & mask : -1;
        Kind kind = told ? kind(parameters.get(0)) : Kind.UNKNOWN;
        boolean noAddress = !told || reported == -1L;
        if (kind == Kind.EXECUTE && !noAddress) {
            return Optional.of(reported(kind, reported));
        }
        if (!noAddress && reported == (exception.address() & mask) && kind == Kind.READ) {
            // Without DEP a failed instruction fetch is reported as a read of the code.
            return Optional.of(reported(Kind.EXECUTE, reported));
        }
        if (code.isEmpty()) {
            return Optional.of(reported(kind, reported));
        }
        List<InstructionAccess> accesses = InstructionAccess.of(code.get(), memory);
        if (noAddress && unknownTarget(code.get(), accesses)) {
            Place place =
                    Place.bare(
                            -1,
                            PlaceKind.NON_CANONICAL,
                            "the target of the branch, not a possible address");
            return Optional.of(
                    new MemoryAccess(
                            Kind.EXECUTE, place, OptionalInt.empty(), "", Origin.WORKED_OUT));
        }
        Optional<InstructionAccess> access =
                noAddress ? unreported(accesses) : covering(accesses, kind, reported, mask);
        if (access.isEmpty()) {
            return Optional.of(reported(kind, reported));
        }
        InstructionAccess found = access.get();
        return Optional.of(
                new MemoryAccess(
                        noAddress ? found.kind() : kind,
                        places.at(noAddress ? found.va() : reported),
                        found.sizeBytes() > 0 && found.kind() != Kind.EXECUTE
                                ? OptionalInt.of(found.sizeBytes())
                                : OptionalInt.empty(),
                        operandText(code.get(), found.operandIndex()),
                        noAddress ? Origin.WORKED_OUT : Origin.REPORTED));
    }

    /**
     * Whether the instruction is an indirect branch of which nothing but the target can be wrong,
     * and the target is not in the dump.
     */
    private boolean unknownTarget(FaultingCode code, List<InstructionAccess> accesses) {
        boolean branch =
                switch (code.instruction().flow()) {
                    case INDIRECT_CALL, INDIRECT_JUMP, RETURN -> true;
                    default -> false;
                };
        for (InstructionAccess access : accesses) {
            if (access.kind() == Kind.EXECUTE || places.isNonCanonical(access.va())) {
                return false;
            }
        }
        return branch && !accesses.isEmpty();
    }

    private MemoryAccess reported(Kind kind, long va) {
        Place place =
                va == -1L
                        ? Place.bare(va, PlaceKind.UNKNOWN, "the processor reported no address")
                        : places.at(va);
        return new MemoryAccess(kind, place, OptionalInt.empty(), "", Origin.REPORTED);
    }

    private static Kind kind(long parameter) {
        return switch ((int) parameter) {
            case 0 -> Kind.READ;
            case 1 -> Kind.WRITE;
            case 8 -> Kind.EXECUTE;
            default -> Kind.UNKNOWN;
        };
    }

    /** A non-canonical access if there is one, else a misaligned one. */
    private Optional<InstructionAccess> unreported(List<InstructionAccess> accesses) {
        for (InstructionAccess access : accesses) {
            if (places.isNonCanonical(access.va())) {
                return Optional.of(access);
            }
        }
        for (InstructionAccess access : accesses) {
            if (access.sizeBytes() >= 16 && (access.va() & 15) != 0) {
                return Optional.of(access);
            }
        }
        return Optional.empty();
    }

    private static Optional<InstructionAccess> covering(
            List<InstructionAccess> accesses, Kind kind, long va, long mask) {
        Optional<InstructionAccess> found = Optional.empty();
        for (InstructionAccess access : accesses) {
            if (access.kind() != Kind.EXECUTE && access.covers(va, mask)) {
                if (access.kind() == kind) {
                    return Optional.of(access);
                }
                found = Optional.of(access);
            }
        }
        return found;
    }

    /** The operand as it stands in the text of the instruction. */
    private static String operandText(FaultingCode code, int index) {
        if (index < 0) {
            return "";
        }
        String text =
                InstructionFormatter.of(code.registers().architecture(), FormatOptions.WINDBG)
                        .format(code.instruction());
        int open = text.indexOf('[');
        if (open < 0) {
            return "";
        }
        int from = text.lastIndexOf(',', open) + 1;
        if (from == 0) {
            int ptr = text.lastIndexOf(" ptr ", open);
            from = text.lastIndexOf(' ', (ptr < 0 ? open : ptr) - 1) + 1;
        }
        int close = text.indexOf(']', open);
        return close < 0 ? "" : text.substring(from, close + 1);
    }
}
