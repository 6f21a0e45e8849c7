package oriel.kd;

/**
 * A breakpoint that the user wants. While the target is stopped it is not in the target's memory.
 *
 * @param number by which the user knows it
 * @param va where
 * @param enabled whether it is put into the target when it runs
 */
public record KernelBreakpoint(int number, long va, boolean enabled) {}
