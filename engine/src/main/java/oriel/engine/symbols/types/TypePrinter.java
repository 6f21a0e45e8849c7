package oriel.engine.symbols.types;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import oriel.format.pdb.Field;
import oriel.format.pdb.TypeRecord;

/** Prints a type with its members and their offsets, in the manner of {@code dt} of WinDbg. */
public final class TypePrinter {
    private static final String[] ACCESS = {"", "private: ", "protected: ", ""};

    private final TypeSystem types;
    private final TypeNames names;

    /**
     * @param types whose numbers are printed
     */
    public TypePrinter(TypeSystem types) {
        this.types = types;
        this.names = new TypeNames(types);
    }

    /** The whole definition over several lines, each ended by a line feed. */
    public String print(long index) {
        long type = types.plain(index);
        var text = new StringBuilder();
        switch (types.record(type)) {
            case TypeRecord.Enumeration e -> enumeration(text, type, e);
            case TypeRecord.ClassType c ->
                    structure(text, type, c.key().name().toLowerCase(Locale.ROOT), c.name());
            case TypeRecord.Union u -> structure(text, type, "union", u.name());
            default -> text.append(names.of(type)).append('\n');
        }
        return text.toString();
    }

    private void enumeration(StringBuilder text, long type, TypeRecord.Enumeration e) {
        text.append("enum ").append(e.name()).append(" : ");
        text.append(names.of(e.underlyingType())).append('\n');
        for (Field field : types.fields(type)) {
            if (field instanceof Field.Enumerator value) {
                text.append("   ").append(value.name()).append(" = ").append(value.value());
                text.append('\n');
            }
        }
    }

    private void structure(StringBuilder text, long type, String key, String name) {
        Layout layout = Layout.of(types, type);
        text.append(key).append(' ').append(name).append("  // ");
        text.append(layout.sizeBytes()).append(" bytes");
        if (layout.paddingBytes() > 0) {
            text.append(", ").append(layout.paddingBytes()).append(" of padding");
        }
        text.append('\n');
        for (Layout.Slot slot : layout.slots()) {
            slot(text, slot);
        }
        for (String declaration : declarations(type)) {
            text.append("          ").append(declaration).append('\n');
        }
    }

    /**
     * What a structure, class or union has that takes no place in its objects: static members,
     * functions, nested types.
     */
    public List<String> declarations(long index) {
        long type = types.plain(index);
        var found = new ArrayList<String>();
        if (types.record(type) instanceof TypeRecord.UserDefined of) {
            String constructor = of.name().substring(of.name().lastIndexOf(':') + 1);
            for (Field field : types.fields(type)) {
                withoutOffset(found, field, constructor);
            }
        }
        return found;
    }

    private void slot(StringBuilder text, Layout.Slot slot) {
        text.append("   ").append(Layout.offsetText(slot.offset())).append(' ');
        switch (slot.kind()) {
            case BASE -> text.append(": ").append(slot.name());
            case VIRTUAL_BASE -> text.append(": virtual ").append(slot.name());
            case VTABLE_POINTER, VBTABLE_POINTER -> text.append(slot.name());
            case MEMBER -> text.append(names.declare(slot.type(), slot.name()));
            case BIT_FIELD -> {
                text.append(names.declare(slot.type(), slot.name())).append(" : ");
                text.append(slot.bits()).append("  // from bit ").append(slot.bitPosition());
            }
            case PADDING -> text.append("// ").append(slot.sizeBytes()).append(" of padding");
        }
        text.append('\n');
    }

    private void withoutOffset(List<String> found, Field field, String constructor) {
        if (field instanceof Field.StaticMember s) {
            String access = ACCESS[s.attributes() & 3];
            found.add(access + "static " + names.declare(s.type(), s.name()));
        } else if (field instanceof Field.Method m) {
            found.add(method(m.attributes(), m.type(), m.name(), constructor));
        } else if (field instanceof Field.Methods overloads
                && types.record(overloads.methodList()) instanceof TypeRecord.MethodList list) {
            for (Field.Overload o : list.overloads()) {
                found.add(method(o.attributes(), o.type(), overloads.name(), constructor));
            }
        } else if (field instanceof Field.NestedType n) {
            found.add("using " + n.name() + " = " + names.of(n.type()));
        }
    }

    private String method(int attributes, long type, String name, String constructor) {
        int property = attributes >>> 2 & 7;
        String kind =
                switch (property) {
                    case 1, 4, 5, 6 -> "virtual ";
                    case 2 -> "static ";
                    default -> "";
                };
        String declaration = names.declare(type, name);
        boolean returnsNothing = name.startsWith("~") || name.equals(constructor);
        return ACCESS[attributes & 3]
                + kind
                + (returnsNothing && declaration.startsWith("void ")
                        ? declaration.substring("void ".length())
                        : declaration)
                + (property == 5 || property == 6 ? " = 0" : "");
    }
}
