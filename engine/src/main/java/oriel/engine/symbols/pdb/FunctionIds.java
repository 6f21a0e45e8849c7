package oriel.engine.symbols.pdb;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import oriel.bytes.FormatException;
import oriel.format.pdb.CrossModuleExport;
import oriel.format.pdb.CrossModuleImport;
import oriel.format.pdb.ModuleInfo;
import oriel.format.pdb.Pdb;
import oriel.format.pdb.TypeRecord;

/** Names of functions by their number in the id stream, for inlined functions. */
final class FunctionIds {
    /**
     * Marks a number that stands for a function of another module (link-time code generation): the
     * bits below are the position of that module among the imports, then of the function there.
     */
    private static final long IMPORTED = 0x8000_0000L;

    private static final int MODULE_SHIFT = 20;
    private static final int MODULE_MASK = 0x7ff;
    private static final int FUNCTION_MASK = 0xf_ffff;

    private final Pdb pdb;
    private final IntFunction<Optional<PdbModule>> modules;
    private final Map<String, Integer> moduleByName = new HashMap<>();

    FunctionIds(Pdb pdb, IntFunction<Optional<PdbModule>> modules) {
        this.pdb = pdb;
        this.modules = modules;
    }

    /** Name with class or namespace of a function that was inlined into a module. */
    String name(PdbModule module, long id) {
        try {
            long global = (id & IMPORTED) != 0 ? imported(module, id) : id;
            if (pdb.ids().contains(global)) {
                return name(TypeRecord.read(pdb.ids().record(global)), global);
            }
        } catch (FormatException e) {
            pdb.report("function id 0x" + Long.toHexString(id), e);
        }
        return unknown(id);
    }

    private long imported(PdbModule module, long id) {
        List<CrossModuleImport> imports = module.lines().imports();
        int from = (int) (id >>> MODULE_SHIFT) & MODULE_MASK;
        int function = (int) id & FUNCTION_MASK;
        if (from >= imports.size() || function >= imports.get(from).ids().size()) {
            return -1;
        }
        long local = imports.get(from).ids().get(function);
        String name = pdb.names().map(n -> n.at(imports.get(from).moduleNameOffset())).orElse("");
        Optional<PdbModule> exporter = moduleNamed(name);
        if (exporter.isEmpty()) {
            return -1;
        }
        for (CrossModuleExport export : exporter.get().lines().exports()) {
            if (export.localId() == local) {
                return export.globalId();
            }
        }
        return -1;
    }

    private Optional<PdbModule> moduleNamed(String name) {
        Integer index;
        synchronized (moduleByName) {
            if (moduleByName.isEmpty()) {
                for (ModuleInfo info : pdb.dbi().orElseThrow().modules()) {
                    moduleByName.putIfAbsent(folded(info.name()), info.index());
                }
            }
            index = moduleByName.get(folded(name));
        }
        return index == null ? Optional.empty() : modules.apply(index);
    }

    /** Link-time code generation writes imports in lower case: {@code release\\a.obj}. */
    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private String name(TypeRecord record, long id) {
        // Not a switch over patterns: its first use in a process costs more than all of this.
        if (record instanceof TypeRecord.FunctionId f) {
            return qualified(scope(f.scopeId()), f.name());
        }
        if (record instanceof TypeRecord.MemberFunctionId f) {
            return member(className(f.classType()), f.name());
        }
        return unknown(id);
    }

    private String scope(long id) {
        if (id == 0 || !pdb.ids().contains(id)) {
            return "";
        }
        return TypeRecord.read(pdb.ids().record(id)) instanceof TypeRecord.StringId s
                ? s.text()
                : "";
    }

    private String className(long type) {
        if (!pdb.types().contains(type)) {
            return "";
        }
        return TypeRecord.read(pdb.types().record(type)) instanceof TypeRecord.UserDefined u
                ? u.name()
                : "";
    }

    /** Constructors have a made-up name here, unlike in the records of procedures. */
    private static String member(String className, String name) {
        return switch (name) {
            case "{ctor}" -> qualified(className, lastPart(className));
            case "{dtor}" -> qualified(className, "~" + lastPart(className));
            default -> qualified(className, name);
        };
    }

    /** What follows the last {@code ::} that is not within template arguments. */
    private static String lastPart(String name) {
        int depth = 0;
        for (int i = name.length() - 1; i > 0; i--) {
            char c = name.charAt(i);
            if (c == '>') {
                depth++;
            } else if (c == '<') {
                depth--;
            } else if (c == ':' && depth == 0 && name.charAt(i - 1) == ':') {
                return name.substring(i + 1);
            }
        }
        return name;
    }

    private static String qualified(String scope, String name) {
        return scope.isEmpty() ? name : scope + "::" + name;
    }

    private static String unknown(long id) {
        return "function id 0x" + Long.toHexString(id);
    }
}
