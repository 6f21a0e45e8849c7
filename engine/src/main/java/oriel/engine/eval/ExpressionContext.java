package oriel.engine.eval;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.engine.disasm.CodeRegister;
import oriel.engine.symbols.find.ModuleImage;
import oriel.engine.unwind.StackWalker;
import oriel.model.Architecture;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.model.RegisterSet;
import oriel.model.StackFrame;
import oriel.model.Target;
import oriel.model.TargetThread;

/** What names in an expression stand for. */
record ExpressionContext(
        Target target,
        Labels labels,
        Optional<? extends TargetThread> thread,
        Variables variables,
        int radix,
        Optional<StackFrame> chosenFrame) {
    /** Flags of efl that have names: bit numbers. */
    private static final List<String> FLAGS =
            List.of("cf", "", "pf", "", "af", "", "zf", "sf", "tf", "if", "df", "of");

    /** Expressions in the manner of C++ with the same names. */
    TypedExpressions typed() {
        return new TypedExpressions(this);
    }

    Memory memory() {
        return target.memory();
    }

    Architecture architecture() {
        return target.architecture();
    }

    private RegisterSet registers() {
        return thread.map(TargetThread::registers)
                .orElseGet(() -> RegisterSet.unknown(target.architecture()));
    }

    /** Whether there is a register, a part of one, or a flag of that name. */
    boolean isRegister(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return oriel.model.Registers.named(architecture(), lower).isPresent()
                || part(lower).isPresent()
                || isFlag(lower);
    }

    /** The value of a register or a part of one; empty when not known. */
    OptionalLong register(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        OptionalLong whole = registers().value(lower);
        if (whole.isPresent()) {
            return whole;
        }
        Optional<CodeRegister> part = part(lower);
        if (part.isPresent()) {
            return part.get().value(registers());
        }
        OptionalLong flags = registers().value("efl");
        return isFlag(lower) && flags.isPresent()
                ? OptionalLong.of(flags.getAsLong() >>> FLAGS.indexOf(lower) & 1)
                : OptionalLong.empty();
    }

    private boolean isFlag(String name) {
        return architecture().isIntel() && !name.isEmpty() && FLAGS.contains(name);
    }

    private Optional<CodeRegister> part(String name) {
        return architecture().isIntel()
                ? CodeRegister.ofIntel(name).filter(r -> r.in(architecture()).isPresent())
                : Optional.empty();
    }

    /** The value of a name behind a dollar sign; empty when it is none or not known. */
    OptionalLong pseudo(String name) {
        OptionalLong own = variables.value(name);
        if (own.isPresent()) {
            return own;
        }
        return switch (name) {
            case "ip", "eip" -> registers().pc();
            case "csp" -> registers().sp();
            case "ra" -> returnAddress();
            case "retreg" -> register(returnRegister());
            case "retreg64" -> wideReturn();
            case "exentry" -> entryPoint();
            case "tid" -> thread.map(t -> OptionalLong.of(t.ref().threadId())).orElse(none());
            case "tpid" -> target.process().processId();
            case "teb", "thread" -> thread.map(TargetThread::tebVa).orElse(none());
            case "peb", "proc" -> target.process().pebVa();
            case "ptrsize" -> OptionalLong.of(architecture().pointerSize());
            case "pagesize" -> OptionalLong.of(0x1000);
            default -> register(name);
        };
    }

    private static OptionalLong none() {
        return OptionalLong.empty();
    }

    private String returnRegister() {
        return switch (architecture()) {
            case X86 -> "eax";
            case X64 -> "rax";
            case ARM -> "r0";
            case ARM64 -> "x0";
        };
    }

    private OptionalLong wideReturn() {
        OptionalLong low = register(returnRegister());
        OptionalLong high = architecture() == Architecture.X86 ? register("edx") : none();
        return low.isPresent() && high.isPresent()
                ? OptionalLong.of(high.getAsLong() << 32 | low.getAsLong())
                : low;
    }

    /** The frame whose variables have names: the one that was chosen, or else the innermost. */
    Optional<StackFrame> frame() {
        if (chosenFrame.isPresent()) {
            return chosenFrame;
        }
        return new StackWalker(target, List.of()).walk(registers()).frames().stream().findFirst();
    }

    private OptionalLong returnAddress() {
        List<StackFrame> frames = new StackWalker(target, List.of()).walk(registers()).frames();
        return frames.size() > 1 ? OptionalLong.of(frames.get(1).pc()) : none();
    }

    private OptionalLong entryPoint() {
        List<LoadedModule> modules = target.modules();
        return modules.isEmpty() ? none() : entryPointOf(modules.get(0).base());
    }

    /** The entry point of the module that begins at an address. */
    OptionalLong entryPointOf(long base) {
        Optional<LoadedModule> module = target.moduleAt(base);
        long rva =
                module.flatMap(m -> ModuleImage.headers(m, memory()))
                        .map(image -> image.optionalHeader().entryPointRva())
                        .orElse(0L);
        return rva == 0 ? none() : OptionalLong.of(module.orElseThrow().base() + rva);
    }

    /**
     * How many characters of a text from an index on are the longest name of a loaded module, in
     * any case; 0 for none. Names may have signs in them, so they cannot be told without asking.
     */
    int moduleLength(String text, int from) {
        int longest = 0;
        for (LoadedModule module : target.modules()) {
            longest = longer(module.name(), text, from, longest);
            longest = longer(module.label(), text, from, longest);
        }
        return longest;
    }

    private static int longer(String name, String text, int from, int longest) {
        int end = from + name.length();
        boolean fits =
                name.length() > longest
                        && text.regionMatches(true, from, name, 0, name.length())
                        && (end == text.length() || !ExpressionText.isNamePart(text.charAt(end)));
        return fits ? name.length() : longest;
    }

    /** The address of a label, or of a module. */
    OptionalLong label(Label label) {
        return labels.find(label);
    }
}
