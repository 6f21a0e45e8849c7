package oriel.app.cli;

import java.util.List;
import java.util.function.Predicate;

/**
 * A name as users ask for it: {@code module!name} in the modules that the label means, with
 * wildcards where wanted, or a name alone in all modules.
 *
 * @param subjects modules to ask
 * @param name what to ask them for
 */
record LabelledName(List<SymbolSubject> subjects, String name) {
    /**
     * Takes a name apart. An exclamation mark behind something that is no module belongs to the
     * name.
     */
    LabelledName(String wanted, List<SymbolSubject> all) {
        this(meant(wanted, all), meant(wanted, all) == all ? wanted : behindMark(wanted));
    }

    private static List<SymbolSubject> meant(String wanted, List<SymbolSubject> all) {
        int mark = wanted.indexOf('!');
        if (mark <= 0) {
            return all;
        }
        String label = wanted.substring(0, mark);
        Predicate<String> asked = NamePattern.of(label).orElse(label::equalsIgnoreCase);
        List<SymbolSubject> some = all.stream().filter(s -> asked.test(s.label())).toList();
        return some.isEmpty() ? all : some;
    }

    private static String behindMark(String wanted) {
        return wanted.substring(wanted.indexOf('!') + 1);
    }
}
