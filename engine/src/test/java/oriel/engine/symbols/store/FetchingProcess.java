package oriel.engine.symbols.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A process of its own that fetches one file into a store; for tests. */
final class FetchingProcess {
    private FetchingProcess() {}

    /**
     * Takes the store and the address of the server; prints how many bytes are on disk as they
     * come, each on a line, then the file it got.
     */
    public static void main(String[] args) {
        var settings =
                new ServerSettings(
                        false,
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(10),
                        3,
                        10_000_000,
                        Duration.ofHours(1),
                        List.of());
        SymbolPath path = SymbolPath.parse("srv*" + args[0] + "*" + args[1], Path.of(args[0]));
        try (var finder = new SymbolFinder(path, settings, new Printing())) {
            System.out.println(
                    finder.find(FinderScene.KEY, FileCheck.NONE)
                            .map(Path::toString)
                            .orElse("nothing"));
        }
    }

    private static final class Printing implements FetchListener {
        @Override
        public void attempt(SymbolAttempt attempt) {}

        @Override
        public void progress(String file, String server, long done, long total) {
            System.out.println(done);
            System.out.flush();
        }
    }
}
