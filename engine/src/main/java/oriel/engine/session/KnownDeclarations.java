package oriel.engine.session;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Declarations of Windows that need not be written: system calls with what they take, and the names
 * of usual values. A line of the file is {@code enum NAME {...}}, {@code flags NAME {...}} or a
 * function; {@code #} begins a remark. Sources: ntifs.h, wdm.h, winternl.h, winnt.h, and the
 * headers of the Windows SDK that the file names.
 */
final class KnownDeclarations {
    private static final String FILE = "declarations.txt";

    private final Map<String, ValueNames> names = new HashMap<>();
    private final Map<String, String> functions = new HashMap<>();

    private static final class Shared {
        static final KnownDeclarations WINDOWS = read();
    }

    static KnownDeclarations windows() {
        return Shared.WINDOWS;
    }

    private static KnownDeclarations read() {
        var known = new KnownDeclarations();
        InputStream file = KnownDeclarations.class.getResourceAsStream(FILE);
        if (file == null) {
            throw new IllegalStateException(FILE + " is missing");
        }
        try (var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                known.take(line.strip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return known;
    }

    private void take(String line) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        int brace = line.indexOf('{');
        if (brace > 0) {
            int blank = line.indexOf(' ');
            String name = line.substring(blank, brace).strip();
            boolean flags = line.startsWith("flags");
            String list = line.substring(brace + 1, line.lastIndexOf('}'));
            names.put(name, ValueNames.parse(name, flags, list));
        } else {
            int open = line.indexOf('(');
            String head = line.substring(0, open).strip();
            functions.put(head.substring(head.lastIndexOf(' ') + 1), line);
        }
    }

    /** The names of the values of a type. */
    Optional<ValueNames> names(String type) {
        return Optional.ofNullable(names.get(type));
    }

    /** What a function takes and returns. */
    Optional<Signature> function(String name) {
        return Optional.ofNullable(functions.get(name)).map(Signature::parse);
    }
}
