package oriel.engine.kernel;

import java.util.List;

/**
 * Why a kernel stopped for good.
 *
 * @param code bug check code, unsigned 32 bits; 0 when there was none
 * @param parameters four numbers whose meaning depends on the code
 */
public record KernelBugCheck(long code, List<Long> parameters) {
    /** Copies the list. */
    public KernelBugCheck {
        parameters = List.copyOf(parameters);
    }
}
