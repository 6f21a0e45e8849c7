package oriel.app.cli;

import oriel.engine.symbols.store.FetchListener;
import oriel.engine.symbols.store.SymbolAttempt;

/** Shows on the error stream which file is being fetched, if that is a terminal. */
final class FetchProgress implements FetchListener, AutoCloseable {
    private static final long EVERY_NANOS = 100_000_000;

    private final Console console;
    private long nextDraw = System.nanoTime();
    private int drawn;

    FetchProgress(Console console) {
        this.console = console;
    }

    @Override
    public void attempt(SymbolAttempt attempt) {
        // The answer is shown when all have come.
    }

    @Override
    public synchronized void progress(String file, String server, long done, long total) {
        if (!console.errIsTerminal() || System.nanoTime() - nextDraw < 0) {
            return;
        }
        nextDraw = System.nanoTime() + EVERY_NANOS;
        String text = file + " " + (done >> 10) + " KB" + (total > 0 ? " of " + (total >> 10) : "");
        String blanks = " ".repeat(Math.max(0, drawn - text.length()));
        console.err().print("\r" + text + blanks);
        console.err().flush();
        drawn = text.length();
    }

    @Override
    public synchronized void close() {
        if (drawn > 0) {
            console.err().print("\r" + " ".repeat(drawn) + "\r");
            console.err().flush();
            drawn = 0;
        }
    }
}
