package oriel.app.render;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import oriel.engine.symbols.types.Layout;
import oriel.engine.symbols.types.TypeNames;
import oriel.engine.symbols.types.TypePrinter;
import oriel.engine.symbols.types.TypeSystem;
import oriel.engine.symbols.types.TypedValue;
import oriel.format.pdb.Field;
import oriel.format.pdb.TypeRecord;

/** Types, what lies where in them, and values of them as JSON. */
public final class JsonTypes {
    private final JsonPage json;

    /**
     * @param json where they go
     */
    public JsonTypes(JsonPage json) {
        this.json = json;
    }

    /**
     * A type in a list.
     *
     * @param module label of the module; empty for a PDB alone
     */
    public record Listed(String module, String kind, String name, long sizeBytes) {}

    /** Names, kinds and sizes. */
    public void list(List<Listed> types) {
        json.object(
                () -> {
                    json.number("version", JsonReport.VERSION);
                    json.objects(
                            "types",
                            types,
                            type -> {
                                json.text("module", type.module());
                                json.text("kind", type.kind());
                                json.text("name", type.name());
                                json.number("sizeBytes", type.sizeBytes());
                            });
                });
        json.endLine();
    }

    /** Values, one after the other. */
    public void values(List<TypedValue> values) {
        json.object(
                () -> {
                    json.number("version", JsonReport.VERSION);
                    json.objects("values", values, this::value);
                });
        json.endLine();
    }

    private void value(TypedValue value) {
        json.text("name", value.name());
        json.text("type", value.type());
        json.hex("address", value.va());
        json.text("value", value.text());
        json.text("problem", value.problem());
        json.objects("parts", value.parts(), this::value);
    }

    /**
     * The definition of a type.
     *
     * @param variable what has the type, as C++ declares it; empty when the type was asked for
     * @param rva where the variable lies
     */
    public void definition(TypeSystem types, long index, Optional<String> variable, long rva) {
        json.object(
                () -> {
                    json.number("version", JsonReport.VERSION);
                    variable.ifPresent(
                            declaration ->
                                    json.object(
                                            "variable",
                                            () -> {
                                                json.hex("address", rva);
                                                json.text("declaration", declaration);
                                            }));
                    json.object("type", () -> type(types, types.plain(index)));
                });
        json.endLine();
    }

    private void type(TypeSystem types, long index) {
        var names = new TypeNames(types);
        TypeRecord record = types.record(index);
        json.text("name", names.of(index));
        if (record instanceof TypeRecord.UserDefined of) {
            json.text("kind", kind(of));
        }
        Layout layout = Layout.of(types, index);
        json.number("sizeBytes", types.sizeBytes(index));
        json.number("paddingBytes", layout.paddingBytes());
        json.objects("members", layout.slots(), slot -> slot(names, slot));
        if (record instanceof TypeRecord.Enumeration e) {
            json.text("underlyingType", names.of(e.underlyingType()));
            List<Field.Enumerator> all =
                    types.fields(index).stream()
                            .filter(Field.Enumerator.class::isInstance)
                            .map(Field.Enumerator.class::cast)
                            .toList();
            json.objects(
                    "enumerators",
                    all,
                    e2 -> {
                        json.text("name", e2.name());
                        json.text("value", e2.value().toString());
                    });
        }
        json.texts("declarations", new TypePrinter(types).declarations(index));
    }

    private void slot(TypeNames names, Layout.Slot slot) {
        json.text("kind", slot.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        if (slot.offset() >= 0) {
            json.number("offset", slot.offset());
        }
        json.number("sizeBytes", slot.sizeBytes());
        json.text("name", slot.name());
        if (slot.kind() == Layout.Kind.MEMBER || slot.kind() == Layout.Kind.BIT_FIELD) {
            json.text("type", names.of(slot.type()));
        }
        if (slot.kind() == Layout.Kind.BIT_FIELD) {
            json.number("bits", slot.bits());
            json.number("bitPosition", slot.bitPosition());
        }
    }

    /** The word that C++ defines a type with. */
    public static String kind(TypeRecord.UserDefined type) {
        return switch (type) {
            case TypeRecord.Union u -> "union";
            case TypeRecord.Enumeration e -> "enum";
            case TypeRecord.ClassType c ->
                    switch (c.key()) {
                        case CLASS -> "class";
                        case STRUCT -> "struct";
                        case INTERFACE -> "interface";
                    };
        };
    }
}
