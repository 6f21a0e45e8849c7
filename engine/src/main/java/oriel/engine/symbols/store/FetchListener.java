package oriel.engine.symbols.store;

/** Is told what happens while symbols are looked for. Called on any thread, also on several. */
public interface FetchListener {
    /** Hears nothing. */
    FetchListener NONE =
            // A class, not a lambda: see Memory.EMPTY.
            new FetchListener() {
                @Override
                public void attempt(SymbolAttempt attempt) {}
            };

    /** A place was asked, with this outcome. */
    void attempt(SymbolAttempt attempt);

    /**
     * A transfer goes on.
     *
     * @param file what is transferred, {@code app.pdb}
     * @param server where from, without credentials
     * @param doneBytes there so far
     * @param totalBytes in all; -1 when the server does not tell
     */
    default void progress(String file, String server, long doneBytes, long totalBytes) {}
}
