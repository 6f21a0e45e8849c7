package oriel.engine.demangle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import oriel.engine.demangle.ItaniumOperators.Operator;
import oriel.engine.demangle.ItaniumReader.NameFacts;

/** Reads names of the Itanium C++ scheme. */
final class ItaniumNames {
    private final ItaniumReader reader;
    private final Cursor in;

    ItaniumNames(ItaniumReader reader) {
        this.reader = reader;
        this.in = reader.in;
    }

    /**
     * A name with its scope.
     *
     * @param facts what to tell about the function that has the name, when it is one
     */
    ItaniumNode name(Optional<NameFacts> facts) {
        in.enter();
        ItaniumNode found;
        if (in.peek() == 'N') {
            found = nested(facts);
        } else if (in.peek() == 'Z') {
            found = local(facts);
        } else {
            found = unscoped(facts);
        }
        in.leave();
        return found;
    }

    private ItaniumNode unscoped(Optional<NameFacts> facts) {
        Optional<ItaniumNode> scope = Optional.empty();
        if (in.accept("St")) {
            scope = Optional.of(new ItaniumNode.Text("std"));
        }
        Optional<ItaniumNode> module = Optional.empty();
        ItaniumNode name;
        boolean substituted = false;
        if (in.peek() == 'S') {
            ItaniumNode known = reader.substitution();
            if (known instanceof ItaniumNode.Module) {
                module = Optional.of(known);
                name = unqualified(facts, scope, module);
            } else {
                if (scope.isPresent()) {
                    throw in.refused();
                }
                substituted = true;
                name = known;
            }
        } else {
            name = unqualified(facts, scope, module);
        }
        if (in.peek() == 'I') {
            if (!substituted) {
                reader.remember(name);
            }
            ItaniumNode arguments = reader.arguments.read(facts.isPresent());
            facts.ifPresent(f -> f.endsWithArguments = true);
            return new ItaniumNode.Template(name, arguments);
        }
        if (substituted) {
            throw in.refused();
        }
        return name;
    }

    private ItaniumNode nested(Optional<NameFacts> facts) {
        in.expect('N');
        if (in.accept('H')) {
            facts.ifPresent(f -> f.explicitObject = true);
        } else {
            int qualifiers = reader.types.qualifiers();
            String reference = in.accept('O') ? " &&" : in.accept('R') ? " &" : "";
            facts.ifPresent(
                    f -> {
                        f.qualifiers = qualifiers;
                        f.reference = reference;
                    });
        }
        @Nullable ItaniumNode soFar = null;
        while (!in.accept('E')) {
            facts.ifPresent(f -> f.endsWithArguments = false);
            char c = in.peek();
            if (c == 'T') {
                if (soFar != null) {
                    throw in.refused();
                }
                soFar = reader.templateParameter();
            } else if (c == 'I') {
                if (soFar == null) {
                    throw in.refused();
                }
                ItaniumNode arguments = reader.arguments.read(facts.isPresent());
                soFar = new ItaniumNode.Template(soFar, arguments);
                facts.ifPresent(f -> f.endsWithArguments = true);
            } else if (c == 'D' && (in.peek(1) == 't' || in.peek(1) == 'T')) {
                soFar = reader.types.decltype();
            } else {
                Optional<ItaniumNode> module = Optional.empty();
                if (c == 'S') {
                    ItaniumNode known;
                    if (in.accept("St")) {
                        known = new ItaniumNode.Text("std");
                    } else {
                        known = reader.substitution();
                    }
                    if (!(known instanceof ItaniumNode.Module)) {
                        if (soFar != null) {
                            throw in.refused();
                        }
                        soFar = known;
                        continue;
                    }
                    module = Optional.of(known);
                }
                soFar = unqualified(facts, Optional.ofNullable(soFar), module);
            }
            reader.remember(soFar);
            in.accept('M');
        }
        if (soFar == null || reader.known.isEmpty()) {
            throw in.refused();
        }
        reader.known.remove(reader.known.size() - 1);
        return soFar;
    }

    private ItaniumNode local(Optional<NameFacts> facts) {
        in.expect('Z');
        ItaniumNode function = reader.symbols.encoding();
        in.expect('E');
        if (in.accept('s')) {
            discriminator();
            return new ItaniumNode.Joined(function, "::", new ItaniumNode.Text("string literal"));
        }
        // The arguments of a local template are those of the function around it.
        if (in.accept('d')) {
            reader.number(true);
            in.expect('_');
            return new ItaniumNode.Joined(function, "::", name(facts));
        }
        ItaniumNode entity = name(facts);
        discriminator();
        return new ItaniumNode.Joined(function, "::", entity);
    }

