package oriel.win32;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The program that Windows starts when another one crashes (AeDebug in the registry), for 64-bit or
 * 32-bit programs. Changing it needs administrator rights.
 *
 * @param commandLine with {@code %ld} for the process and for the event that says it is ready
 * @param automatic whether it is started without asking
 * @param hotKey virtual key that breaks into programs; 0 for F12
 */
public record PostMortemDebugger(String commandLine, boolean automatic, int hotKey) {
    private static final String KEY =
            "HKLM\\Software\\Microsoft\\Windows NT\\CurrentVersion\\AeDebug";
    private static final String EXCLUDED = KEY + "\\AutoExclusionList";
    private static final String DEBUGGER = "Debugger";
    private static final String AUTOMATIC = "Auto";
    private static final String HOT_KEY = "UserDebuggerHotKey";

    private static Registry view(boolean for32Bit) {
        return for32Bit ? Registry.local().view32() : Registry.local();
    }

    /** The one that is registered. */
    public static Optional<PostMortemDebugger> registered(boolean for32Bit) {
        if (!view(for32Bit).exists(KEY)) {
            return Optional.empty();
        }
        try (RegistryKey key = view(for32Bit).open(KEY)) {
            String command = text(key, DEBUGGER);
            OptionalLong hotKey =
                    key.value(HOT_KEY).map(RegistryValue::number).orElse(OptionalLong.empty());
            return command.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new PostMortemDebugger(
                                    command,
                                    text(key, AUTOMATIC).equals("1"),
                                    (int) hotKey.orElse(0)));
        }
    }

    private static String text(RegistryKey key, String name) {
        return key.value(name).flatMap(v -> v.texts().stream().findFirst()).orElse("");
    }

    /** Registers this one in the place of the other. */
    public void register(boolean for32Bit) {
        try (RegistryKey key = view(for32Bit).create(KEY)) {
            key.set(RegistryValue.ofText(DEBUGGER, commandLine));
            key.set(RegistryValue.ofText(AUTOMATIC, automatic ? "1" : "0"));
            key.set(RegistryValue.ofNumber(HOT_KEY, hotKey));
        }
    }

    /** Takes away the one that is registered. Returns whether there was one. */
    public static boolean unregister(boolean for32Bit) {
        if (!view(for32Bit).exists(KEY)) {
            return false;
        }
        try (RegistryKey key = view(for32Bit).openToWrite(KEY)) {
            boolean was = key.deleteValue(DEBUGGER);
            key.deleteValue(AUTOMATIC);
            return was;
        }
    }

    /** Names of programs that it is not started for. */
    public static List<String> excluded(boolean for32Bit) {
        if (!view(for32Bit).exists(EXCLUDED)) {
            return List.of();
        }
        try (RegistryKey key = view(for32Bit).open(EXCLUDED)) {
            return key.values().stream()
                    .filter(v -> v.number().orElse(0) != 0)
                    .map(v -> v.name().toLowerCase(Locale.ROOT))
                    .toList();
        }
    }

    /** Has it not started for a program, by the name of its file. */
    public static void exclude(String program, boolean for32Bit) {
        try (RegistryKey key = view(for32Bit).create(EXCLUDED)) {
            key.set(RegistryValue.ofNumber(program, 1));
        }
    }

    /** Has it started again for a program. Returns whether it was not. */
    public static boolean include(String program, boolean for32Bit) {
        if (!view(for32Bit).exists(EXCLUDED)) {
            return false;
        }
        try (RegistryKey key = view(for32Bit).openToWrite(EXCLUDED)) {
            return key.deleteValue(program);
        }
    }
}
