package oriel.engine.unwind;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.model.Target;

/** The modules of a target by address, each read when first asked for. Safe for any thread. */
final class CodeMap {
    private final Memory memory;
    private final Architecture architecture;
    private final List<LoadedModule> modules;
    private final ModuleCode[] known;

    CodeMap(Target target, Architecture architecture) {
        this.memory = target.memory();
        this.architecture = architecture;
        this.modules = new ArrayList<>(target.modules());
        this.modules.sort((a, b) -> a.range().compareTo(b.range()));
        this.known = new ModuleCode[modules.size()];
    }

    /** The module that holds an address. */
    Optional<ModuleCode> at(long va) {
        int low = 0;
        int high = known.length - 1;
        while (low <= high) {
            int mid = (low + high) >>> 1;
            if (AddressRange.compare(modules.get(mid).base(), va) <= 0) {
                low = mid + 1;
            } else {
                high = mid - 1;
            }
        }
        if (high < 0 || !modules.get(high).range().contains(va)) {
            return Optional.empty();
        }
        return Optional.of(read(high));
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
        return module.isPresent() && module.get().mayExecute(va - 1)
                ? CallSites.before(memory, architecture, va)
                : CallSites.Answer.NO_CALL;
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
                code = ModuleCode.of(modules.get(index), memory, architecture);
                known[index] = code;
            }
            return code;
        }
    }
}
