package oriel.app.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oriel.app.render.Page;
import oriel.app.render.Style;
import oriel.model.LoadedModule;
import oriel.model.SourceLine;

/** Shows lines of source files, where symbols say that they lie or in the folders of a path. */
final class SourceText {
    private static final long MOST_BYTES = 16 << 20;
    private static final int MOST_FILES = 64;

    private final Map<String, Optional<List<String>>> files = new HashMap<>();
    private String path = "";

    String path() {
        return path;
    }

    void path(String wanted) {
        path = wanted;
        files.clear();
    }

    /**
     * Writes the lines around one, which is marked.
     *
     * @return whether the file is there
     */
    boolean write(Page page, SourceLine at, int around) {
        Optional<List<String>> lines = lines(at.file());
        int line = (int) Math.min(Integer.MAX_VALUE, at.line());
        if (lines.isEmpty() || line < 1 || line > lines.get().size()) {
            return false;
        }
        int first = Math.max(1, line - around);
        int last = Math.min(lines.get().size(), line + around);
        for (int i = first; i <= last; i++) {
            page.text(i == line ? "> " : "  ").rightTo(7, Integer.toString(i)).text("  ");
            page.styled(i == line ? Style.TITLE : Style.PLAIN, lines.get().get(i - 1)).end();
        }
        return true;
    }

    private Optional<List<String>> lines(String file) {
        if (files.size() > MOST_FILES) {
            files.clear();
        }
        return files.computeIfAbsent(file, this::find);
    }

    private Optional<List<String>> find(String file) {
        Optional<List<String>> direct = read(file);
        String name = LoadedModule.baseName(file);
        for (String folder : path.split(";")) {
            if (direct.isPresent()) {
                break;
            }
            direct = folder.isBlank() ? Optional.empty() : read(folder.strip() + "/" + name);
        }
        return direct;
    }

    private static Optional<List<String>> read(String file) {
        try {
            Path path = HostFiles.path(file);
            if (!Files.isRegularFile(path) || Files.size(path) > MOST_BYTES) {
                return Optional.empty();
            }
            String text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
            return Optional.of(text.lines().map(l -> l.replace("\t", "    ")).toList());
        } catch (IOException | ConsoleException e) {
            return Optional.empty();
        }
    }
}
