package oriel.engine.demangle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads whole symbols of the Itanium C++ scheme: functions, variables, tables, thunks. */
final class ItaniumSymbols {
    private final ItaniumReader reader;
    private final Cursor in;

    ItaniumSymbols(ItaniumReader reader) {
        this.reader = reader;
        this.in = reader.in;
    }

    /** A function with its parameters, a variable, or what compilers make. */
    ItaniumNode encoding() {
        in.enter();
        List<List<ItaniumNode>> outer = reader.levels;
        reader.levels = new ArrayList<>();
        int autos = reader.autos.size();
        ItaniumNode found = in.peek() == 'G' || in.peek() == 'T' ? special() : named();
        reader.resolveAutos(autos);
        reader.levels = outer;
        in.leave();
        return found;
    }

    private ItaniumNode named() {
        var facts = new ItaniumReader.NameFacts(reader);
        ItaniumNode name = reader.names.name(Optional.of(facts));
        reader.resolveForwards(facts);
        if (atEnd()) {
            return name;
        }
        Optional<ItaniumNode> attributes = Optional.empty();
        if (in.accept("Ua9enable_ifI")) {
            List<ItaniumNode> conditions = new ArrayList<>();
            while (!in.accept('E')) {
                in.accept('X');
                conditions.add(reader.expressions.expression());
                in.accept('E');
            }
            attributes =
                    Optional.of(
                            new ItaniumExpression.Bracketed(
                                    new ItaniumNode.Text(""),
                                    " [enable_if:",
                                    conditions,
                                    "]",
                                    ItaniumNode.PRIMARY));
        }
        Optional<ItaniumNode> result = Optional.empty();
        if (!facts.withoutResult && facts.endsWithArguments) {
            result = Optional.of(reader.types.type());
        }
        List<ItaniumNode> parameters = new ArrayList<>();
        if (!in.accept('v')) {
            do {
                ItaniumNode type = reader.types.type();
                parameters.add(
                        facts.explicitObject && parameters.isEmpty()
                                ? new ItaniumNode.Prefixed("this ", type)
                                : type);
            } while (!atEnd() && in.peek() != 'Q');
        }
        Optional<ItaniumNode> constraint = reader.constraint();
        return new ItaniumType.Encoding(
                result,
                name,
                parameters,
                attributes,
                constraint,
                facts.qualifiers,
                facts.reference);
    }

    private boolean atEnd() {
        return in.atEnd() || in.peek() == 'E' || in.peek() == '.' || in.peek() == '_';
    }

    private ItaniumNode special() {
        if (in.accept("TC")) {
            ItaniumNode type = reader.types.type();
            if (reader.number(true).isEmpty()) {
                throw in.refused();
            }
            in.expect('_');
            ItaniumNode base = reader.types.type();
            return new ItaniumNode.Prefixed(
                    "construction vtable for ", new ItaniumNode.Joined(base, "-in-", type));
        }
        if (in.accept("Tc")) {
            callOffset();
            callOffset();
            return new ItaniumNode.Prefixed("covariant return thunk to ", encoding());
        }
        if (in.looksAt("Th") || in.looksAt("Tv")) {
            in.skip(1);
            boolean virtual = in.peek() == 'v';
            callOffset();
            return new ItaniumNode.Prefixed(
                    virtual ? "virtual thunk to " : "non-virtual thunk to ", encoding());
        }
        if (in.accept("GR")) {
            ItaniumNode name = reader.names.name(Optional.empty());
            if (!in.atEnd() && in.peek() != '.') {
                reader.sequence();
            }
            return new ItaniumNode.Prefixed("reference temporary for ", name);
        }
        if (in.accept("GI")) {
            ItaniumNode module = reader.names.module(Optional.empty()).orElseThrow(in::refused);
            return new ItaniumNode.Prefixed("initializer for module ", module);
        }
        if (in.accept("GTt")) {
            return new ItaniumNode.Prefixed("transaction clone for ", encoding());
        }
        if (in.accept("GTn")) {
            return new ItaniumNode.Prefixed("non-transaction clone for ", encoding());
        }
        if (in.accept("TA")) {
            return new ItaniumNode.Prefixed(
                    "template parameter object for ", reader.expressions.templateArgument());
        }
        String words =
                switch (in.peek(1)) {
                    case 'V' -> in.peek() == 'G' ? "guard variable for " : "vtable for ";
                    case 'T' -> "VTT for ";
                    case 'I' -> "typeinfo for ";
                    case 'S' -> "typeinfo name for ";
                    case 'W' -> "thread-local wrapper routine for ";
                    case 'H' -> "thread-local initialization routine for ";
                    default -> throw in.refused();
                };
        boolean named = in.peek() == 'G' || in.peek(1) == 'W' || in.peek(1) == 'H';
        in.skip(2);
        return new ItaniumNode.Prefixed(
                words, named ? reader.names.name(Optional.empty()) : reader.types.type());
    }

    private void callOffset() {
        boolean virtual = in.accept('v');
        if (!virtual) {
            in.expect('h');
        }
        for (int i = 0; i < (virtual ? 2 : 1); i++) {
            if (reader.number(true).isEmpty()) {
                throw in.refused();
            }
            in.expect('_');
        }
    }
}
