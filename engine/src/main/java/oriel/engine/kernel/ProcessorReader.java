package oriel.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.engine.kernel.KernelProcessor.SpecialRegisters;
import oriel.format.minidump.ProcessorContext;
import oriel.format.minidump.XstateLayout;
import oriel.model.Architecture;
import oriel.model.RegisterSet;

/** Reads the processors from KiProcessorBlock, the array of pointers to their KPRCBs. */
final class ProcessorReader {
    /** Windows has at most so many. */
    private static final int MOST = 2048;

    private final KernelMemory memory;
    private final KernelLayout layout;

    ProcessorReader(KernelMemory memory, KernelLayout layout) {
        this.memory = memory;
        this.layout = layout;
    }

    List<KernelProcessor> read(long processorBlock, int count) {
        var processors = new ArrayList<KernelProcessor>();
        int most = count > 0 ? Math.min(count, MOST) : MOST;
        for (int i = 0; i < most; i++) {
            OptionalLong prcb = memory.pointer(processorBlock + (long) i * memory.pointerSize());
            if (prcb.isEmpty() || prcb.getAsLong() == 0) {
                if (count > 0) {
                    continue;
                }
                break;
            }
            if (!memory.isKernel(prcb.getAsLong())) {
                break;
            }
            processors.add(one(i, prcb.getAsLong()));
        }
        return List.copyOf(processors);
    }

    private KernelProcessor one(int number, long prcb) {
        Optional<SpecialRegisters> special = special(prcb);
        return new KernelProcessor(
                number,
                prcb,
                layout.pointer(prcb, KernelField.PRCB_CURRENT_THREAD).orElse(0),
                idleThread(prcb),
                registers(prcb),
                special,
                irql(prcb, special));
    }

    private long idleThread(long prcb) {
        OptionalLong told = layout.pointer(prcb, KernelField.PRCB_IDLE_THREAD);
        if (told.isPresent()) {
            return told.getAsLong();
        }
        // CurrentThread, NextThread, IdleThread, in every version.
        Optional<KnownOffset> current = layout.offset(KernelField.PRCB_CURRENT_THREAD);
        return current.isEmpty()
                ? 0
                : memory.pointer(prcb + current.get().value() + 2L * memory.pointerSize())
                        .orElse(0);
    }

    /** Since Windows 7 the context lies apart, because its size depends on the processor. */
    private RegisterSet registers(long prcb) {
        OptionalLong apart = layout.pointer(prcb, KernelField.PRCB_CONTEXT_POINTER);
        if (apart.isPresent() && memory.isKernel(apart.getAsLong())) {
            Optional<RegisterSet> found = context(apart.getAsLong());
            if (found.isPresent()) {
                return found.get();
            }
        }
        Optional<KnownOffset> within = layout.offset(KernelField.PRCB_CONTEXT_FRAME);
        return within.flatMap(offset -> context(prcb + offset.value()))
                .orElseGet(() -> RegisterSet.unknown(memory.architecture()));
    }

    private Optional<RegisterSet> context(long va) {
        byte[] bytes = memory.memory().readUpTo(va, ContextSize.of(memory.architecture()));
        try {
            return ProcessorContext.read(
                            Bytes.of(bytes, "context"), memory.architecture(), XstateLayout.NONE)
                    .map(ProcessorContext::registers)
                    .filter(r -> r.pc().isPresent() && r.pc().getAsLong() != 0);
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    private Optional<SpecialRegisters> special(long prcb) {
        Optional<KnownOffset> offset = layout.offset(KernelField.PRCB_SPECIAL_REGISTERS);
        if (offset.isEmpty() || !memory.architecture().isIntel()) {
            return Optional.empty();
        }
        int width = memory.pointerSize();
        long at = prcb + offset.get().value();
        var values = new long[4];
        for (int i = 0; i < values.length; i++) {
            OptionalLong value = memory.unsigned(at + (long) i * width, width);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values[i] = value.getAsLong();
        }
        long cr8 =
                memory.architecture() == Architecture.X64
                        ? memory.unsigned(at + 0xa0, 8).orElse(0)
                        : 0;
        return Optional.of(new SpecialRegisters(values[0], values[1], values[2], values[3], cr8));
    }

    private OptionalInt irql(long prcb, Optional<SpecialRegisters> special) {
        OptionalLong saved = layout.unsigned(prcb, KernelField.PRCB_SAVED_IRQL, 1);
        if (saved.isPresent() && saved.getAsLong() <= 31) {
            return OptionalInt.of((int) saved.getAsLong());
        }
        boolean known =
                memory.architecture() == Architecture.X64
                        && special.isPresent()
                        && special.get().cr8() >= 0
                        && special.get().cr8() <= 15;
        return known ? OptionalInt.of((int) special.orElseThrow().cr8()) : OptionalInt.empty();
    }
}
