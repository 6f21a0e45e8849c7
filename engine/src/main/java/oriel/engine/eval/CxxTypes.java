package oriel.engine.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import oriel.engine.symbols.pdb.FrameVariable;
import oriel.engine.symbols.pdb.FrameVariables;
import oriel.engine.symbols.pdb.PdbSymbolSource;
import oriel.engine.symbols.pdb.TypedVariable;
import oriel.engine.symbols.pdb.VariablePlace;
import oriel.engine.symbols.types.Layout;
import oriel.engine.symbols.types.TypeFinder;
import oriel.engine.symbols.types.TypeSystem;
import oriel.engine.symbols.types.ValueReader;
import oriel.format.pdb.PrimitiveType;
import oriel.model.LoadedModule;
import oriel.model.StackFrame;

/** Finds the types and variables that expressions of C++ name. */
final class CxxTypes {
    private static final Map<String, PrimitiveType> KEYWORDS =
            Map.ofEntries(
                    Map.entry("char", PrimitiveType.CHAR),
                    Map.entry("signed char", PrimitiveType.SIGNED_CHAR),
                    Map.entry("unsigned char", PrimitiveType.UNSIGNED_CHAR),
                    Map.entry("wchar_t", PrimitiveType.WCHAR),
                    Map.entry("short", PrimitiveType.SHORT),
                    Map.entry("unsigned short", PrimitiveType.UNSIGNED_SHORT),
                    Map.entry("int", PrimitiveType.INT),
                    Map.entry("signed", PrimitiveType.INT),
                    Map.entry("unsigned", PrimitiveType.UNSIGNED),
                    Map.entry("unsigned int", PrimitiveType.UNSIGNED),
                    Map.entry("long", PrimitiveType.LONG),
                    Map.entry("unsigned long", PrimitiveType.UNSIGNED_LONG),
                    Map.entry("long long", PrimitiveType.INT64),
                    Map.entry("unsigned long long", PrimitiveType.UINT64),
                    Map.entry("__int64", PrimitiveType.INT64),
                    Map.entry("int64", PrimitiveType.INT64),
                    Map.entry("unsigned __int64", PrimitiveType.UINT64),
                    Map.entry("unsigned int64", PrimitiveType.UINT64),
                    Map.entry("__int32", PrimitiveType.INT),
                    Map.entry("__int16", PrimitiveType.SHORT),
                    Map.entry("__int8", PrimitiveType.CHAR),
                    Map.entry("bool", PrimitiveType.BOOL),
                    Map.entry("float", PrimitiveType.FLOAT),
                    Map.entry("double", PrimitiveType.DOUBLE),
                    Map.entry("void", PrimitiveType.VOID));

    /** Names that Windows gives to numbers, for programs without a PDB. */
    private static final Map<String, PrimitiveType> WINDOWS =
            Map.ofEntries(
                    Map.entry("BYTE", PrimitiveType.UNSIGNED_CHAR),
                    Map.entry("UCHAR", PrimitiveType.UNSIGNED_CHAR),
                    Map.entry("WORD", PrimitiveType.UNSIGNED_SHORT),
                    Map.entry("USHORT", PrimitiveType.UNSIGNED_SHORT),
                    Map.entry("DWORD", PrimitiveType.UNSIGNED_LONG),
                    Map.entry("ULONG", PrimitiveType.UNSIGNED_LONG),
                    Map.entry("LONG", PrimitiveType.LONG),
                    Map.entry("ULONG64", PrimitiveType.UINT64),
                    Map.entry("ULONGLONG", PrimitiveType.UINT64),
                    Map.entry("DWORD64", PrimitiveType.UINT64),
                    Map.entry("LONGLONG", PrimitiveType.INT64));

    private final ExpressionContext context;

    CxxTypes(ExpressionContext context) {
        this.context = context;
    }

    private int pointerSize() {
        return context.architecture().pointerSize();
    }

    /** The type that a text names, with stars behind it; empty when it names none. */
    Optional<CxxType> find(String text) {
        String name = text.strip();
        int stars = 0;
        while (name.endsWith("*") || name.endsWith("&")) {
            stars++;
            name = name.substring(0, name.length() - 1).strip();
        }
        if (name.startsWith("const ")) {
            name = name.substring(6).strip();
        }
        Optional<CxxType> found = named(name);
        for (int i = 0; i < stars && found.isPresent(); i++) {
            found = Optional.of(new CxxType.Pointer(found.get(), pointerSize()));
        }
        return found;
    }

    private Optional<CxxType> named(String name) {
        PrimitiveType keyword = KEYWORDS.get(name.replaceAll("\\s+", " "));
        if (keyword != null) {
            return Optional.of(new CxxType.Plain(keyword));
        }
        int mark = name.indexOf('!');
        boolean letters =
                !name.isEmpty()
                        && (Character.isLetter(name.charAt(mark + 1 < name.length() ? mark + 1 : 0))
                                || name.indexOf('_') == mark + 1);
        if (!letters) {
            return Optional.empty();
        }
        String type = name.substring(mark + 1);
        for (LoadedModule module : modules(mark < 0 ? "" : name.substring(0, mark))) {
            Optional<TypeSystem> types = types(module);
            OptionalLong index =
                    types.isPresent()
                            ? new TypeFinder(types.get()).find(type)
                            : OptionalLong.empty();
            if (index.isPresent()) {
                return Optional.of(CxxType.of(types.get(), index.getAsLong(), pointerSize()));
            }
        }
        PrimitiveType windows = mark < 0 ? WINDOWS.get(type) : null;
        return windows == null ? Optional.empty() : Optional.of(new CxxType.Plain(windows));
    }

