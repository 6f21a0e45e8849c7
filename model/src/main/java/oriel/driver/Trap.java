package oriel.driver;

/**
 * One armed place in one process. Traps in debug registers are no traps in this sense: they are
 * registers, which the session writes.
 */
public sealed interface Trap {
    /** The process; 0 for a kernel. */
    long processId();

    /** Where. */
    long va();

    /**
     * An instruction that stops who executes it: int3 on x86 and x64, brk on ARM64. Valid for any
     * thread.
     *
     * @param va address of an instruction
     * @param original what the instruction's first bytes are, as many as the trap replaces, little
     *     endian: what disarming writes back
     */
    record Code(long processId, long va, int original) implements Trap {}

    /**
     * A page that stops who touches it, or only who writes it, with an access violation: its
     * protection is taken away. Not a guard of the system (PAGE_GUARD), which stops one thread and
     * lets others through.
     *
     * @param va of the page, aligned
     * @param sizeBytes of a page, as a rule 4096
     * @param writesOnly whether it may be read and executed
     */
    record Page(long processId, long va, int sizeBytes, boolean writesOnly) implements Trap {}
}
