package oriel.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Why a kernel stopped for good.
 *
 * @param thread the one that ran on the processor which stopped the system
 * @param processor number of that processor when known
 * @param code bug check code, unsigned 32 bits
 * @param parameters four numbers whose meaning depends on the code
 * @param irql interrupt request level at the fault when known
 * @param blamedDriver the driver that the system itself named; empty as a rule
 */
public record BugCheck(
        ThreadRef thread,
        OptionalInt processor,
        long code,
        List<Long> parameters,
        OptionalInt irql,
        Optional<String> blamedDriver) {
    /** Copies the parameters. */
    public BugCheck {
        parameters = List.copyOf(parameters);
    }

    /** A parameter by its position from 0; 0 when there are fewer. */
    public long parameter(int index) {
        return index < parameters.size() ? parameters.get(index) : 0;
    }

    /**
     * The code without the bit that small dumps of some systems set (0x1000007E), so that both are
     * told alike.
     */
    public long baseCode() {
        return code >>> 28 == 1 ? code & 0x0fffffffL : code;
    }
}