    /** The module that is named; for none all, that of the current function first. */
    private List<LoadedModule> modules(String label) {
        if (!label.isEmpty()) {
            return context.labels().module(label).map(List::of).orElse(List.of());
        }
        var all = new ArrayList<LoadedModule>(context.target().modules());
        OptionalLong pc = context.pseudo("ip");
        if (pc.isPresent()) {
            context.target()
                    .moduleAt(pc.getAsLong())
                    .ifPresent(
                            here -> {
                                all.remove(here);
                                all.add(0, here);
                            });
        }
        return all;
    }

    private Optional<PdbSymbolSource> pdb(LoadedModule module) {
        return PdbSymbolSource.among(context.labels().symbolizer().sources(module));
    }

    private Optional<TypeSystem> types(LoadedModule module) {
        return pdb(module).map(source -> new TypeSystem(source.pdb()));
    }

    /** A variable of the current function, or of a module; empty when there is none. */
    Optional<CxxValue> variable(String module, String name) {
        if (module.isEmpty()) {
            Optional<CxxValue> local = local(name);
            if (local.isPresent()) {
                return local;
            }
        }
        for (LoadedModule each : modules(module)) {
            Optional<PdbSymbolSource> pdb = pdb(each);
            Optional<TypedVariable> found = pdb.flatMap(p -> p.variable(name));
            if (found.isPresent()) {
                CxxType type =
                        CxxType.of(
                                new TypeSystem(pdb.orElseThrow().pdb()),
                                found.get().type(),
                                pointerSize());
                return Optional.of(place(type, each.base() + found.get().rva()));
            }
        }
        return Optional.empty();
    }

    private Optional<CxxValue> local(String name) {
        Optional<StackFrame> frame = context.frame();
        if (frame.isEmpty()) {
            return Optional.empty();
        }
        Optional<LoadedModule> module = context.target().moduleAt(frame.get().lookupVa());
        Optional<PdbSymbolSource> pdb = module.flatMap(this::pdb);
        if (pdb.isEmpty()) {
            return Optional.empty();
        }
        LongPredicate isCode = va -> context.target().moduleAt(va).isPresent();
        List<FrameVariable> all =
                new FrameVariables(pdb.get(), ValueReader.Limits.USUAL)
                        .of(module.orElseThrow(), frame.get(), context.memory(), isCode);
        for (FrameVariable each : all) {
            if (each.name().equals(name)) {
                CxxType type =
                        CxxType.of(new TypeSystem(pdb.get().pdb()), each.type(), pointerSize());
                return Optional.of(placed(name, type, each));
            }
        }
        return Optional.empty();
    }

    private CxxValue placed(String name, CxxType type, FrameVariable variable) {
        return switch (variable.place()) {
            case VariablePlace.InMemory m -> place(type, m.va());
            case VariablePlace.InRegister r -> {
                long bits = 0;
                for (int i = Math.min(8, r.bytes().size()) - 1; i >= 0; i--) {
                    bits = bits << 8 | r.bytes().get(i) & 0xff;
                }
                yield inRegister(type, bits);
            }
            case VariablePlace.InPieces p -> throw unknown(name, "it lies in several places");
            case VariablePlace.OptimizedAway o -> throw unknown(name, "it is optimised away");
            case VariablePlace.Unavailable u -> throw unknown(name, u.reason());
        };
    }

    private static EvalException unknown(String name, String reason) {
        return new EvalException(name, 0, "the value of " + name + " is not known: " + reason);
    }

    private static CxxValue inRegister(CxxType type, long bits) {
        if (!type.isReal()) {
            return CxxValue.cut(type, bits);
        }
        double real =
                type.sizeBytes() == 4
                        ? Float.intBitsToFloat((int) bits)
                        : Double.longBitsToDouble(bits);
        return new CxxValue(type, OptionalLong.empty(), 0, real);
    }

    /** What lies at an address. */
    CxxValue place(CxxType type, long va) {
        long address = va & context.architecture().addressMask();
        boolean structure =
                type instanceof CxxType.Told told
                        && !(told.record() instanceof oriel.format.pdb.TypeRecord.Enumeration);
        if (structure) {
            return new CxxValue(type, OptionalLong.of(address), address, 0);
        }
        int width = (int) type.sizeBytes();
        if (width != 1 && width != 2 && width != 4 && width != 8) {
            throw new EvalException(
                    type.title(), 0, "values of " + width + " bytes cannot be worked with");
        }
        OptionalLong raw = context.memory().unsigned(address, width);
        if (raw.isEmpty()) {
            return CxxValue.unreadable(type, address);
        }
        if (type.isReal()) {
            double real =
                    width == 4
                            ? Float.intBitsToFloat((int) raw.getAsLong())
                            : Double.longBitsToDouble(raw.getAsLong());
            return new CxxValue(type, OptionalLong.of(address), 0, real);
        }
        return new CxxValue(type, OptionalLong.of(address), CxxValue.fit(type, raw.getAsLong()), 0);
    }

    /** Where a base of an object lies; empty when its table cannot be read. */
    OptionalLong base(CxxType.Told type, Layout.Slot slot, long va) {
        if (slot.kind() == Layout.Kind.BASE) {
            return OptionalLong.of(va + slot.offset());
        }
        var reader =
                new ValueReader(
                        type.types(),
                        context.memory(),
                        context.architecture(),
                        ValueReader.Limits.USUAL);
        return reader.virtualBaseVa(type.index(), slot, va);
    }

    /** The type that a pseudo-register has where ntdll's types are known. */
    Optional<CxxType> ofPseudo(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "peb" -> find("ntdll!_PEB *");
            case "teb" -> find("ntdll!_TEB *");
            default -> Optional.empty();
        };
    }
}
