package oriel.triage.bucket;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import oriel.model.CodeLocation;

/** Frames that say nothing about whose mistake a crash is; the list is {@code noise.txt}. */
public final class Noise {
    private static final class Default {
        static final Noise LIST = load();
    }

    private final Set<String> modules = new HashSet<>();
    private final List<String> modulePrefixes = new ArrayList<>();
    private final Set<String> functions = new HashSet<>();
    private final List<String> functionPrefixes = new ArrayList<>();

    private Noise(String text) {
        text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(this::add);
    }

    /** The list that comes with the program. */
    public static Noise standard() {
        return Default.LIST;
    }

    /**
     * A list in the form of {@code noise.txt}.
     *
     * @throws IllegalArgumentException for a line of no known form
     */
    public static Noise parse(String text) {
        return new Noise(text);
    }

    /** Whether a frame is noise: in a module of the system, or a function on the list. */
    public boolean covers(CodeLocation location) {
        return location.module().isPresent() && isSystem(location.module().get().label())
                || location.symbol().isPresent() && isNoisy(location.symbol().get().name());
    }

    /** Whether a module, named without extension, is part of the system. */
    public boolean isSystem(String moduleLabel) {
        return matches(moduleLabel.toLowerCase(Locale.ROOT), modules, modulePrefixes);
    }

    private boolean isNoisy(String function) {
        return matches(FunctionNames.plain(function), functions, functionPrefixes);
    }

    private static boolean matches(String name, Set<String> names, List<String> prefixes) {
        if (names.contains(name)) {
            return true;
        }
        for (String prefix : prefixes) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    private void add(String line) {
        int space = line.indexOf(' ');
        String kind = space < 0 ? line : line.substring(0, space);
        String name = line.substring(space + 1).strip();
        boolean prefix = name.endsWith("*");
        String text = prefix ? name.substring(0, name.length() - 1) : name;
        switch (kind) {
            case "module" -> {
                if (prefix) {
                    modulePrefixes.add(text);
                } else {
                    modules.add(text);
                }
            }
            case "function" -> {
                if (prefix) {
                    functionPrefixes.add(text);
                } else {
                    functions.add(text);
                }
            }
            default -> throw new IllegalArgumentException("neither module nor function: " + line);
        }
    }

    private static Noise load() {
        try (InputStream in = Noise.class.getResourceAsStream("noise.txt")) {
            if (in == null) {
                throw new IllegalStateException("no resource noise.txt");
            }
            return new Noise(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
