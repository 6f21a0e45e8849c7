package oriel.engine.unwind;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.IntToLongFunction;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.Diagnostic;
import oriel.model.DynamicFunctions;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.model.Target;

/**
 * The modules of a target by address, and the code that it made at run time and registered, each
 * read when first asked for. Safe for any thread.
 */
final class CodeMap {
    private final Memory memory;
    private final Architecture architecture;
    private final List<LoadedModule> modules;
    private final List<DynamicFunctions> dynamic;
    private final List<UnwindSource> extra;
    private final Consumer<Diagnostic> problems;
    private final ModuleCode[] known;
    private final Map<Integer, ModuleCode> knownDynamic = new ConcurrentHashMap<>();

    CodeMap(
            Target target,
            Architecture architecture,
            List<UnwindSource> extra,
            Consumer<Diagnostic> problems) {
        this.extra = extra;
        this.problems = problems;
        this.dynamic = new ArrayList<>(target.dynamicFunctions());
        this.dynamic.sort((a, b) -> a.range().compareTo(b.range()));
        this.memory = target.memory();
        this.architecture = architecture;
        this.modules = new ArrayList<>(target.modules());
        this.modules.sort((a, b) -> a.range().compareTo(b.range()));
        this.known = new ModuleCode[modules.size()];
    }

    /** The module, or else the code made at run time, that holds an address. */
    Optional<ModuleCode> at(long va) {
        int high = lastAtOrBelow(va, modules.size(), i -> modules.get(i).base());
        return high < 0 || !modules.get(high).range().contains(va)
                ? madeAtRunTime(va)
                : Optional.of(read(high));
    }

    /**
     * Whether an address can be one to which a call returns: in the code of a module and, where the
     * code can be read, right after a call.
     */
    CallSites.Answer returnAddress(long va) {
        if (va == 0) {
            return CallSites.Answer.NO_CALL;
        }
        Optional<ModuleCode> module = at(va - 1);
        if (module.isEmpty() || !module.get().mayExecute(va - 1)) {
            return CallSites.Answer.NO_CALL;
        }
        CallSites.Answer answer = CallSites.before(memory, architecture, va);
        return answer == CallSites.Answer.UNREADABLE && isDenied(module.get(), va)
                ? CallSites.Answer.NO_CALL
                : answer;
    }

    private boolean isDenied(ModuleCode code, long va) {
        if (code.module().isEmpty()) {
            return false;
        }
        for (UnwindSource source : extra) {
            if (source.deniesReturn(code.module().get(), va - code.base())) {
                return true;
            }
        }
        return false;
    }

    private Optional<ModuleCode> madeAtRunTime(long va) {
        int index = lastAtOrBelow(va, dynamic.size(), i -> dynamic.get(i).range().start());
        return index < 0 || !dynamic.get(index).range().contains(va)
                ? Optional.empty()
                : Optional.of(
                        knownDynamic.computeIfAbsent(
                                index,
                                i ->
                                        ModuleCode.of(
                                                dynamic.get(i), memory, architecture, problems)));
    }

    /** Of things in the order of their addresses, the last that begins at or below one; or -1. */
    private static int lastAtOrBelow(long va, int count, IntToLongFunction start) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int mid = (low + high) >>> 1;
            if (AddressRange.compare(start.applyAsLong(mid), va) <= 0) {
                low = mid + 1;
            } else {
                high = mid - 1;
            }
        }
        return high;
    }

    /**
     * Whether code outside of modules counts too: what is compiled at run time, if a call before
     * the address can be read.
     */
    boolean mayReturnTo(long va) {
        return returnAddress(va) != CallSites.Answer.NO_CALL
                || (at(va).isEmpty()
                        && CallSites.before(memory, architecture, va) == CallSites.Answer.CALL);
    }

    /** Whether an address lies in the code of a module. */
    boolean isCode(long va) {
        return at(va).map(module -> module.mayExecute(va)).orElse(false);
    }

    private ModuleCode read(int index) {
        synchronized (known) {
            ModuleCode code = known[index];
            if (code == null) {
                code = ModuleCode.of(modules.get(index), memory, architecture, problems);
                known[index] = code;
            }
            return code;
        }
    }
}