    private void discriminator() {
        if (in.peek() == '_') {
            if (in.peek(1) == '_') {
                int start = in.at();
                in.skip(2);
                if (reader.number(false).isEmpty() || !in.accept('_')) {
                    in.rewind(start);
                }
            } else if (ItaniumReader.isDigit(in.peek(1))) {
                in.skip(2);
            }
        } else if (ItaniumReader.isDigit(in.peek())) {
            int start = in.at();
            reader.number(false);
            if (!in.atEnd()) {
                in.rewind(start);
            }
        }
    }

    /** Modules before a name. */
    Optional<ItaniumNode> module(Optional<ItaniumNode> start) {
        Optional<ItaniumNode> module = start;
        while (in.accept('W')) {
            boolean partition = in.accept('P');
            ItaniumNode part = sourceName();
            String sign = partition ? ":" : ".";
            ItaniumNode name =
                    module.isPresent()
                            ? new ItaniumNode.Joined(module.get(), sign, part)
                            : partition ? new ItaniumNode.Prefixed(sign, part) : part;
            module = Optional.of(reader.remember(new ItaniumNode.Module(name)));
        }
        return module;
    }

    private ItaniumNode unqualified(
            Optional<NameFacts> facts, Optional<ItaniumNode> owner, Optional<ItaniumNode> before) {
        Optional<ItaniumNode> module = module(before);
        Optional<ItaniumNode> scope = owner;
        boolean friend = scope.isPresent() && in.accept('F');
        in.accept('L');
        char c = in.peek();
        ItaniumNode name;
        if (c >= '1' && c <= '9') {
            name = sourceName();
        } else if (in.accept("DC")) {
            List<ItaniumNode> parts = reader.until('E', this::sourceName);
            name =
                    new ItaniumExpression.Bracketed(
                            new ItaniumNode.Text(""), "[", parts, "]", ItaniumNode.PRIMARY);
        } else if (c == 'U') {
            name = unnamed();
        } else if (c == 'C' || c == 'D') {
            if (scope.isPresent() && scope.get() instanceof ItaniumNode.Standard standard) {
                scope = Optional.of(standard.expand());
            }
            name = structor(facts, scope);
        } else {
            name = operator(facts);
        }
        if (module.isPresent()) {
            name = new ItaniumNode.OfModule(name, module.get());
        }
        name = tags(name);
        if (scope.isPresent()) {
            return new ItaniumNode.Joined(scope.get(), friend ? "::friend " : "::", name);
        }
        return name;
    }

    ItaniumNode sourceName() {
        int length = reader.positive();
        int start = in.at();
        in.skip(length);
        if (length == 0) {
            throw in.refused();
        }
        String text = in.from(start);
        return new ItaniumNode.Text(text.startsWith("_GLOBAL__N") ? "(anonymous namespace)" : text);
    }

    /** Tags that tell versions of a library apart. */
    ItaniumNode tags(ItaniumNode name) {
        ItaniumNode tagged = name;
        while (in.accept('B')) {
            int length = reader.positive();
            int start = in.at();
            in.skip(length);
            tagged = new ItaniumNode.Suffixed(tagged, "[abi:" + in.from(start) + "]");
        }
        return tagged;
    }

    private ItaniumNode structor(Optional<NameFacts> facts, Optional<ItaniumNode> scope) {
        ItaniumNode owner = scope.orElseThrow(in::refused);
        boolean destructor = in.next() == 'D';
        boolean inherited = !destructor && in.accept('I');
        char kind = in.next();
        if (kind < '0' || kind > '5') {
            throw in.refused();
        }
        facts.ifPresent(f -> f.withoutResult = true);
        if (inherited) {
            name(facts);
        }
        return new ItaniumType.Structor(destructor, owner);
    }

    private ItaniumNode unnamed() {
        if (in.accept("Ut")) {
            String count = reader.number(false);
            in.expect('_');
            return new ItaniumNode.Text("'unnamed" + count + "'");
        }
        if (in.accept("Ub")) {
            reader.number(false);
            in.expect('_');
            return new ItaniumNode.Text("'block-literal'");
        }
        in.expect("Ul");
        return lambda(true);
    }

