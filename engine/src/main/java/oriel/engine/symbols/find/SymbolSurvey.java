package oriel.engine.symbols.find;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import oriel.engine.symbols.SymbolSource;
import oriel.engine.symbols.store.FetchListener;
import oriel.engine.symbols.store.ServerSettings;
import oriel.engine.symbols.store.StoreKey;
import oriel.engine.symbols.store.SymbolAttempt;
import oriel.engine.symbols.store.SymbolPath;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.model.PdbId;

/**
 * Looks for the symbols of many modules at the same time and keeps what every place answered: to
 * fetch all that a dump needs, or to find out why symbols are missing.
 */
public final class SymbolSurvey {
    /** Requests at the same time: enough to hide latency, few enough for any server. */
    private static final int PARALLEL = 16;

    private final SymbolPath path;
    private final List<Path> imageDirectories;
    private final ServerSettings settings;
    private final FetchListener listener;

    /** Parameters as of {@link SymbolPathLocator}. */
    public SymbolSurvey(
            SymbolPath path,
            List<Path> imageDirectories,
            ServerSettings settings,
            FetchListener listener) {
        this.path = path;
        this.imageDirectories = List.copyOf(imageDirectories);
        this.settings = settings;
        this.listener = listener;
    }

    /**
     * Looks for the symbols of modules.
     *
     * @return one answer for each module, in their order; modules not reached before an
     *     interruption have no attempts
     */
    public List<ModuleSymbols> of(List<LoadedModule> modules, Memory memory) {
        var notes = new Notes();
        Map<LoadedModule, List<SymbolSource>> found = new ConcurrentHashMap<>();
        try (var locator = new SymbolPathLocator(path, imageDirectories, settings, notes)) {
            locateAll(locator, modules, memory, notes, found);
        }
        var answers = new ArrayList<ModuleSymbols>(modules.size());
        for (LoadedModule module : modules) {
            List<SymbolSource> sources =
                    found.getOrDefault(module, List.of()).stream()
                            .sorted(Comparator.comparing(SymbolSource::quality).reversed())
                            .toList();
            answers.add(
                    new ModuleSymbols(
                            module,
                            sources.stream().map(SymbolSource::description).toList(),
                            sources.stream().findFirst().map(SymbolSource::quality),
                            notes.about(module)));
        }
        return answers;
    }

    private static void locateAll(
            SymbolPathLocator locator,
            List<LoadedModule> modules,
            Memory memory,
            Notes notes,
            Map<LoadedModule, List<SymbolSource>> found) {
        var free = new Semaphore(PARALLEL);
        var threads = new ArrayList<Thread>();
        try {
            for (LoadedModule module : new HashSet<>(modules)) {
                free.acquire();
                threads.add(
                        Thread.startVirtualThread(
                                () -> {
                                    try {
                                        notes.workingOn(module);
                                        found.put(module, locator.locate(module, memory));
                                    } finally {
                                        free.release();
                                    }
                                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            threads.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
        }
    }

    /** What places answered, and on behalf of which module. */
    private final class Notes implements FetchListener {
        private final Map<Thread, LoadedModule> modules = new ConcurrentHashMap<>();
        private final Queue<Note> notes = new ConcurrentLinkedQueue<>();

        private record Note(Optional<LoadedModule> module, SymbolAttempt attempt) {}

        /** The calling thread looks for symbols of a module now. */
        void workingOn(LoadedModule module) {
            modules.put(Thread.currentThread(), module);
        }

        /**
         * Attempts for a module. Another one may have asked for the same file first; what an image
         * names is known only to the thread that read it.
         */
        List<SymbolAttempt> about(LoadedModule module) {
            Set<String> subjects = subjects(module);
            return notes.stream()
                    .filter(
                            note ->
                                    subjects.contains(note.attempt.subject())
                                            || note.module.filter(module::equals).isPresent())
                    .map(Note::attempt)
                    .distinct()
                    .toList();
        }

        @Override
        public void attempt(SymbolAttempt attempt) {
            Optional<LoadedModule> module =
                    Optional.ofNullable(modules.get(Thread.currentThread()));
            notes.add(new Note(module, attempt));
            listener.attempt(attempt);
        }

        @Override
        public void progress(String file, String server, long done, long total) {
            listener.progress(file, server, done, total);
        }
    }

    private static Set<String> subjects(LoadedModule module) {
        var subjects = new HashSet<String>();
        StoreKey.image(module).ifPresent(k -> subjects.add(k.path()));
        Optional<PdbId> pdb = module.pdb();
        pdb.flatMap(StoreKey::pdb).ifPresent(k -> subjects.add(k.path()));
        pdb.flatMap(StoreKey::breakpad).ifPresent(k -> subjects.add(k.path()));
        return subjects;
    }
}
