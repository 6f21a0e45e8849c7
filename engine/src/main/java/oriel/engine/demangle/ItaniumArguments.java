package oriel.engine.demangle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads template arguments and the parameters of generic lambdas. */
final class ItaniumArguments {
    private final ItaniumReader reader;
    private final Cursor in;

    ItaniumArguments(ItaniumReader reader) {
        this.reader = reader;
        this.in = reader.in;
    }

    /**
     * Arguments between {@code I} and {@code E}.
     *
     * @param named whether later parameters of the symbol refer to them
     */
    ItaniumNode read(boolean named) {
        in.enter();
        in.expect('I');
        List<ItaniumNode> own = new ArrayList<>();
        if (named) {
            reader.levels = new ArrayList<>();
            reader.levels.add(own);
        }
        var found = new ArrayList<ItaniumNode>();
        while (!in.accept('E')) {
            if (in.peek() == 'Q') {
                // What the template demands of its arguments is not shown.
                reader.constraint();
                in.expect('E');
                break;
            }
            List<List<ItaniumNode>> outer = reader.levels;
            if (named) {
                reader.levels = new ArrayList<>(outer);
            }
            ItaniumNode argument = argument();
            reader.levels = outer;
            found.add(argument);
            own.add(
                    argument instanceof ItaniumTemplates.ArgumentPack pack
                            ? new ItaniumTemplates.Pack(pack.elements())
                            : argument);
        }
        in.leave();
        return new ItaniumTemplates.Arguments(found);
    }

    private ItaniumNode argument() {
        switch (in.peek()) {
            case 'X':
                in.next();
                ItaniumNode value = reader.expressions.expression();
                in.expect('E');
                return value;
            case 'J':
                in.next();
                return new ItaniumTemplates.ArgumentPack(reader.until('E', this::argument));
            case 'L':
                if (in.peek(1) == 'Z') {
                    in.skip(2);
                    ItaniumNode symbol = reader.symbols.encoding();
                    in.expect('E');
                    return symbol;
                }
                return reader.expressions.literal();
            case 'T':
                if (atDeclaration()) {
                    declaration(new ArrayList<>());
                    return argument();
                }
                return reader.types.type();
            default:
                return reader.types.type();
        }
    }

    /** Whether a declaration of a template parameter follows: {@code Ty}, {@code Tn} and others. */
    boolean atDeclaration() {
        return in.peek() == 'T' && "yptnk".indexOf(in.peek(1)) >= 0 && in.peek(1) != 0;
    }

    /** A declared template parameter, which gets an invented name. */
    ItaniumNode declaration(List<ItaniumNode> into) {
        in.enter();
        in.expect('T');
        char kind = in.next();
        ItaniumNode found =
                switch (kind) {
                    case 'y' ->
                            new ItaniumTemplates.Declaration(
                                    new ItaniumNode.Text("typename"), invent(0, into), "");
                    case 'k' -> {
                        ItaniumNode concept = reader.names.name(Optional.empty());
                        yield new ItaniumTemplates.Declaration(concept, invent(0, into), "");
                    }
                    case 'n' -> {
                        String name = invent(1, into);
                        yield new ItaniumTemplates.Declaration(reader.types.type(), name, "");
                    }
                    case 't' -> {
                        String name = invent(2, into);
                        List<List<ItaniumNode>> outer = reader.levels;
                        reader.levels = new ArrayList<>(outer);
                        List<ItaniumNode> own = new ArrayList<>();
                        reader.levels.add(own);
                        List<ItaniumNode> parameters = reader.until('E', () -> declaration(own));
                        reader.levels = outer;
                        yield new ItaniumTemplates.TemplateDeclaration(parameters, name);
                    }
                    case 'p' -> {
                        int before = into.size();
                        ItaniumNode inner = declaration(into);
                        for (int i = before; i < into.size(); i++) {
                            into.set(i, new ItaniumTemplates.Pack(List.of(into.get(i))));
                        }
                        yield inner instanceof ItaniumTemplates.Declaration d ? d.pack() : inner;
                    }
                    default -> throw in.refused();
                };
        in.leave();
        return found;
    }

    private String invent(int kind, List<ItaniumNode> into) {
        int count = reader.invented[kind]++;
        String name = new String[] {"$T", "$N", "$TT"}[kind] + (count == 0 ? "" : count - 1);
        into.add(new ItaniumNode.Text(name));
        return name;
    }
}
