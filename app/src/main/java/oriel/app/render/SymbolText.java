package oriel.app.render;

import java.util.List;
import java.util.Optional;
import oriel.model.InlineFrame;
import oriel.model.SourceLine;

/** Answers of symbols, a line for each. */
public final class SymbolText {
    private static final int NAME_COLUMN = 30;
    private static final int DIGITS = 8;

    private final Page page;

    /**
     * @param page where they go
     */
    public SymbolText(Page page) {
        this.page = page;
    }

    /** Writes answers in their order. */
    public void write(List<SymbolAnswer> answers) {
        for (SymbolAnswer answer : answers) {
            switch (answer) {
                case SymbolAnswer.Place place -> place(place);
                case SymbolAnswer.Named named -> named(named);
                case SymbolAnswer.Lines lines -> lines(lines);
            }
            if (page.isAbandoned()) {
                return;
            }
        }
    }

    private void place(SymbolAnswer.Place place) {
        page.hex(place.address(), DIGITS).text("  ");
        page.styled(Style.NAME, place.module() + "!" + place.name());
        long offset = place.offset();
        page.text(offset == 0 ? "" : "+0x" + Long.toHexString(offset));
        page.text(line(place.line())).end();
        List<InlineFrame> inlined = place.inlined();
        for (int i = inlined.size() - 1; i >= 0; i--) {
            page.text("          inlined ").styled(Style.NAME, inlined.get(i).name());
            page.text(line(inlined.get(i).line())).end();
        }
    }

    private void named(SymbolAnswer.Named symbol) {
        page.hex(symbol.address(), DIGITS).text("  ");
        page.text(symbol.sizeBytes() > 0 ? Long.toHexString(symbol.sizeBytes()) : "-");
        page.to(NAME_COLUMN).text(symbol.module() + "!" + symbol.name()).end();
    }

    private void lines(SymbolAnswer.Lines lines) {
        page.heading(lines.function().module() + "!" + lines.function().name());
        for (SymbolAnswer.Row row : lines.rows()) {
            page.hex(row.address(), DIGITS).text(line(Optional.of(row.line()))).end();
        }
    }

    private static String line(Optional<SourceLine> line) {
        return line.map(l -> "  " + l).orElse("");
    }
}