    /**
     * A lambda.
     *
     * @param instantiated whether its own parameters are the outermost, as where it is a name:
     *     those of templates around it have their arguments already
     */
    ItaniumTemplates.Lambda lambda(boolean instantiated) {
        in.enter();
        int outerLambda = reader.lambdaLevel;
        List<List<ItaniumNode>> outer = reader.levels;
        reader.levels = instantiated ? new ArrayList<>() : new ArrayList<>(outer);
        reader.lambdaLevel = reader.levels.size();
        List<ItaniumNode> own = new ArrayList<>();
        reader.levels.add(own);
        int[] inventedBefore = reader.invented.clone();
        List<ItaniumNode> templateParameters = new ArrayList<>();
        while (reader.arguments.atDeclaration()) {
            templateParameters.add(reader.arguments.declaration(own));
        }
        if (templateParameters.isEmpty()) {
            reader.levels.remove(reader.levels.size() - 1);
        }
        Optional<ItaniumNode> constraint = reader.constraint();
        List<ItaniumNode> parameters = new ArrayList<>();
        if (!in.accept('v')) {
            do {
                parameters.add(reader.types.type());
            } while (in.peek() != 'E' && in.peek() != 'Q');
        }
        Optional<ItaniumNode> trailing = reader.constraint();
        in.expect('E');
        String count = reader.number(false);
        in.expect('_');
        System.arraycopy(inventedBefore, 0, reader.invented, 0, inventedBefore.length);
        reader.levels = outer;
        reader.lambdaLevel = outerLambda;
        in.leave();
        return new ItaniumTemplates.Lambda(
                templateParameters, constraint, parameters, trailing, count);
    }

    private ItaniumNode operator(Optional<NameFacts> facts) {
        if (in.accept("cv")) {
            boolean follow = reader.templateArgumentsFollow;
            boolean forward = reader.mayReferForward;
            reader.templateArgumentsFollow = false;
            reader.mayReferForward |= facts.isPresent();
            ItaniumNode type = reader.types.type();
            reader.templateArgumentsFollow = follow;
            reader.mayReferForward = forward;
            facts.ifPresent(f -> f.withoutResult = true);
            return new ItaniumNode.Prefixed("operator ", type);
        }
        if (in.accept("li")) {
            return new ItaniumNode.Prefixed("operator\"\" ", sourceName());
        }
        if (in.peek() == 'v' && ItaniumReader.isDigit(in.peek(1))) {
            in.skip(2);
            return new ItaniumNode.Prefixed("operator ", sourceName());
        }
        Operator known = ItaniumOperators.read(in).orElseThrow(in::refused);
        if (!known.isName()) {
            throw in.refused();
        }
        return new ItaniumNode.Text(known.name());
    }

    /** A name that depends on template parameters: {@code sr}, {@code gs}. */
    ItaniumNode unresolved(boolean global) {
        if (in.accept("srN")) {
            ItaniumNode scope = unresolvedType();
            if (in.peek() == 'I') {
                scope = new ItaniumNode.Template(scope, reader.arguments.read(false));
            }
            while (!in.accept('E')) {
                scope = new ItaniumNode.Joined(scope, "::", simpleId());
            }
            return new ItaniumNode.Joined(scope, "::", baseUnresolved());
        }
        if (!in.accept("sr")) {
            ItaniumNode name = baseUnresolved();
            return global ? new ItaniumNode.Prefixed("::", name) : name;
        }
        if (ItaniumReader.isDigit(in.peek())) {
            ItaniumNode scope = simpleId();
            if (global) {
                scope = new ItaniumNode.Prefixed("::", scope);
            }
            while (!in.accept('E')) {
                scope = new ItaniumNode.Joined(scope, "::", simpleId());
            }
            return new ItaniumNode.Joined(scope, "::", baseUnresolved());
        }
        ItaniumNode scope = unresolvedType();
        if (in.peek() == 'I') {
            scope = new ItaniumNode.Template(scope, reader.arguments.read(false));
        }
        return new ItaniumNode.Joined(scope, "::", baseUnresolved());
    }

    private ItaniumNode unresolvedType() {
        if (in.peek() == 'T') {
            return reader.remember(reader.templateParameter());
        }
        if (in.peek() == 'D') {
            return reader.remember(reader.types.decltype());
        }
        return reader.substitution();
    }

    private ItaniumNode simpleId() {
        ItaniumNode name = sourceName();
        return in.peek() == 'I'
                ? new ItaniumNode.Template(name, reader.arguments.read(false))
                : name;
    }

    private ItaniumNode baseUnresolved() {
        if (ItaniumReader.isDigit(in.peek())) {
            return simpleId();
        }
        if (in.accept("dn")) {
            return new ItaniumNode.Prefixed(
                    "~", ItaniumReader.isDigit(in.peek()) ? simpleId() : unresolvedType());
        }
        in.accept("on");
        ItaniumNode name = operator(Optional.empty());
        return in.peek() == 'I'
                ? new ItaniumNode.Template(name, reader.arguments.read(false))
                : name;
    }
}
