package oriel.bench.symbols;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks llvm-symbolizer about many addresses; goes on behind those at which it crashes. */
final class SymbolizerRun {
    static final String TOOL = "llvm-symbolizer-19";

    private final Path image;
    private final Path scratch;
    private final String functions;

    /**
     * @param image with its PDB beside it, or with DWARF
     * @param linkageNames whether to ask for mangled names, else for those in the records
     * @param scratch a folder for questions and answers
     */
    SymbolizerRun(Path image, boolean linkageNames, Path scratch) {
        this.functions = linkageNames ? "linkage" : "short";
        this.image = image;
        this.scratch = scratch;
    }

    /** An answer for each address, empty where the tool crashed. */
    List<Optional<Answer>> ask(List<Long> rvas) throws IOException, InterruptedException {
        var answers = new ArrayList<Optional<Answer>>();
        while (answers.size() < rvas.size()) {
            List<Answer> some = once(rvas.subList(answers.size(), rvas.size()));
            some.forEach(a -> answers.add(Optional.of(a)));
            if (answers.size() < rvas.size()) {
                // What it had not written yet is lost with a crash: the next one is asked alone.
                List<Answer> one = once(rvas.subList(answers.size(), answers.size() + 1));
                answers.add(one.stream().findFirst());
            }
        }
        return answers;
    }

    private List<Answer> once(List<Long> rvas) throws IOException, InterruptedException {
        Path in = scratch.resolve("symbolizer.in");
        Path out = scratch.resolve("symbolizer.out");
        var text = new StringBuilder();
        rvas.forEach(rva -> text.append("0x").append(Long.toHexString(rva)).append('\n'));
        Files.writeString(in, text);
        Process process =
                new ProcessBuilder(
                                TOOL,
                                "--obj=" + image,
                                "--relative-address",
                                "--functions=" + functions,
                                "--no-demangle")
                        .redirectInput(in.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        process.waitFor();
        var answers = new ArrayList<Answer>();
        var frames = new ArrayList<Answer.Frame>();
        @Nullable String name = null;
        for (String line :
                new String(Files.readAllBytes(out), StandardCharsets.UTF_8).split("\n", -1)) {
            if (name != null) {
                int column = line.lastIndexOf(':');
                if (column < 0) {
                    break;
                }
                // The column behind the line is not compared: PDBs of MSVC have none.
                frames.add(Answer.Frame.of(name, line.substring(0, column)));
                name = null;
            } else if (!line.isEmpty() || frames.isEmpty()) {
                // A name may be empty; between answers lies an empty line as well.
                name = line;
            } else {
                answers.add(new Answer(frames));
                frames.clear();
            }
        }
        return answers;
    }
}
