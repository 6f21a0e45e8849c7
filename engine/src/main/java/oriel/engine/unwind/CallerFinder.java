package oriel.engine.unwind;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.Diagnostic;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.model.Target;

/**
 * Finds the caller of one frame by the best means there is: the image's function table, unwind data
 * from elsewhere, the rules for functions without any, frame pointers, a scan of the stack.
 */
final class CallerFinder {
    private final Memory memory;
    private final Architecture architecture;
    private final List<UnwindSource> extra;
    private final CodeMap code;
    private final Optional<TableUnwinder> tables;
    private final X86Entry x86;
    private final FramePointerChain framePointers;
    private final StackScan scan;

    CallerFinder(
            Target target,
            Architecture architecture,
            List<UnwindSource> extra,
            Consumer<Diagnostic> problems) {
        this.memory = target.memory();
        this.architecture = architecture;
        this.extra = extra;
        this.code = new CodeMap(target, architecture, extra, problems);
        this.tables =
                switch (architecture) {
                    case X64 -> Optional.of(new X64Unwinder());
                    case ARM64 -> Optional.of(new Arm64Unwinder());
                    case X86, ARM -> Optional.empty();
                };
        this.x86 = new X86Entry(memory);
        this.framePointers = new FramePointerChain(code);
        this.scan = new StackScan(code, framePointers);
    }

    Optional<ModuleCode> codeAt(long va) {
        return code.at(va);
    }

    /**
     * The caller, or empty when there is no way to find one; a pc of 0 is the end of the stack.
     *
     * @param calleeParameters bytes of parameters of the frame below, x86
     * @param stack limits of the stack, empty when not known
     */
    Optional<Step> callerOf(Frame frame, int calleeParameters, AddressRange stack) {
        if (frame.interrupted() && !code.isCode(frame.pc())) {
            Optional<Step> step = onTop(frame);
            return step.isPresent() ? step : guess(frame, stack);
        }
        Optional<Step> step = byTable(frame);
        if (step.isEmpty()) {
            step = byExtra(frame, calleeParameters);
        }
        if (step.isEmpty() && frame.interrupted()) {
            step = byLeaf(frame);
        }
        return step.isPresent() ? step : guess(frame, stack);
    }

    private Optional<Step> byTable(Frame frame) {
        return tables.isPresent() && frame.code().isPresent()
                ? tables.get().byTable(frame, frame.code().get())
                : Optional.empty();
    }

    private Optional<Step> byExtra(Frame frame, int calleeParameters) {
        Optional<LoadedModule> module = frame.code().flatMap(ModuleCode::module);
        if (extra.isEmpty() || module.isEmpty()) {
            return Optional.empty();
        }
        var asked =
                new UnwindSource.Frame(
                        module.get(),
                        frame.shown().lookupVa() - module.get().base(),
                        frame.registers(),
                        memory,
                        calleeParameters);
        for (UnwindSource source : extra) {
            Optional<UnwindSource.Caller> found = source.callerOf(asked);
            if (found.isPresent() && found.get().registers().pc().isPresent()) {
                UnwindSource.Caller caller = found.get();
                return Optional.of(
                        new Step(
                                caller.registers(),
                                caller.trust(),
                                false,
                                caller.parameterBytes()));
            }
        }
        return Optional.empty();
    }

    /** A function that the table of its image does not list has not touched the stack. */
    private Optional<Step> byLeaf(Frame frame) {
        if (architecture == Architecture.X86) {
            return x86.callerOf(frame).filter(this::returnsToCode);
        }
        return tables.isPresent() && frame.code().map(c -> isUnlisted(c, frame)).orElse(false)
                ? onTop(frame)
                : Optional.empty();
    }

    private static boolean isUnlisted(ModuleCode module, Frame frame) {
        return module.hasFunctions() && module.entryAt(frame.pc() - module.base()).isEmpty();
    }

    /**
     * The caller of a function that has saved nothing: its return address is on top of the stack or
     * in the link register. So it is also after a call through a null or wild pointer.
     */
    private Optional<Step> onTop(Frame frame) {
        Optional<Step> step =
                switch (architecture) {
                    case X64 -> X64Unwinder.leaf(frame);
                    case X86 -> X86Entry.entered(frame);
                    case ARM, ARM64 -> LinkRegister.callerOf(frame);
                };
        return step.filter(this::returnsToCode);
    }

    private boolean returnsToCode(Step step) {
        return code.mayReturnTo(pc(step));
    }

    private static long pc(Step step) {
        return step.registers().pc().orElse(0);
    }

    /** Without any unwind data. */
    private Optional<Step> guess(Frame frame, AddressRange stack) {
        Optional<Step> step = framePointers.callerOf(frame);
        if (frame.interrupted() && !LinkRegister.isStale(frame)) {
            Optional<Step> link = onTop(frame);
            if (link.isPresent() && (step.isEmpty() || pc(link.get()) != pc(step.get()))) {
                return link;
            }
        }
        return step.isPresent() ? step : scan.callerOf(frame, stack);
    }
}
