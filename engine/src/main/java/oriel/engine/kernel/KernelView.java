package oriel.engine.kernel;

import java.util.Optional;

/** A target that may be a kernel. */
public interface KernelView {
    /** The kernel; empty for a target that is a process. */
    Optional<Kernel> kernel();
}
