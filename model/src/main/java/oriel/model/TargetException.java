package oriel.model;

import java.util.List;
import java.util.OptionalLong;

/**
 * The exception a target stopped for: EXCEPTION_RECORD in plain words.
 *
 * @param thread who raised it
 * @param code NTSTATUS or the program's own code, as signed 32 bits
 * @param flags EXCEPTION_NONCONTINUABLE and others
 * @param address where, normally the program counter
 * @param nested address of the exception record that was being handled; empty when none
 * @param parameters ExceptionInformation, at most 15 numbers
 */
public record TargetException(
        ThreadRef thread,
        int code,
        int flags,
        long address,
        OptionalLong nested,
        List<Long> parameters) {
    /** Copies the parameters. */
    public TargetException {
        parameters = List.copyOf(parameters);
    }
}
