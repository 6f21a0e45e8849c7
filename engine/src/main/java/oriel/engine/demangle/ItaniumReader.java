package oriel.engine.demangle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the parts of the reader of the Itanium C++ scheme share: the place in the name, what
 * substitutions stand for, and the template arguments that are in force. Layout: chapter 5.1 of the
 * Itanium C++ ABI.
 */
final class ItaniumReader {
    final Cursor in;
    final ItaniumNames names;
    final ItaniumTypes types;
    final ItaniumArguments arguments;
    final ItaniumExpressions expressions;
    final ItaniumSymbols symbols;

    /** What {@code S_} and {@code S0_} stand for. */
    final List<ItaniumNode> known = new ArrayList<>();

    /** Template arguments by level, the outermost first. */
    List<List<ItaniumNode>> levels = new ArrayList<>();

    /** Arguments named before they were known. */
    final List<ItaniumTemplates.Forward> forwards = new ArrayList<>();

    /** Parameters of generic lambdas of the symbol that is read. */
    final List<ItaniumTemplates.Auto> autos = new ArrayList<>();

    /** The level at which a lambda's parameters are read; -1 for none. */
    int lambdaLevel = -1;

    boolean templateArgumentsFollow = true;
    boolean mayReferForward;

    /** Within one, parameters of enclosing templates count too, and are not known. */
    private boolean inConstraint;

    /** How many parameters of each kind generic lambdas have had: types, values, templates. */
    final int[] invented = new int[3];

    ItaniumReader(Cursor in) {
        this.in = in;
        names = new ItaniumNames(this);
        types = new ItaniumTypes(this);
        arguments = new ItaniumArguments(this);
        expressions = new ItaniumExpressions(this);
        symbols = new ItaniumSymbols(this);
    }

    /** What a name tells about the function that has it. */
    static final class NameFacts {
        boolean withoutResult;
        boolean endsWithArguments;
        boolean explicitObject;
        int qualifiers;
        String reference = "";
        final int forwardsBefore;

        NameFacts(ItaniumReader reader) {
            forwardsBefore = reader.forwards.size();
        }
    }

    /** Makes a node known to substitutions. */
    ItaniumNode remember(ItaniumNode node) {
        known.add(node);
        return node;
    }

    /** Digits, with {@code n} for a minus before them if allowed; empty when there are none. */
    String number(boolean signed) {
        int start = in.at();
        if (signed) {
            in.accept('n');
        }
        while (isDigit(in.peek())) {
            in.skip(1);
        }
        return in.from(start);
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    int positive() {
        String digits = number(false);
        if (digits.isEmpty() || digits.length() > 9) {
            throw in.refused();
        }
        return Integer.parseInt(digits);
    }

    /** A number in base 36 before an underscore: nothing is 0, {@code 0} is 1. */
    int sequence() {
        if (in.accept('_')) {
            return 0;
        }
        long value = 0;
        while (!in.accept('_')) {
            char c = in.next();
            int digit = isDigit(c) ? c - '0' : c >= 'A' && c <= 'Z' ? c - 'A' + 10 : -1;
            value = value * 36 + digit;
            if (digit < 0 || value > Integer.MAX_VALUE / 2) {
                throw in.refused();
            }
        }
        return (int) value + 1;
    }

    /** {@code S_}, {@code S0_}, or an abbreviation of the standard library. */
    ItaniumNode substitution() {
        in.expect('S');
        char c = in.peek();
        String name =
                switch (c) {
                    case 'a' -> "allocator";
                    case 'b' -> "basic_string";
                    case 'd' -> "iostream";
                    case 'i' -> "istream";
                    case 'o' -> "ostream";
                    case 's' -> "string";
                    default -> "";
                };
        if (!name.isEmpty()) {
            in.skip(1);
            ItaniumNode standard = new ItaniumNode.Standard(name, false);
            ItaniumNode tagged = names.tags(standard);
            return tagged == standard ? standard : remember(tagged);
        }
        int index = sequence();
        if (index >= known.size()) {
            throw in.refused();
        }
        return known.get(index);
    }

    /** {@code T_}, {@code T0_}, {@code TL0__}: an argument of a template. */
    ItaniumNode templateParameter() {
        int start = in.at();
        in.expect('T');
        int level = 0;
        if (in.accept('L')) {
            level = positive() + 1;
            in.expect('_');
        }
        int index = 0;
        if (!in.accept('_')) {
            index = positive() + 1;
            in.expect('_');
        }
        if (inConstraint) {
            String written = in.from(start);
            return new ItaniumNode.Text(written.substring(0, written.length() - 1));
        }
        if (mayReferForward && level == 0) {
            var forward = new ItaniumTemplates.Forward(index);
            forwards.add(forward);
            return forward;
        }
        if (level >= levels.size() || index >= levels.get(level).size()) {
            // Parameters of generic lambdas that are written auto.
            if (lambdaLevel == level && level <= levels.size()) {
                if (level == levels.size()) {
                    levels.add(new ArrayList<>());
                }
                var found = new ItaniumTemplates.Auto(index);
                autos.add(found);
                return found;
            }
            throw in.refused();
        }
        return levels.get(level).get(index);
    }

    /** Makes the arguments known that were named before. */
    void resolveForwards(NameFacts facts) {
        for (int i = facts.forwardsBefore; i < forwards.size(); i++) {
            ItaniumTemplates.Forward forward = forwards.get(i);
            if (levels.isEmpty() || forward.index() >= levels.get(0).size()) {
                throw in.refused();
            }
            forward.target(levels.get(0).get(forward.index()));
        }
        while (forwards.size() > facts.forwardsBefore) {
            forwards.remove(forwards.size() - 1);
        }
    }

    /**
     * What stands for a parameter of a generic lambda stands, outside it, for an argument of the
     * symbol, as both are written the same.
     *
     * @param before how many there were when the symbol began
     */
    void resolveAutos(int before) {
        while (autos.size() > before) {
            ItaniumTemplates.Auto auto = autos.remove(autos.size() - 1);
            if (!levels.isEmpty() && auto.index() < levels.get(0).size()) {
                auto.target(levels.get(0).get(auto.index()));
            }
        }
    }

    /** Nodes up to a letter. */
    List<ItaniumNode> until(char end, java.util.function.Supplier<ItaniumNode> item) {
        var found = new ArrayList<ItaniumNode>();
        while (!in.accept(end)) {
            found.add(item.get());
        }
        return found;
    }

    /** A demand behind {@code Q}. */
    Optional<ItaniumNode> constraint() {
        if (!in.accept('Q')) {
            return Optional.empty();
        }
        boolean outer = inConstraint;
        inConstraint = true;
        ItaniumNode found = expressions.expression();
        inConstraint = outer;
        return Optional.of(found);
    }
}
