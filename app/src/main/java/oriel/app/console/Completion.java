package oriel.app.console;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Supplier;
import oriel.engine.demangle.Demangler;
import oriel.engine.symbols.SymbolSource;
import oriel.model.LoadedModule;
import oriel.model.Register;
import oriel.model.Registers;

/** What a word on the command line could become: commands, registers, modules, symbols, files. */
final class Completion {
    private static final int MOST = 200;

    private static final List<String> PSEUDO =
            List.of(
                    "$ip",
                    "$csp",
                    "$ra",
                    "$retreg",
                    "$peb",
                    "$teb",
                    "$tid",
                    "$tpid",
                    "$exentry",
                    "$proc",
                    "$thread",
                    "$exp",
                    "$frame",
                    "$scopeip");

    private final ConsoleContext context;
    private final Supplier<List<HelpEntry>> help;

    Completion(ConsoleContext context, Supplier<List<HelpEntry>> help) {
        this.context = context;
        this.help = help;
    }

    /**
     * Words that could stand where the last word of a text begins.
     *
     * @param text from the begin of the line to the cursor
     */
    List<String> candidates(String text) {
        int start = wordStart(text);
        String word = text.substring(start);
        String before = text.substring(lastCommand(text), start).strip();
        var found = new TreeSet<String>();
        if (before.isEmpty()) {
            commands(word, found);
        } else if (takesFile(before)) {
            files(word, found);
        } else if (word.startsWith("@$") || word.startsWith("$")) {
            String prefix = word.startsWith("@") ? "@" : "";
            PSEUDO.stream()
                    .map(p -> prefix + p)
                    .filter(p -> p.startsWith(word))
                    .forEach(found::add);
        } else if (word.startsWith("@") || before.equals("r")) {
            registers(word, found);
        } else if (word.indexOf('!') > 0) {
            symbols(word, found);
        } else {
            modules(word, found);
        }
        return found.stream().limit(MOST).toList();
    }

    private static int lastCommand(String text) {
        return text.lastIndexOf(';') + 1;
    }

    /** Index at which the word begins that is being written. */
    static int wordStart(String text) {
        String command = text.substring(lastCommand(text)).stripLeading();
        int blank = text.lastIndexOf(' ');
        if (command.indexOf(' ') > 0 && takesFile(command)) {
            return blank + 1;
        }
        int at = text.length();
        while (at > 0 && " ;(+-*=,\"".indexOf(text.charAt(at - 1)) < 0) {
            at--;
        }
        // A dash is part of names of modules: crash-x64!main.
        int wide = at;
        while (wide > 0 && " ;(+*=,\"".indexOf(text.charAt(wide - 1)) < 0) {
            wide--;
        }
        return text.substring(wide).matches("[A-Za-z_][\\w.-]*(![^-]*)?") ? wide : at;
    }

    private static boolean takesFile(String before) {
        String name = before.split("\\s+")[0].toLowerCase(Locale.ROOT);
        return switch (name) {
            case ".dump", "$<", "$><", "$$<", "$$><", "$$>a<", ".logopen", ".logappend" -> true;
            case ".writemem",
                    ".readmem",
                    ".sympath",
                    ".srcpath",
                    ".create",
                    "console",
                    "windowed",
                    "modload" ->
                    true;
            default -> false;
        };
    }

    private void commands(String word, TreeSet<String> found) {
        for (HelpEntry entry : help.get()) {
            for (String name : entry.names()) {
                if (name.startsWith(word)) {
                    found.add(name);
                }
            }
        }
    }

    private void registers(String word, TreeSet<String> found) {
        if (!context.on().isStopped()) {
            return;
        }
        String prefix = word.startsWith("@") ? "@" : "";
        for (Register register : Registers.of(context.architecture())) {
            String name = prefix + register.name();
            if (name.startsWith(word)) {
                found.add(name);
            }
        }
    }

    private void modules(String word, TreeSet<String> found) {
        if (!context.on().isStopped()) {
            return;
        }
        for (LoadedModule module : context.target().modules()) {
            if (startsWith(module.label(), word)) {
                found.add(module.label() + "!");
            }
        }
    }

    private void symbols(String word, TreeSet<String> found) {
        if (!context.on().isStopped()) {
            return;
        }
        int mark = word.indexOf('!');
        String label = word.substring(0, mark);
        String wanted = word.substring(mark + 1);
        for (LoadedModule module : ModuleCommands.matching(context.target(), label)) {
            for (SymbolSource source : context.symbolizer().sources(module)) {
                source.forEach(
                        symbol -> {
                            String name = Demangler.demangle(symbol.name(), Demangler.Level.SHORT);
                            if (found.size() < MOST && startsWith(name, wanted)) {
                                found.add(label + "!" + name);
                            }
                        });
            }
        }
    }

    private static boolean startsWith(String name, String word) {
        return name.regionMatches(true, 0, word, 0, word.length());
    }

    private static void files(String word, TreeSet<String> found) {
        int cut = Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1;
        String folder = word.substring(0, cut);
        var names = new ArrayList<String>();
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(HostFiles.path(folder.isEmpty() ? "." : folder))) {
            for (Path entry : entries) {
                Path name = entry.getFileName();
                if (name != null && name.toString().startsWith(word.substring(cut))) {
                    names.add(folder + name + (Files.isDirectory(entry) ? "/" : ""));
                }
            }
        } catch (IOException | ConsoleException e) {
            // There is no such folder: nothing to offer.
        }
        found.addAll(names);
    }
}
