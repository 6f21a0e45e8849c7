package oriel.engine.kernel;

import java.util.Optional;
import java.util.OptionalInt;
import oriel.model.RegisterSet;

/**
 * A processor.
 *
 * @param number from 0
 * @param prcbVa address of its KPRCB
 * @param currentThreadVa address of the ETHREAD that runs on it; 0 when not known
 * @param idleThreadVa address of its idle thread; 0 when not known
 * @param registers as saved when it was stopped; all unknown when they were not
 * @param special control registers
 * @param irql as the kernel saved it for debuggers, or as CR8 has it; empty when not known
 */
public record KernelProcessor(
        int number,
        long prcbVa,
        long currentThreadVa,
        long idleThreadVa,
        RegisterSet registers,
        Optional<SpecialRegisters> special,
        OptionalInt irql) {
    /** Whether nothing but the idle thread runs on it. */
    public boolean isIdle() {
        return currentThreadVa != 0 && currentThreadVa == idleThreadVa;
    }

    /**
     * Control registers; 0 where an architecture has none.
     *
     * @param cr0 mode
     * @param cr2 address of the last page fault
     * @param cr3 root of the page tables
     * @param cr4 features: bit 5 PAE, bit 12 five levels
     * @param cr8 task priority, which x64 keeps the IRQL in
     */
    public record SpecialRegisters(long cr0, long cr2, long cr3, long cr4, long cr8) {}
}
