package oriel.engine.eval;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.engine.eval.Label.OffsetSplit;
import oriel.engine.symbols.Symbolizer;
import oriel.model.CodeLocation;
import oriel.model.LoadedModule;
import oriel.model.Symbol;
import oriel.model.Target;

/**
 * Labels of one target: what users write to addresses, and back. Symbols come before exports. Safe
 * for any thread; may wait for symbols to be loaded.
 */
public final class Labels {
    /** The name that stands for the entry point of a module. */
    public static final String START = "start";

    private final Target target;
    private final Symbolizer symbolizer;
    private final ModuleExports exports;

    /**
     * @param target whose labels these are
     * @param symbolizer names of the same target
     */
    public Labels(Target target, Symbolizer symbolizer) {
        this.target = target;
        this.symbolizer = symbolizer;
        this.exports = new ModuleExports(target);
    }

    /** The names of the target. */
    Symbolizer symbolizer() {
        return symbolizer;
    }

    /**
     * Splits what a user wrote, with the target's help: the exclamation mark may be left out, file
     * names may have their extension, a module may be given by its base address, and an address in
     * a module becomes an offset from it.
     *
     * @throws EvalException when it means nothing here
     */
    public Label split(String text) {
        String label = Label.unquoted(text);
        if (label.isEmpty()) {
            return Label.NULL;
        }
        if (label.indexOf('!') >= 0) {
            return withModule(Label.parse(text));
        }
        Optional<LoadedModule> module = moduleNamed(label);
        if (module.isPresent()) {
            return Label.of(module.get().label(), 0);
        }
        OptionalLong number = LabelNumber.parse(label);
        if (number.isPresent()) {
            return address(number.getAsLong());
        }
        OffsetSplit split = OffsetSplit.ofFunction(label);
        OptionalLong base = LabelNumber.parse(split.name());
        if (base.isPresent()) {
            return address(base.getAsLong() + split.offset());
        }
        module = moduleNamed(split.name());
        return module.isPresent()
                ? Label.of(module.get().label(), split.offset())
                : Label.parse("!" + label);
    }

    /** The strict form of what a user wrote, for use when the target is gone. */
    public String sanitize(String text) {
        return split(text).toString();
    }

    /**
     * The address of what a user wrote.
     *
     * @throws EvalException when a module is not loaded, or has no such function
     */
    public long resolve(String text) {
        return find(split(text))
                .orElseThrow(() -> new EvalException(text, 0, problem(split(text))));
    }

    /**
     * The address of a label.
     *
     * @throws EvalException when its module is not loaded, or has no such function
     */
    public long resolve(Label label) {
        return find(label)
                .orElseThrow(() -> new EvalException(label.toString(), 0, problem(label)));
    }

    /** The address of a label; empty when its module is not loaded or has no such function. */
    public OptionalLong find(Label label) {
        OptionalLong start = OptionalLong.of(0);
        if (label.hasFunction()) {
            start = function(label);
        } else if (label.module().isPresent()) {
            Optional<LoadedModule> module = module(label.module().get());
            start = module.map(m -> OptionalLong.of(m.base())).orElse(OptionalLong.empty());
        }
        return start.isEmpty()
                ? start
                : OptionalLong.of(
                        start.getAsLong() + label.offset() & target.architecture().addressMask());
    }

    /** A label for an address: from the nearest name before it, else from its module. */
    public Label at(long va) {
        CodeLocation location = symbolizer.locate(va);
        Optional<Symbol> symbol = location.symbol();
        if (symbol.isPresent()) {
            Symbol s = symbol.get();
            return Label.of(s.module(), s.name(), va - s.va());
        }
        Optional<LoadedModule> module = location.module();
        return module.isPresent()
                ? Label.of(module.get().label(), va - module.get().base())
                : Label.of(va);
    }

    /**
     * A module by name in any case, with or without extension; with _ for what cannot be written in
     * expressions; or by an address within it.
     */
    public Optional<LoadedModule> module(String name) {
        Optional<LoadedModule> named = moduleNamed(name);
        if (named.isPresent()) {
            return named;
        }
        OptionalLong number = LabelNumber.parse(name);
        return number.isPresent() ? target.moduleAt(number.getAsLong()) : Optional.empty();
    }

    private Optional<LoadedModule> moduleNamed(String name) {
        List<LoadedModule> modules = target.modules();
        for (LoadedModule module : modules) {
            if (module.isNamed(name)) {
                return Optional.of(module);
            }
        }
        for (LoadedModule module : modules) {
            if (plain(module.label()).equalsIgnoreCase(name)) {
                return Optional.of(module);
            }
        }
        return Optional.empty();
    }

    /** A module's label as WinDbg writes it: only letters, digits and underscores. */
    static String plain(String label) {
        var text = new StringBuilder(label);
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isLetterOrDigit(text.charAt(i))) {
                text.setCharAt(i, '_');
            }
        }
        return text.toString();
    }

    private Label address(long va) {
        Optional<LoadedModule> module = target.moduleAt(va);
        return module.isPresent()
                ? Label.of(module.get().label(), va - module.get().base())
                : Label.of(va);
    }

    /** Writes a module as the target names it, when it is there; else without a usual extension. */
    private Label withModule(Label label) {
        if (label.module().isEmpty()) {
            return label.isAddress() ? address(label.offset()) : label;
        }
        String name = label.module().get();
        String better = module(name).map(LoadedModule::label).orElse(withoutExtension(name));
        return new Label(Optional.of(better), label.function(), label.ordinal(), label.offset());
    }

    private static String withoutExtension(String name) {
        int length = name.length();
        boolean usual = length > 4 && name.regionMatches(true, length - 4, ".dll", 0, 4);
        return usual ? name.substring(0, length - 4) : name;
    }

    private OptionalLong function(Label label) {
        if (label.module().isPresent()) {
            Optional<LoadedModule> module = module(label.module().get());
            return module.isPresent() ? function(module.get(), label) : OptionalLong.empty();
        }
        for (LoadedModule module : target.modules()) {
            OptionalLong va = function(module, label);
            if (va.isPresent()) {
                return va;
            }
        }
        return OptionalLong.empty();
    }

    private OptionalLong function(LoadedModule module, Label label) {
        if (label.ordinal().isPresent()) {
            return exports.byOrdinal(module, label.ordinal().getAsLong());
        }
        if (label.isLine()) {
            return symbolizer.lineVa(module, label.file(), label.line());
        }
        String name = label.function().orElseThrow();
        List<Symbol> symbols = symbolizer.named(module, name);
        if (!symbols.isEmpty()) {
            return OptionalLong.of(symbols.get(0).va());
        }
        OptionalLong exported = exports.byName(module, name);
        return exported.isEmpty() && name.equalsIgnoreCase(START)
                ? exports.entryPoint(module)
                : exported;
    }

    /** Why a label leads nowhere. */
    String problem(Label label) {
        String function =
                label.function()
                        .orElseGet(() -> "export #" + Long.toString(label.ordinal().orElse(0)));
        String missing = label.isLine() ? "no code of line " + function : function;
        if (label.module().isEmpty()) {
            return label.isLine() ? missing + " is known" : "no module has " + missing;
        }
        String module = label.module().get();
        if (module(module).isEmpty()) {
            return "no module " + module + " is loaded";
        }
        return label.isLine()
                ? "symbols of " + module + " tell " + missing
                : module + " has no " + missing;
    }
}
