package oriel.engine.demangle;

import java.util.ArrayList;
import java.util.List;

/** Reads the arguments of templates: types, numbers, addresses, objects. */
final class MsvcArguments {
    private final MsvcReader reader;
    private final Cursor in;

    MsvcArguments(MsvcReader reader) {
        this.reader = reader;
        this.in = reader.in;
    }

    /** Arguments up to an @. */
    List<MsvcNode> list() {
        var found = new ArrayList<MsvcNode>();
        while (!in.accept('@')) {
            // Packs without elements, and what stands between packs.
            if (in.accept("$S") || in.accept("$$V") || in.accept("$$$V") || in.accept("$$Z")) {
                continue;
            }
            found.add(argument());
        }
        return found;
    }

    private MsvcNode argument() {
        if (in.peek() != '$' || in.peek(1) == '$' && in.peek(2) != 'Y') {
            return reader.types.type(MsvcTypes.Mode.DROP);
        }
        if (in.accept("$$Y")) {
            return reader.names.typeName();
        }
        in.expect('$');
        if (in.accept('M')) {
            reader.types.type(MsvcTypes.Mode.DROP);
        }
        return value();
    }

    /** A value as it stands behind the dollar sign, without its type. */
    private MsvcNode value() {
        in.enter();
        MsvcNode found =
                switch (in.next()) {
                    case '0' -> new MsvcNode.Text(reader.numberText());
                    case '1' -> address();
                    case '2' -> object();
                    case '3' -> array();
                    case '5' -> subobject();
                    case '6' -> member();
                    case '7' -> union();
                    case '8' -> dataMember();
                    case 'A' ->
                            new MsvcNode.Text(
                                    Float.toString(Float.intBitsToFloat((int) reader.number())));
                    case 'B' ->
                            new MsvcNode.Text(
                                    Double.toString(Double.longBitsToDouble(reader.number())));
                    case 'C' -> element();
                    case 'E' -> reader.symbols.symbol();
                    case 'F' -> offsets("", 2);
                    case 'G' -> offsets("", 3);
                    case 'H' -> memberFunction(1);
                    case 'I' -> memberFunction(2);
                    case 'J' -> memberFunction(3);
                    default -> throw in.refused();
                };
        in.leave();
        return found;
    }

    private MsvcNode address() {
        if (in.accept('@')) {
            return new MsvcNode.Text("0");
        }
        return new Address(reader.symbols.symbol());
    }

    /** The address of a symbol. */
    private record Address(MsvcNode symbol) implements MsvcNode {
        @Override
        public void print(Output out) {
            out.append('&');
            symbol.print(out);
        }
    }

    /** The name of a variable whose member, element or address is meant, without its type. */
    private static MsvcNode named(MsvcNode value) {
        MsvcNode symbol = value instanceof Address address ? address.symbol : value;
        return symbol instanceof MsvcSymbols.Variable variable ? variable.name() : symbol;
    }

    /** A member function of a class whose pointers need offsets as well. */
    private MsvcNode memberFunction(int count) {
        MsvcNode symbol = in.peek() == '?' ? reader.symbols.symbol() : new MsvcNode.Text("");
        MsvcNode numbers = offsets(", ", count);
        return out -> {
            out.append('{');
            int start = out.length();
            symbol.print(out);
            boolean empty = out.length() == start;
            int before = out.length();
            numbers.print(out);
            if (empty) {
                String text = out.since(before);
                out.cut(before);
                out.append(text.substring(2));
            }
            out.append('}');
        };
    }

    private MsvcNode offsets(String first, int count) {
        var text = new StringBuilder(first.isEmpty() ? "{" : first);
        for (int i = 0; i < count; i++) {
            text.append(i > 0 ? ", " : "").append(reader.numberText());
        }
        return new MsvcNode.Text(text.append(first.isEmpty() ? "}" : "").toString());
    }

    private MsvcNode object() {
        MsvcType type = reader.types.type(MsvcTypes.Mode.DROP);
        var members = new ArrayList<MsvcNode>();
        while (!in.accept('@')) {
            members.add(typedValue());
        }
        return braced(type, members);
    }

    /** Objects say their type by themselves, numbers and addresses do not. */
    private MsvcNode typedValue() {
        char c = in.peek();
        if (c != '2' && c != '3' && c != '7') {
            reader.types.type(MsvcTypes.Mode.DROP);
        }
        return in.peek() == '@' ? new MsvcNode.Text("{}") : value();
    }

    private MsvcNode array() {
        MsvcType type = reader.types.type(MsvcTypes.Mode.DROP);
        var elements = new ArrayList<MsvcNode>();
        while (!in.accept('@')) {
            elements.add(value());
            in.expect('@');
        }
        return out -> {
            type.print(out);
            out.append("[]");
            printBraced(elements, out);
        };
    }

    private MsvcNode union() {
        MsvcType type = reader.types.type(MsvcTypes.Mode.DROP);
        if (in.accept('@')) {
            return braced(type, List.of());
        }
        MsvcNode member = reader.names.unqualifiedTypeName();
        MsvcNode value = value();
        in.expect('@');
        return braced(
                type,
                List.of(
                        out -> {
                            out.append('.');
                            member.print(out);
                            out.append('=');
                            value.print(out);
                        }));
    }

    private MsvcNode subobject() {
        MsvcNode object = named(value());
        in.expect('@');
        return out -> {
            out.append('&');
            object.print(out);
        };
    }

    private MsvcNode member() {
        MsvcNode object = named(value());
        MsvcNode name = reader.names.unqualifiedTypeName();
        in.expect('@');
        return out -> {
            object.print(out);
            out.append('.');
            name.print(out);
        };
    }

    private MsvcNode element() {
        MsvcNode object = named(value());
        in.expect('0');
        String index = reader.numberText();
        in.expect('@');
        return out -> {
            object.print(out);
            out.append('[').append(index).append(']');
        };
    }

    private MsvcNode dataMember() {
        MsvcNode owner = reader.names.typeName();
        MsvcNode name = reader.names.unqualifiedTypeName();
        in.expect('@');
        return out -> {
            out.append('&');
            owner.print(out);
            out.append("::");
            name.print(out);
        };
    }

    private static MsvcNode braced(MsvcType type, List<MsvcNode> members) {
        return out -> {
            type.print(out);
            printBraced(members, out);
        };
    }

    private static void printBraced(List<MsvcNode> members, Output out) {
        out.append('{');
        MsvcNode.printList(members, out);
        out.append('}');
    }
}
