package oriel.engine.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oriel.engine.session.Signature.Convention;
import oriel.engine.session.Signature.Parameter;
import oriel.engine.symbols.Symbolizer;
import oriel.engine.symbols.pdb.FunctionType;
import oriel.engine.symbols.pdb.PdbSymbolSource;
import oriel.engine.symbols.types.TypeSystem;
import oriel.format.pdb.Field;
import oriel.format.pdb.PrimitiveType;
import oriel.format.pdb.TypeRecord;
import oriel.model.LoadedModule;

/** The declaration of a function as its PDB tells it, enumerations with their names. */
final class SymbolSignature {
    private static final int FAST = 4;
    private static final int THIS = 0xb;
    private static final int MOST_NAMES = 4096;

    private final TypeSystem types;

    private SymbolSignature(TypeSystem types) {
        this.types = types;
    }

    /** The declaration of the function that begins at an address, when symbols tell it. */
    static Optional<Signature> at(
            Symbolizer symbolizer, LoadedModule module, long va, String name) {
        return PdbSymbolSource.among(symbolizer.sources(module))
                .flatMap(pdb -> FunctionType.at(pdb, va - module.base()))
                .map(function -> new SymbolSignature(function.types()).of(function, name));
    }

    /** The declaration of a function type. */
    static Signature of(FunctionType function, String name, TypeSystem types) {
        return new SymbolSignature(types).of(function, name);
    }

    private Signature of(FunctionType function, String name) {
        var parameters = new ArrayList<Parameter>();
        for (FunctionType.Parameter each : function.parameters()) {
            parameters.add(new Parameter(each.name(), type(each.type()), names(each.type())));
        }
        Convention convention =
                switch (function.convention()) {
                    case FAST -> Convention.FASTCALL;
                    case THIS -> Convention.THISCALL;
                    default -> Convention.STACK;
                };
        return new Signature(
                name,
                type(function.returnType()),
                names(function.returnType()),
                parameters,
                convention);
    }

    private ValueType type(long index) {
        long plain = types.plain(index);
        if (plain < PrimitiveType.END) {
            return PrimitiveType.pointerBytes(plain) != 0
                    ? pointerTo(PrimitiveType.of(plain))
                    : primitive(PrimitiveType.of(plain));
        }
        return switch (types.record(plain)) {
            case TypeRecord.Pointer p -> pointerTo(types.plain(p.type()));
            case TypeRecord.Enumeration e -> type(e.underlyingType());
            // What has the size of a register is passed by value, the rest by its address.
            default ->
                    switch ((int) types.sizeBytes(plain)) {
                        case 1 -> ValueType.UINT8;
                        case 2 -> ValueType.UINT16;
                        case 4 -> ValueType.UINT32;
                        case 8 -> ValueType.UINT64;
                        default -> ValueType.POINTER;
                    };
        };
    }

    private ValueType pointerTo(long index) {
        if (index < PrimitiveType.END) {
            return PrimitiveType.pointerBytes(index) != 0
                    ? ValueType.POINTER
                    : pointerTo(PrimitiveType.of(index));
        }
        boolean counted =
                types.record(index) instanceof TypeRecord.ClassType c
                        && c.name().equals("_UNICODE_STRING");
        return counted ? ValueType.COUNTED_STRING : ValueType.POINTER;
    }

    private static ValueType pointerTo(PrimitiveType kind) {
        return switch (kind) {
            case CHAR, CHAR8 -> ValueType.STRING;
            case WCHAR, CHAR16 -> ValueType.WIDE_STRING;
            default -> ValueType.POINTER;
        };
    }

    private static ValueType primitive(PrimitiveType kind) {
        if (kind == PrimitiveType.HRESULT) {
            return ValueType.STATUS;
        }
        return switch (kind.form()) {
            case NONE -> kind == PrimitiveType.VOID ? ValueType.VOID : ValueType.POINTER;
            case FLOATING -> kind.sizeBytes() == 4 ? ValueType.FLOAT : ValueType.DOUBLE;
            case BOOLEAN -> kind.sizeBytes() == 4 ? ValueType.BOOL : ValueType.UINT8;
            case SIGNED, CHARACTER ->
                    switch (kind.sizeBytes()) {
                        case 1 -> ValueType.INT8;
                        case 2 -> ValueType.INT16;
                        case 8 -> ValueType.INT64;
                        default -> ValueType.INT32;
                    };
            case UNSIGNED ->
                    switch (kind.sizeBytes()) {
                        case 1 -> ValueType.UINT8;
                        case 2 -> ValueType.UINT16;
                        case 8 -> ValueType.UINT64;
                        default -> ValueType.UINT32;
                    };
        };
    }

    /** Names of an enumeration; flags when each value is a bit of its own. */
    private ValueNames names(long index) {
        long plain = types.plain(index);
        boolean enumeration =
                plain >= PrimitiveType.END && types.record(plain) instanceof TypeRecord.Enumeration;
        if (!enumeration) {
            return ValueNames.NONE;
        }
        var values = new ArrayList<ValueNames.Named>();
        boolean bits = true;
        List<Field> fields = types.fields(plain);
        for (Field field : fields.subList(0, Math.min(MOST_NAMES, fields.size()))) {
            if (field instanceof Field.Enumerator each) {
                long value = each.value().longValue();
                values.add(new ValueNames.Named(each.name(), value));
                bits &= Long.bitCount(value) <= 1;
            }
        }
        String title = types.record(plain) instanceof TypeRecord.Enumeration e ? e.name() : "";
        return new ValueNames(title, bits && values.size() > 2, values);
    }
}
