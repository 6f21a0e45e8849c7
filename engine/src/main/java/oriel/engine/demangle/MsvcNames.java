package oriel.engine.demangle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Reads the names within Visual C++ names: scopes, templates, operators. */
final class MsvcNames {
    static final MsvcNode ANONYMOUS = new MsvcNode.Text("`anonymous namespace'");

    private final MsvcReader reader;
    private final Cursor in;

    MsvcNames(MsvcReader reader) {
        this.reader = reader;
        this.in = reader.in;
    }

    /** A constructor or destructor, named after the class that is known only later. */
    static final class Structor implements MsvcNode {
        private final boolean destructor;
        private Optional<MsvcNode> owner = Optional.empty();

        Structor(boolean destructor) {
            this.destructor = destructor;
        }

        void owner(MsvcNode name) {
            owner = Optional.of(name);
        }

        @Override
        public void print(Output out) {
            out.append(destructor ? "~" : "");
            if (owner.isPresent()) {
                MsvcNode name = owner.get();
                (name instanceof MsvcNode.Template t && !out.full() ? t.name() : name).print(out);
            }
        }
    }

    /** A conversion, named after the result that is known only later. */
    static final class Conversion implements MsvcNode {
        private Optional<MsvcType> target = Optional.empty();
        private List<MsvcNode> arguments = List.of();

        void target(MsvcType type) {
            target = Optional.of(type);
        }

        @Override
        public void print(Output out) {
            out.append("operator");
            if (!arguments.isEmpty()) {
                MsvcNode.printArguments(arguments, out);
            }
            out.append(' ');
            target.ifPresent(type -> type.print(out));
        }
    }

    /** The qualified name of a type. */
    MsvcNode typeName() {
        MsvcNode name = unqualifiedTypeName();
        return scoped(name);
    }

    /** The qualified name of a function or variable. */
    MsvcNode.Qualified symbolName() {
        MsvcNode name = unqualifiedSymbolName();
        MsvcNode.Qualified all = scoped(name);
        MsvcNode plain = name instanceof MsvcNode.Template t ? t.name() : name;
        if (plain instanceof Structor structor) {
            if (all.parts().size() < 2) {
                throw in.refused();
            }
            structor.owner(all.parts().get(all.parts().size() - 2));
        }
        return all;
    }

    /** A name with the scopes that follow it, innermost first, up to an @. */
    MsvcNode.Qualified scoped(MsvcNode name) {
        if (in.accept('@')) {
            return new MsvcNode.Qualified(List.of(name));
        }
        var parts = new ArrayList<MsvcNode>();
        parts.add(name);
        while (!in.accept('@')) {
            parts.add(scope());
        }
        Collections.reverse(parts);
        return new MsvcNode.Qualified(parts);
    }

    MsvcNode unqualifiedTypeName() {
        if (reader.atDigit()) {
            return reader.knownName();
        }
        return in.looksAt("?$") ? template(true) : simple();
    }

    private MsvcNode unqualifiedSymbolName() {
        if (reader.atDigit()) {
            return reader.knownName();
        }
        if (in.looksAt("?$")) {
            return template(false);
        }
        return in.accept('?') ? special() : simple();
    }

    private MsvcNode scope() {
        if (reader.atDigit()) {
            return reader.knownName();
        }
        if (in.looksAt("?$")) {
            return template(true);
        }
        if (in.looksAt("?A")) {
            return anonymous();
        }
        if (isLocalScope()) {
            return localScope();
        }
        return simple();
    }

    private MsvcNode simple() {
        int end = in.find('@');
        int length = end - in.at();
        if (length <= 0) {
            throw in.refused();
        }
        if (in.peek() == '?') {
            throw in.refused();
        }
        int start = in.at();
        in.skip(length);
        String text = in.from(start);
        in.next();
        var name = new MsvcNode.Text(text);
        reader.remember(text, name);
        return name;
    }

    private MsvcNode anonymous() {
        int start = in.at();
        int end = in.find('@');
        if (end < 0) {
            throw in.refused();
        }
        in.skip(end - start);
        reader.remember(in.from(start), ANONYMOUS);
        in.next();
        return ANONYMOUS;
    }

    private MsvcNode template(boolean scopeOrType) {
        in.enter();
        int start = in.at();
        in.expect("?$");
        MsvcReader.Known outside = reader.setAside();
        MsvcNode name = unqualifiedSymbolName();
        List<MsvcNode> arguments = reader.arguments.list();
        reader.restore(outside);
        MsvcNode found;
        if (name instanceof Conversion conversion) {
            conversion.arguments = arguments;
            found = conversion;
        } else {
            found = new MsvcNode.Template(name, arguments);
        }
        if (scopeOrType) {
            if (name instanceof Conversion || name instanceof Structor) {
                throw in.refused();
            }
            reader.remember(in.from(start), found);
        }
        in.leave();
        return found;
    }

    /** {@code ?1??f@@YAXXZ}: a scope within a function, {@code ?} number {@code ?} symbol. */
    private boolean isLocalScope() {
        if (in.peek() != '?') {
            return false;
        }
        char c = in.peek(1);
        if (c >= '0' && c <= '9') {
            return in.peek(2) == '?';
        }
        if (c < 'B' || c > 'P') {
            return false;
        }
        int i = 2;
        while (in.peek(i) >= 'A' && in.peek(i) <= 'P') {
            i++;
        }
        return in.peek(i) == '@' && in.peek(i + 1) == '?';
    }

    private MsvcNode localScope() {
        in.enter();
        in.expect('?');
        long number = reader.number();
        in.expect('?');
        var scope = new MsvcNode.LocalScope(reader.symbols.symbol(), number);
        in.leave();
        return scope;
    }

    /** What stands behind a question mark: operators and what compilers make by themselves. */
    private MsvcNode special() {
        if (in.accept("__")) {
            return doubleUnderscore();
        }
        if (in.accept('_')) {
            char code = in.next();
            if (code == 'P') {
                MsvcNode inner = in.accept('?') ? special() : simple();
                return out -> {
                    out.append("`udt returning'");
                    inner.print(out);
                };
            }
            return MsvcOperators.underscore(code).orElseThrow(in::refused);
        }
        char code = in.next();
        return switch (code) {
            case '0' -> new Structor(false);
            case '1' -> new Structor(true);
            case 'B' -> new Conversion();
            default -> MsvcOperators.plain(code).orElseThrow(in::refused);
        };
    }

    private MsvcNode doubleUnderscore() {
        char code = in.next();
        if (code == 'K') {
            MsvcNode name = simple();
            return out -> {
                out.append("operator \"\"");
                name.print(out);
            };
        }
        return MsvcOperators.doubleUnderscore(code).orElseThrow(in::refused);
    }
}
