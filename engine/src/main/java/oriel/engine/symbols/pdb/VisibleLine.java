package oriel.engine.symbols.pdb;

import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import oriel.format.pdb.LineEntry;
import oriel.format.pdb.ModuleLines;

/**
 * Finds the line to show for code that the compiler made up (its line is 0xf00f00 or 0xfeefee): the
 * one before it in the same function, as a reader would expect.
 */
final class VisibleLine implements Consumer<LineEntry> {
    private final long limit;
    private @Nullable LineEntry best;

    private VisibleLine(long limit) {
        this.limit = limit;
    }

    static Optional<LineEntry> before(ModuleLines lines, LineEntry hidden) {
        var search = new VisibleLine(hidden.offset());
        lines.forEachIn(hidden.section(), hidden.offset(), search);
        return Optional.ofNullable(search.best);
    }

    @Override
    public void accept(LineEntry row) {
        LineEntry known = best;
        if (!row.isHidden()
                && row.offset() <= limit
                && (known == null || row.offset() >= known.offset())) {
            best = row;
        }
    }
}
