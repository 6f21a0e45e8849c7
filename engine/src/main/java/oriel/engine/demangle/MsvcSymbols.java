package oriel.engine.demangle;

import java.util.ArrayList;
import java.util.List;

/** Reads whole Visual C++ symbols: functions, variables, tables, thunks, type information. */
final class MsvcSymbols {
    private static final String[] ACCESS = {"private: ", "protected: ", "public: ", ""};
    private static final String STATIC = "static ";

    private final MsvcReader reader;
    private final Cursor in;

    MsvcSymbols(MsvcReader reader) {
        this.reader = reader;
        this.in = reader.in;
    }

    /** A variable; only the full form shows more than its name. */
    record Variable(String access, MsvcType type, MsvcNode name) implements MsvcNode {
        @Override
        public void print(Output out) {
            if (!out.full()) {
                name.print(out);
                return;
            }
            out.append(access);
            type.head(out);
            out.space();
            name.print(out);
            type.tail(out);
        }
    }

    /** A symbol from its question mark on. */
    MsvcNode symbol() {
        in.enter();
        MsvcNode found;
        if (in.looksAt("??@")) {
            found = hashed();
        } else {
            in.expect('?');
            if (in.peek() == '?' && in.peek(1) == '_') {
                found = compilers();
            } else if (in.looksAt("filt$") || in.looksAt("fin$")) {
                found = handler();
            } else {
                found = encoded(reader.names.symbolName());
            }
        }
        in.leave();
        return found;
    }

    /** A type as descriptors of type information name it, behind their dot. */
    MsvcType descriptorType() {
        return reader.types.type(MsvcTypes.Mode.RESULT);
    }

    /** Names of more than 4096 characters are hashed; there is nothing to read in them. */
    private MsvcNode hashed() {
        int start = in.at();
        in.skip(3);
        int end = in.find('@');
        if (end != in.at() + 32) {
            throw in.refused();
        }
        in.skip(33);
        in.accept("??_R4@");
        return new MsvcNode.Text(in.from(start));
    }

    /** Symbols behind {@code ??_}: those of their own form, then operators. */
    private MsvcNode compilers() {
        in.expect('?');
        switch (in.peek(1)) {
            case '7':
                in.skip(2);
                return table("`vftable'");
            case '8':
                in.skip(2);
                return table("`vbtable'");
            case 'S':
                in.skip(2);
                return table("`local vftable'");
            case '9':
                in.skip(2);
                return virtualCall();
            case 'B':
                in.skip(2);
                return guard("`local static guard'");
            case 'C':
                in.skip(2);
                return new MsvcString(in).read();
            case 'R':
                in.skip(2);
                return typeInformation();
            case '_':
                if (in.accept("__E")) {
                    return dynamic("`dynamic initializer for ");
                }
                if (in.accept("__F")) {
                    return dynamic("`dynamic atexit destructor for ");
                }
                if (in.accept("__J")) {
                    return guard("`local static thread guard'");
                }
                break;
            default:
                break;
        }
        in.rewind(in.at() - 1);
        return encoded(reader.names.symbolName());
    }

    /** Filters and handlers of structured exceptions: {@code ?filt$0@0@main@@}, no type. */
    private MsvcNode handler() {
        int start = in.at();
        in.skip(in.find('@') - start);
        String name = in.from(start);
        in.next();
        in.skip(in.find('@') + 1 - in.at());
        int function = in.at();
        in.skip(in.find('@') - function);
        String owner = in.from(function);
        in.expect("@@");
        return new MsvcNode.Text(owner + "$" + name);
    }

    private MsvcNode encoded(MsvcNode.Qualified name) {
        char c = in.peek();
        return c >= '0' && c <= '4' ? variable(name) : function(name);
    }

    private MsvcNode variable(MsvcNode name) {
        int storage = in.next() - '0';
        String access = storage < 3 ? ACCESS[storage] + STATIC : "";
        MsvcType type = reader.types.type(MsvcTypes.Mode.DROP);
        if (type instanceof MsvcType.Pointer pointer) {
            pointer.qualify(reader.types.pointerExtensions());
            int inner = reader.types.qualifiers();
            if (pointer.isMember()) {
                reader.names.typeName();
            }
            pointer.pointee().qualify(inner);
        } else {
            type.qualify(reader.types.qualifiers());
        }
        return new Variable(access, type, name);
    }

    private MsvcNode function(MsvcNode.Qualified name) {
        MsvcFunction function = signature();
        MsvcNode last = name.last();
        if (last instanceof MsvcNames.Conversion conversion && function.result().isPresent()) {
            conversion.target(function.result().get());
        }
        return out -> function.printSymbol(name, out);
    }

    private MsvcFunction signature() {
        String linkage = in.accept("$$J0") ? "extern \"C\" " : "";
        if (linkage.isEmpty() && !in.accept("$$F") && !in.accept("$$H")) {
            // ARM64EC code beside x64 code.
            in.accept("$$h");
        }
        if (in.accept('9')) {
            var plain = new MsvcFunction(new MsvcFunction.Shape("extern \"C\" ", false, ""));
            plain.noParameters();
            return plain;
        }
        if (in.accept('$')) {
            return displaced();
        }
        int code = in.next() - 'A';
        if (code < 0 || code > 25) {
            throw in.refused();
        }
        String access = ACCESS[code / 8];
        boolean global = code >= 24;
        return switch (code % 8 / 2) {
            case 1 -> read(new MsvcFunction.Shape(access + STATIC + linkage, false, ""), false);
            case 2 -> read(new MsvcFunction.Shape(access + "virtual " + linkage, false, ""), true);
            case 3 -> {
                String adjustment = "`adjustor{" + reader.numberText() + "}'";
                yield read(new MsvcFunction.Shape(access + "virtual ", true, adjustment), true);
            }
            default -> read(new MsvcFunction.Shape(access + linkage, false, ""), !global);
        };
    }

