package oriel.app.cli;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import oriel.model.Wildcards;

/** Names as users ask for them: with wildcards, or a regular expression between slashes. */
final class NamePattern {
    private NamePattern() {}

    /**
     * What names have to look like; empty when the text is a name itself. Wildcards do not tell
     * upper from lower case, as those of WinDbg.
     *
     * @throws UsageException when a regular expression is none
     */
    static Optional<Predicate<String>> of(String wanted) {
        if (wanted.length() > 1 && wanted.startsWith("/") && wanted.endsWith("/")) {
            try {
                return Optional.of(
                        Pattern.compile(wanted.substring(1, wanted.length() - 1)).asPredicate());
            } catch (PatternSyntaxException e) {
                throw new UsageException(wanted + ": " + e.getDescription());
            }
        }
        if (wanted.indexOf('*') < 0 && wanted.indexOf('?') < 0) {
            return Optional.empty();
        }
        return Optional.of(name -> Wildcards.match(wanted, name));
    }
}
