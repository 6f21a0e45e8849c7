package oriel.app.render;

import oriel.engine.dump.DumpStream;

/** The parts of a dump's file as a table. */
public final class StreamTable {
    private static final int NUMBER_END = 12;
    private static final int OFFSET_END = 26;
    private static final int SIZE_END = 38;

    private final Page page;

    /** Writes to a page. */
    public StreamTable(Page page) {
        this.page = page;
    }

    /** Names of the columns. */
    public void header() {
        page.to(NUMBER_END - 4).styled(Style.DIM, "kind").to(OFFSET_END - 6);
        page.styled(Style.DIM, "offset").to(SIZE_END - 4).styled(Style.DIM, "size");
        page.to(SIZE_END + 2).styled(Style.DIM, "what").end();
    }

    /** One part. */
    public void row(DumpStream stream) {
        long number = stream.number();
        String kind = number < 0x10000 ? Long.toString(number) : "0x" + Long.toHexString(number);
        page.rightTo(NUMBER_END, kind);
        page.rightTo(OFFSET_END, "0x" + Long.toHexString(stream.fileOffset()));
        page.rightTo(SIZE_END, Long.toString(stream.sizeBytes()));
        page.to(SIZE_END + 2).styled(Style.NAME, stream.title()).end();
    }
}
