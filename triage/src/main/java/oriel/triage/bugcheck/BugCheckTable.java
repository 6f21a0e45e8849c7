package oriel.triage.bugcheck;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import oriel.triage.reason.CodeNames;

/** What bug check codes mean; the list is {@code bugchecks.txt}. Loaded when first asked. */
final class BugCheckTable {
    private static final String RESOURCE = "bugchecks.txt";
    private static final String FIELDS = " \\| ";
    private static final int PARAMETERS = 4;

    /** What the list calls a first parameter by which cases are told apart. */
    private static final Set<String> CASES =
            Set.of(
                    "what was seen",
                    "which rule",
                    "kind of damage",
                    "kind of error",
                    "trap number",
                    "who",
                    "which");

    private static final int FAST_FAIL = 0x139;

    private BugCheckTable() {}

    /**
     * A code, or a code with a value of its first parameter.
     *
     * @param meaning one sentence
     * @param tellsCases whether the first parameter says which of several cases it is
     * @param parameters four
     */
    record Row(String name, String meaning, boolean tellsCases, List<Parameter> parameters) {}

    /** What a parameter is; {@code text} is empty when it says nothing. */
    record Parameter(ParameterKind kind, String text) {}

    private static final class Rows {
        static final List<String> LINES = load();

        private static List<String> load() {
            try (InputStream in = BugCheckTable.class.getResourceAsStream(RESOURCE)) {
                if (in == null) {
                    throw new IllegalStateException("no resource " + RESOURCE);
                }
                return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * The row of a code, that for its first parameter when there is one.
     *
     * @param code without the bit that small dumps set
     */
    static Optional<Row> row(long code, long first) {
        String plain = Long.toHexString(code);
        Optional<Row> particular = find(plain + ":" + Long.toHexString(first));
        if (particular.isPresent()) {
            return particular;
        }
        Optional<Row> row = find(plain);
        return code == FAST_FAIL ? row.map(r -> withFastFail(r, first)) : row;
    }

    /** The first parameter of 0x139 is a code of {@code __fastfail}. */
    private static Row withFastFail(Row row, long first) {
        return CodeNames.fastFail(first)
                .map(
                        named -> {
                            var parameters = new ArrayList<>(row.parameters());
                            String kind = named.shortName();
                            parameters.set(0, new Parameter(ParameterKind.NUMBER, kind));
                            return new Row(
                                    row.name(),
                                    row.meaning() + ": " + named.meaning(),
                                    true,
                                    parameters);
                        })
                .orElse(row);
    }

    private static Optional<Row> find(String key) {
        for (String line : Rows.LINES) {
            if (line.regionMatches(true, 0, key, 0, key.length())
                    && line.startsWith(" | ", key.length())) {
                return Optional.of(parse(line));
            }
        }
        return Optional.empty();
    }

    private static Row parse(String line) {
        String[] fields = line.split(FIELDS, -1);
        var parameters = new ArrayList<Parameter>(PARAMETERS);
        for (int i = 3; i < 3 + PARAMETERS; i++) {
            parameters.add(parameter(fields[i].strip()));
        }
        return new Row(
                fields[1],
                fields[2],
                fields[0].indexOf(':') > 0 || CASES.contains(fields[3].strip()),
                List.copyOf(parameters));
    }

    private static Parameter parameter(String field) {
        if (field.equals("-")) {
            return new Parameter(ParameterKind.NUMBER, "");
        }
        if (!field.startsWith("@")) {
            return new Parameter(ParameterKind.NUMBER, field);
        }
        int space = field.indexOf(' ');
        String word = space < 0 ? field : field.substring(0, space);
        String text = space < 0 ? word.substring(1) : field.substring(space + 1);
        return new Parameter(ParameterKind.of(word.substring(1)), text);
    }

    /** Every row, for tests. */
    static List<String> lines() {
        return Rows.LINES;
    }
}
