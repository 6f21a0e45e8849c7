package oriel.engine.symbols;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import oriel.engine.symbols.source.SourceIndex;
import oriel.engine.unwind.UnwindSource;
import oriel.model.InlineFrame;
import oriel.model.LineSink;
import oriel.model.SourceLine;

/**
 * Symbols of one image, from one file: exports, a COFF table, a Breakpad {@code .sym}, a PDB. All
 * addresses are relative to the image base (rva, unsigned). Safe for any thread. A damaged file
 * answers with what can be read and never throws.
 */
public interface SymbolSource {
    /** What this is and where it came from, for {@code symbols check} and diagnostics. */
    String description();

    /**
     * How much can be learned here: sources are asked from the highest to the lowest, and one with
     * lines is above one with names only.
     */
    Quality quality();

    /** Whether code at which {@link #symbolAt} finds nothing is no code at all. */
    default boolean knowsAllFunctions() {
        return false;
    }

    /** The nearest symbol at or before an address that may hold it. */
    Optional<RvaSymbol> symbolAt(long rva);

    /** The source line of the outermost function at an address. */
    default Optional<SourceLine> lineAt(long rva) {
        return Optional.empty();
    }

    /**
     * Takes where the code of lines begins, for all source files that are wanted.
     *
     * @param wanted is asked with paths as the compiler wrote them
     * @param sink gets addresses relative to the image base
     */
    default void forEachLine(Predicate<String> wanted, LineSink sink) {}

    /** Functions inlined at an address, innermost first. */
    default List<InlineFrame> inlinedAt(long rva) {
        return List.of();
    }

    /**
     * The caller of a frame by frame data that came with these symbols (STACK WIN, STACK CFI,
     * FRAMEDATA); empty when there is none for the address or it leads nowhere.
     *
     * @param isCode whether an address of the target can be that of an instruction
     */
    default Optional<UnwindSource.Caller> callerOf(UnwindSource.Frame frame, LongPredicate isCode) {
        return Optional.empty();
    }

    /**
     * Writes the frame data that came with these symbols as STACK records of Breakpad.
     *
     * @param out gets the text, lines ended by LF
     * @throws IOException when {@code out} throws it
     */
    default void writeFrames(Appendable out) throws IOException {}

    /** Stack space of the parameters of the function at an address, as far as frame data tells. */
    default long parameterBytes(long rva) {
        return 0;
    }

    /** Says at which addresses the source files can be fetched. */
    default SourceIndex sourceIndex() {
        return SourceIndex.NONE;
    }

    /** Symbols with this name (case-sensitive, as the user reads it or as mangled). */
    List<RvaSymbol> named(String name);

    /** Streams every symbol, in no particular order. */
    void forEach(Consumer<RvaSymbol> sink);

    /** What a source can answer, worst first. */
    enum Quality {
        EXPORTS,
        TABLE,
        FULL
    }
}
