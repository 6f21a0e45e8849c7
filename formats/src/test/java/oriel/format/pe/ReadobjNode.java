package oriel.format.pe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The indented output of llvm-readobj as a tree: groups in brackets, {@code key: value} lines. */
final class ReadobjNode {
    static final Path TOOL = Path.of("/usr/bin/llvm-readobj-19");

    final String name;
    final List<ReadobjNode> children = new ArrayList<>();
    final List<String> lines = new ArrayList<>();

    private ReadobjNode(String name) {
        this.name = name;
    }

    static boolean isInstalled() {
        return Files.isExecutable(TOOL);
    }

    /** Runs the tool; what it prints to stderr is left out. */
    static ReadobjNode run(Path file, String... options) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(TOOL.toString());
        command.addAll(List.of(options));
        command.add(file.toString());
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        var root = new ReadobjNode("");
        var open = new ArrayDeque<ReadobjNode>();
        open.push(root);
        try (BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(
                                process.getInputStream(), StandardCharsets.ISO_8859_1))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                accept(line.strip(), open);
            }
        }
        process.waitFor();
        return root;
    }

    private static void accept(String line, ArrayDeque<ReadobjNode> open) {
        int flags = line.indexOf(" [ (");
        if (line.endsWith("{") || line.endsWith(" [") || line.endsWith(" (") || flags > 0) {
            var node = new ReadobjNode(line.substring(0, line.lastIndexOf(flags > 0 ? '[' : ' ')));
            if (flags > 0) {
                node.lines.add(node.name.strip() + ": " + line.substring(flags + 3));
            }
            open.element().children.add(node);
            open.push(node);
        } else if ((line.equals("}") || line.equals("]") || line.equals(")")) && open.size() > 1) {
            open.pop();
        } else {
            open.element().lines.add(line);
        }
    }

    /** All groups of a name, wherever they are. */
    List<ReadobjNode> all(String wanted) {
        var found = new ArrayList<ReadobjNode>();
        for (ReadobjNode child : children) {
            if (child.name.strip().equals(wanted)) {
                found.add(child);
            }
            found.addAll(child.all(wanted));
        }
        return found;
    }

    boolean has(String key) {
        return lines.stream().anyMatch(l -> l.startsWith(key + ":"));
    }

    /** The text of a key of this group. */
    String text(String key) {
        for (String line : lines) {
            if (line.startsWith(key + ": ")) {
                return line.substring(key.length() + 2);
            }
        }
        return "";
    }

    /** The number of a key: decimal, 0x…, or the last one in parentheses. */
    long number(String key) {
        String text = text(key);
        int open = text.lastIndexOf('(');
        if (open >= 0) {
            text = text.substring(open + 1, text.lastIndexOf(')'));
        }
        return text.startsWith("0x")
                ? Long.parseUnsignedLong(text.substring(2), 16)
                : Long.parseLong(text);
    }
}
