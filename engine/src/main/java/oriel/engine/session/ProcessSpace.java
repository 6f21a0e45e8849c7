package oriel.engine.session;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oriel.driver.DebugDriver;
import oriel.engine.disasm.Disassembler;
import oriel.engine.disasm.FormatOptions;
import oriel.engine.disasm.Instruction;
import oriel.engine.disasm.InstructionFormatter;
import oriel.engine.emulate.SimpleEmulator;
import oriel.engine.eval.Expressions;
import oriel.engine.eval.Labels;
import oriel.engine.symbols.SymbolLocator;
import oriel.engine.symbols.Symbolizer;
import oriel.engine.unwind.StackWalker;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.CodeLocation;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.model.RegisterSet;
import oriel.model.Target;
import oriel.model.TargetThread;
import oriel.model.ThreadRef;

/** Everything the session keeps of one process. */
final class ProcessSpace {
    private final long processId;
    private final DebugDriver driver;
    private final SymbolLocator locator;
    private final CleanTarget target;
    private final CodeTraps traps;
    private final KnownCode knownCode;
    private final PageTraps pages;
    private final HardwareSlots slots;
    private final EmulatedAccesses accesses = new EmulatedAccesses(this);
    private final Optional<SimpleEmulator> emulator;
    private Symbolizer symbolizer;
    private Labels labels;
    private StackWalker walker;
    private Optional<InstructionFormatter> formatter = Optional.empty();
    private boolean exited;

    /** Which of the system's own breakpoints have come, a bit for each kind. */
    private int loaderStops;

    private final Map<Long, LoadedModule> mapped = new HashMap<>();

    ProcessSpace(long processId, DebugDriver driver, SymbolLocator locator) {
        this.processId = processId;
        this.driver = driver;
        this.locator = locator;
        Target raw = driver.target(processId);
        this.traps = new CodeTraps(processId, raw.memory(), raw.architecture());
        Memory clean = traps::read;
        this.pages = new PageTraps(processId);
        this.target = new CleanTarget(raw, clean, pages);
        this.knownCode = new KnownCode(target);
        this.slots = new HardwareSlots(raw.architecture());
        this.emulator =
                raw.architecture().isIntel()
                        ? Optional.of(new SimpleEmulator(raw.architecture()))
                        : Optional.empty();
        this.symbolizer = new Symbolizer(target, locator);
        this.labels = new Labels(target, symbolizer);
        this.walker = new StackWalker(target, List.of(symbolizer.unwindSource()));
    }

    long processId() {
        return processId;
    }

    CleanTarget target() {
        return target;
    }

    Architecture architecture() {
        return target.architecture();
    }

    Memory memory() {
        return target.memory();
    }

    CodeTraps traps() {
        return traps;
    }

    KnownCode knownCode() {
        return knownCode;
    }

    PageTraps pages() {
        return pages;
    }

    EmulatedAccesses accesses() {
        return accesses;
    }

    HardwareSlots slots() {
        return slots;
    }

    Symbolizer symbolizer() {
        return symbolizer;
    }

    Labels labels() {
        return labels;
    }

    StackWalker walker() {
        return walker;
    }

    Expressions expressions(Optional<? extends TargetThread> thread) {
        Expressions plain = new Expressions(target, symbolizer);
        return thread.isPresent() ? plain.of(thread.get()) : plain;
    }

    boolean hasExited() {
        return exited;
    }

    void exited() {
        exited = true;
    }

    /**
     * Whether a breakpoint of nobody's is the system's own, by which a process begins: the first,
     * and for a 32-bit program on a 64-bit system the first of either kind. A kernel has none.
     */
    boolean isLoaderStop(int code) {
        if (processId == 0) {
            return false;
        }
        int kind = code == ExceptionRules.WX86_BREAKPOINT ? 2 : 1;
        boolean first = (loaderStops & kind) == 0;
        loaderStops |= kind;
        return first;
    }

    void load(LoadedModule module) {
        mapped.put(module.base(), module);
        modulesChanged();
    }

    Optional<LoadedModule> unload(long base) {
        return Optional.ofNullable(mapped.remove(base));
    }

    /** Names and unwind data are asked anew: another module may lie where one was. */
    private void modulesChanged() {
        labels = new Labels(target, symbolizer);
        walker = new StackWalker(target, List.of(symbolizer.unwindSource()));
    }

    /** Forgets what was kept of a module that is gone. */
    void moduleUnloaded(LoadedModule module) {
        traps.forget(module.range());
        symbolizer = new Symbolizer(target, locator);
        modulesChanged();
    }

    /** Whether there are traps, or pages that are closed or were, among some bytes. */
    boolean uses(AddressRange bytes) {
        return bytes.sizeBytes() > 0 && (traps.areIn(bytes) || pages.knows(bytes));
    }

    /** Writes around traps. */
    int write(long va, byte[] bytes) {
        knownCode.forget();
        return traps.write(va, bytes, driver);
    }

    /** The instruction at an address; not valid when there is none. */
    Instruction decode(long va) {
        var into = new Instruction();
        byte[] code = knownCode.read(va, Disassembler.LONGEST);
        if (code.length > 0 && architecture() != Architecture.ARM) {
            Disassembler.of(architecture()).decode(code, 0, code.length, va, into);
        }
        return into;
    }

    /** An instruction in words, with labels for addresses that have symbols. */
    String text(Instruction instruction) {
        var text = new StringBuilder();
        if (formatter.isEmpty() && architecture() != Architecture.ARM) {
            FormatOptions options = FormatOptions.WINDBG.with(this::appendLabel);
            formatter = Optional.of(InstructionFormatter.of(architecture(), options));
        }
        if (!instruction.valid() || formatter.isEmpty()) {
            return "???";
        }
        formatter.get().format(instruction, text);
        return text.toString();
    }

    private boolean appendLabel(long va, StringBuilder out) {
        CodeLocation location = symbolizer().locate(va);
        if (location.symbol().isEmpty()) {
            return false;
        }
        out.append(location.label());
        return true;
    }

    /** Executes the instruction at the program counter of a thread without running the program. */
    Optional<RegisterSet> emulate(ThreadRef thread, RegisterSet registers) {
        if (emulator.isEmpty() || registers.pc().isEmpty()) {
            return Optional.empty();
        }
        byte[] code = knownCode.read(registers.pc().getAsLong(), Disassembler.LONGEST);
        return emulator.get()
                .execute(
                        code,
                        registers,
                        accesses.reading(thread),
                        (va, bytes) -> accesses.write(thread, va, bytes));
    }

    /** Where a thread stands; 0 when that is not known. */
    long pc(ThreadRef thread) {
        return driver.registers(thread).pc().orElse(0);
    }
}
