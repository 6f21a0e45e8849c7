package oriel.engine.session;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import oriel.engine.symbols.SymbolSource;
import oriel.engine.symbols.find.ModuleImage;
import oriel.format.pe.ExportTable;
import oriel.format.pe.PeImage;
import oriel.format.pe.Section;
import oriel.model.LoadedModule;
import oriel.model.Wildcards;

/** Hooks all functions whose names match, whenever a module that has some is loaded. */
public final class HookPattern implements SessionPart {
    private static final int MOST = 5000;

    private final Runner runner;
    private final String modules;
    private final String functions;
    private final String condition;
    private final Hook.CallAction leave;
    private final Set<String> hooked = new HashSet<>();
    private final List<Hook> hooks = new ArrayList<>();
    private int leftOut;

    /**
     * @param pattern of a module and of functions
     * @param mark where the exclamation mark between them is
     */
    HookPattern(Runner runner, String pattern, int mark, String condition, Hook.CallAction leave) {
        this.runner = runner;
        this.modules = pattern.substring(0, mark).strip();
        this.functions = pattern.substring(mark + 1).strip();
        this.condition = condition;
        this.leave = leave;
        runner.parts().add(this);
        runner.spaces().forEach(this::processReady);
    }

    @Override
    public void processReady(ProcessSpace space) {
        for (LoadedModule module : List.copyOf(space.target().modules())) {
            moduleLoaded(space, module);
        }
    }

    @Override
    public void moduleLoaded(ProcessSpace space, LoadedModule module) {
        boolean wanted =
                module.isNamed(modules)
                        || Wildcards.match(modules, module.label())
                        || Wildcards.match(modules, module.name());
        if (!wanted) {
            return;
        }
        for (Map.Entry<Long, String> each : matching(space, module).entrySet()) {
            String place = module.label() + "!" + each.getValue();
            if (hooks.size() >= MOST) {
                leftOut++;
            } else if (hooked.add(place)) {
                Hook hook =
                        runner.session().hook(place, Signature.unknown(each.getValue())).guessed();
                if (!condition.isEmpty()) {
                    hook.when(condition);
                }
                hooks.add(hook.onLeave(leave));
            }
        }
    }

    /** One name for each address of code; forwarders are hooked where they lead to. */
    private Map<Long, String> matching(ProcessSpace space, LoadedModule module) {
        var found = new TreeMap<Long, String>();
        Optional<PeImage> image =
                ModuleImage.read(module, space.memory())
                        .or(() -> ModuleImage.headers(module, space.memory()));
        Optional<ExportTable> exports = image.flatMap(PeImage::exports);
        exports.ifPresent(
                table ->
                        table.forEach(
                                export -> {
                                    if (export.forwarder().isEmpty()) {
                                        add(image, export.rva(), export.name().orElse(""), found);
                                    }
                                }));
        for (SymbolSource source : space.symbolizer().sources(module)) {
            source.forEach(
                    symbol -> {
                        if (symbol.function()) {
                            add(image, symbol.rva(), symbol.name(), found);
                        }
                    });
        }
        return found;
    }

    /** Data must not be hooked: a breakpoint in it would change it. */
    private void add(Optional<PeImage> image, long rva, String name, Map<Long, String> found) {
        if (name.isEmpty() || !Wildcards.match(functions, name) || found.containsKey(rva)) {
            return;
        }
        for (Section section : image.map(PeImage::sections).orElse(List.of())) {
            boolean inside = rva >= section.rva() && rva - section.rva() < section.sizeBytes();
            if (inside && section.isExecutable()) {
                found.put(rva, name);
                return;
            }
        }
    }

    /** How many functions are hooked by now. */
    public int size() {
        return hooks.size();
    }

    /** How many more match than can be hooked. */
    public int leftOut() {
        return leftOut;
    }

    /** How often they were called. */
    public long calls() {
        return hooks.stream().mapToLong(Hook::calls).sum();
    }

    @Override
    public String toString() {
        return modules + "!" + functions;
    }

    /** Ends it. */
    public void remove() {
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
