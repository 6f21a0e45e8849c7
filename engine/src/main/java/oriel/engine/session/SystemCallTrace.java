package oriel.engine.session;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import oriel.engine.symbols.find.ModuleImage;
import oriel.model.Architecture;
import oriel.model.LoadedModule;

/**
 * Tells of system calls by their stubs in ntdll: those that are exported under two names, {@code
 * Nt...} and {@code Zw...}. Arguments and results have names where the call is a known one; of
 * others a 32-bit stub tells how many arguments there are, and a 64-bit one shows four.
 */
public final class SystemCallTrace implements SessionPart {
    private static final int UNDECLARED = 4;

    /** They go on elsewhere. */
    private static final Set<String> ONE_WAY =
            Set.of("NtContinue", "NtContinueEx", "NtCallbackReturn", "NtRaiseException");

    private final Runner runner;
    private final Predicate<String> wanted;
    private final Hook.CallAction enter;
    private final Hook.CallAction leave;
    private final Set<String> hooked = new HashSet<>();
    private final List<Hook> hooks = new ArrayList<>();

    SystemCallTrace(
            Runner runner, Predicate<String> wanted, Hook.CallAction enter, Hook.CallAction leave) {
        this.runner = runner;
        this.wanted = wanted;
        this.enter = enter;
        this.leave = leave;
        runner.parts().add(this);
        for (ProcessSpace space : runner.spaces()) {
            space.labels().module("ntdll").ifPresent(m -> moduleLoaded(space, m));
        }
    }

    @Override
    public void moduleLoaded(ProcessSpace space, LoadedModule module) {
        if (!module.label().equalsIgnoreCase("ntdll")) {
            return;
        }
        for (Map.Entry<String, Long> stub : stubs(space, module).entrySet()) {
            String name = stub.getKey();
            if (wanted.test(name) && hooked.add(name)) {
                Signature signature =
                        KnownDeclarations.windows()
                                .function(name)
                                .orElseGet(() -> guess(name, stub.getValue(), space));
                Hook hook = runner.session().hook("ntdll!" + name, signature);
                hooks.add(hook.onEnter(enter).onLeave(leave));
                if (ONE_WAY.contains(name)) {
                    hook.oneWay();
                }
            }
        }
    }

    /** The stubs of a module for the program's own processor, by name. */
    private static Map<String, Long> stubs(ProcessSpace space, LoadedModule module) {
        var stubs = new TreeMap<String, Long>();
        var twins = new HashSet<Long>();
        ModuleImage.read(module, space.memory())
                .filter(i -> i.architecture().equals(Optional.of(space.architecture())))
                .flatMap(image -> image.exports())
                .ifPresent(
                        table ->
                                table.forEach(
                                        export -> {
                                            String name = export.name().orElse("");
                                            if (name.startsWith("Zw")) {
                                                twins.add(module.base() + export.rva());
                                            } else if (name.startsWith("Nt")) {
                                                stubs.put(name, module.base() + export.rva());
                                            }
                                        }));
        stubs.values().retainAll(twins);
        return stubs;
    }

    /** What a stub of x86 takes off the stack when it returns are its arguments. */
    private Signature guess(String name, long va, ProcessSpace space) {
        int count = UNDECLARED;
        if (space.architecture() == Architecture.X86) {
            count = ReturnPop.bytes(space, va) / 4;
        }
        Signature plain = Signature.of(name, count);
        Signature status = Signature.parse("NTSTATUS " + name + "()");
        return new Signature(
                name,
                status.result(),
                status.resultNames(),
                plain.parameters(),
                plain.convention());
    }

    /** How many calls are traced. */
    public int callCount() {
        return hooks.size();
    }

    /** Ends the trace. */
    public void stop() {
        runner.session()
                .call(
                        () -> {
                            runner.parts().remove(this);
                            hooks.forEach(Hook::remove);
                            hooks.clear();
                            return this;
                        });
    }
}
