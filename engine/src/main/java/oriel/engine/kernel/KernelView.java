package oriel.engine.kernel;

import java.util.Optional;
import oriel.engine.paging.PageTables;

/** A target that may be a kernel. */
public interface KernelView {
    /** The kernel; empty for a target that is a process. */
    Optional<Kernel> kernel();

    /** The page tables of the address space that is shown; empty without physical memory. */
    default Optional<PageTables> pageTables() {
        return kernel().flatMap(Kernel::pageTables);
    }
}