    /** A thunk that takes the displacement of a virtual base from the object. */
    private MsvcFunction displaced() {
        boolean extended = in.accept('R');
        int code = in.next() - '0';
        if (code < 0 || code > 5) {
            throw in.refused();
        }
        var text = new StringBuilder(extended ? "`vtordispex{" : "`vtordisp{");
        int count = extended ? 4 : 2;
        for (int i = 0; i < count; i++) {
            text.append(i > 0 ? ", " : "").append((int) reader.number());
        }
        String access = ACCESS[code / 2] + "virtual ";
        return read(new MsvcFunction.Shape(access, true, text.append("}'").toString()), true);
    }

    private MsvcFunction read(MsvcFunction.Shape shape, boolean withThis) {
        var function = new MsvcFunction(shape);
        reader.types.signature(function, withThis);
        return function;
    }

    /** A table of a class; with several bases, for which of them. */
    private MsvcNode table(String title) {
        MsvcNode name = reader.names.scoped(new MsvcNode.Text(title));
        in.next();
        String qualifiers =
                switch (reader.types.qualifiers()) {
                    case MsvcType.CONST -> "const ";
                    case MsvcType.VOLATILE -> "volatile ";
                    case MsvcType.CONST | MsvcType.VOLATILE -> "const volatile ";
                    default -> "";
                };
        var targets = new ArrayList<MsvcNode>();
        while (!in.atEnd() && !in.accept('@')) {
            targets.add(reader.names.typeName());
        }
        return out -> {
            out.append(out.full() ? qualifiers : "");
            name.print(out);
            printTargets(targets, out);
        };
    }

    private static void printTargets(List<MsvcNode> targets, Output out) {
        if (targets.isEmpty()) {
            return;
        }
        out.append("{for ");
        for (int i = 0; i < targets.size(); i++) {
            out.append(i > 0 ? "s `" : "`");
            targets.get(i).print(out);
            out.append('\'');
        }
        out.append('}');
    }

    private MsvcNode virtualCall() {
        MsvcNode owner = reader.names.scoped(new MsvcNode.Text("`vcall'"));
        in.expect("$B");
        String offset = reader.numberText();
        in.expect('A');
        String convention = reader.types.convention();
        return out -> {
            if (out.full()) {
                out.append("[thunk]: ").append(convention).append(' ');
            } else {
                out.append("[thunk]:");
            }
            owner.print(out);
            out.append('{').append(offset).append(out.full() ? ", {flat}}" : ",{flat}}");
        };
    }

    private MsvcNode guard(String title) {
        MsvcNode[] parts = {new MsvcNode.Text(title)};
        MsvcNode name = reader.names.scoped(out -> parts[0].print(out));
        if (!in.accept("4IA")) {
            in.expect('5');
            if (!in.atEnd()) {
                parts[0] = new MsvcNode.Text(title + "{" + reader.numberText() + "}");
            }
        }
        return name;
    }

    private MsvcNode typeInformation() {
        char kind = in.next();
        switch (kind) {
            case '0':
                MsvcType type = reader.types.type(MsvcTypes.Mode.RESULT);
                in.expect("@8");
                return out -> {
                    type.head(out);
                    if (out.full()) {
                        out.space();
                    } else {
                        type.tail(out);
                        out.append(' ');
                    }
                    out.append("`RTTI Type Descriptor'");
                    if (out.full()) {
                        type.tail(out);
                    }
                };
            case '1':
                var text = new StringBuilder("`RTTI Base Class Descriptor at (");
                for (int i = 0; i < 4; i++) {
                    text.append(i > 0 ? ", " : "").append(reader.numberText());
                }
                return ended(text.append(")'").toString());
            case '2':
                return ended("`RTTI Base Class Array'");
            case '3':
                return ended("`RTTI Class Hierarchy Descriptor'");
            case '4':
                return table("`RTTI Complete Object Locator'");
            default:
                throw in.refused();
        }
    }

    private MsvcNode ended(String title) {
        MsvcNode name = reader.names.scoped(new MsvcNode.Text(title));
        in.expect('8');
        return name;
    }

    /** What runs before main for a variable, or after it. */
    private MsvcNode dynamic(String title) {
        boolean member = in.accept('?');
        MsvcNode.Qualified name = reader.names.symbolName();
        char c = in.peek();
        MsvcNode subject = name;
        boolean variable = c >= '0' && c <= '4';
        if (variable) {
            subject = variable(name);
            // Old Clang wrote one @ too few.
            in.expect('@');
            if (member) {
                in.accept('@');
            }
        }
        MsvcFunction function = signature();
        MsvcNode shown = subject;
        return out ->
                function.printSymbol(
                        inner -> {
                            inner.append(title).append(variable ? '`' : '\'');
                            shown.print(inner);
                            inner.append("''");
                        },
                        out);
    }
}
