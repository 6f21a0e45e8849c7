package oriel.bench.symbols;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import oriel.engine.symbols.RvaSymbol;
import oriel.engine.symbols.SymbolSource;
import oriel.model.InlineFrame;
import oriel.model.SourceLine;

/**
 * What a tool says of an address: the functions there, the innermost inlined one first.
 *
 * @param frames one for each function
 */
record Answer(List<Frame> frames) {
    /** What llvm-symbolizer writes for what it does not know. */
    static final String UNKNOWN = "??";

    Answer {
        frames = List.copyOf(frames);
    }

    /**
     * A function and the line that it is at.
     *
     * @param name of the function
     * @param line as {@code file:line}; {@code ??:0} when not known
     */
    record Frame(String name, String line) {
        /** The same with one kind of slashes: DWARF of Windows joins folders and files with any. */
        static Frame of(String name, String line) {
            return new Frame(name, line.replace('/', '\\'));
        }
    }

    /** Oriel's answer. */
    static Answer of(SymbolSource symbols, RvaSymbol function, long rva) {
        var frames = new ArrayList<Frame>();
        for (InlineFrame inlined : symbols.inlinedAt(rva)) {
            frames.add(Frame.of(inlined.name(), line(inlined.line())));
        }
        frames.add(Frame.of(function.name(), line(symbols.lineAt(rva))));
        return new Answer(frames);
    }

    static String line(Optional<SourceLine> line) {
        return line.map(SourceLine::toString).orElse(UNKNOWN + ":0");
    }

    /** Lines only, outermost first: what is left when names are spelled in different ways. */
    List<String> lines() {
        var lines = new ArrayList<>(frames.stream().map(Frame::line).toList());
        Collections.reverse(lines);
        return lines;
    }

    @Override
    public String toString() {
        return String.join(" < ", frames.stream().map(f -> f.name() + " " + f.line()).toList());
    }
}
