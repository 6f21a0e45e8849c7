package oriel.engine.dump;

import java.util.List;
import java.util.Optional;
import oriel.bytes.Bytes;
import oriel.engine.kernel.KernelField;
import oriel.engine.kernel.KernelLayout;
import oriel.engine.kernel.KernelProcessor;
import oriel.engine.kernel.KernelThread;
import oriel.model.RegisterSet;

/**
 * Which processor stopped the system: the one whose saved registers are those of the header, else
 * the one that a small dump saved the block of, else the first.
 */
record CrashedProcessor(Optional<KernelProcessor> processor) {
    static CrashedProcessor find(
            List<KernelProcessor> processors,
            RegisterSet stopped,
            Bytes prcb,
            KernelLayout layout) {
        if (stopped.sp().isPresent()) {
            for (KernelProcessor processor : processors) {
                if (processor.registers().sp().equals(stopped.sp())
                        && processor.registers().pc().equals(stopped.pc())) {
                    return new CrashedProcessor(Optional.of(processor));
                }
            }
        }
        long current = current(prcb, layout);
        for (KernelProcessor processor : processors) {
            if (current != 0 && processor.currentThreadVa() == current) {
                return new CrashedProcessor(Optional.of(processor));
            }
        }
        return new CrashedProcessor(processors.stream().findFirst());
    }

    private static long current(Bytes prcb, KernelLayout layout) {
        int offset =
                prcb.size() == 0
                        ? -1
                        : layout.offset(KernelField.PRCB_CURRENT_THREAD)
                                .map(o -> o.value())
                                .orElse(-1);
        return offset > 0 && prcb.contains(offset, 8)
                ? offset == 4 ? prcb.u32(offset) : prcb.u64(offset)
                : 0;
    }

    /** Whether a thread ran there. */
    boolean is(KernelThread thread) {
        return processor.isPresent()
                ? thread.va() == processor.get().currentThreadVa()
                : thread.va() == 0;
    }

    /** The thread that ran there. */
    Optional<KernelThread> of(List<KernelThread> threads) {
        return threads.stream().filter(this::is).findFirst().or(() -> threads.stream().findFirst());
    }
}
