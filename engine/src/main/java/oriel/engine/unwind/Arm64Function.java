package oriel.engine.unwind;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import oriel.bytes.FormatException;
import oriel.format.pe.Arm64UnwindCode;
import oriel.format.pe.Arm64UnwindInfo;
import oriel.format.pe.Arm64UnwindInfo.Epilog;
import oriel.format.pe.FunctionEntry;
import oriel.format.pe.ImageBytes;

/**
 * An ARM64 function or fragment with its unwind data.
 *
 * @param entry the function
 * @param info its unwind data
 */
record Arm64Function(FunctionEntry entry, Arm64UnwindInfo info) {
    private static final int INSTRUCTION = 4;

    /** Reads a function's unwind data; empty when it is damaged or not there, told why. */
    static Optional<Arm64Function> read(
            ImageBytes image, FunctionEntry entry, Consumer<String> problems) {
        try {
            return Optional.of(new Arm64Function(entry, Arm64UnwindInfo.read(image, entry)));
        } catch (FormatException e) {
            problems.accept(e.getMessage());
            return Optional.empty();
        }
    }

    /** The codes to undo at an rva, in order: those of the instructions that have been executed. */
    List<Arm64UnwindCode> pending(long rva, boolean interrupted) {
        long offset = rva - entry.beginRva();
        long prolog = info.prologSizeBytes();
        if (offset < prolog) {
            int skip = (int) ((prolog - offset) / INSTRUCTION);
            return info.prolog().subList(skip, info.prolog().size());
        }
        if (interrupted) {
            for (Epilog epilog : info.epilogs()) {
                long within = offset - epilog.startBytes();
                if (within >= 0 && within < Epilog.MAX_SIZE && within < epilog.sizeBytes()) {
                    List<Arm64UnwindCode> codes = epilog.codes();
                    return codes.subList((int) (within / INSTRUCTION), codes.size());
                }
            }
        }
        return info.prolog();
    }
}
