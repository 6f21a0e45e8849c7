package oriel.engine.symbols;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import oriel.engine.demangle.Demangler;
import oriel.engine.symbols.source.SourceIndex;
import oriel.engine.unwind.UnwindSource;
import oriel.model.CodeLocation;
import oriel.model.InlineFrame;
import oriel.model.LoadedModule;
import oriel.model.SourceLine;
import oriel.model.StackFrame;
import oriel.model.Symbol;
import oriel.model.Target;

/**
 * Names addresses of one target. Lazy: looks for symbols of a module when an address in it is first
 * asked for, and only once, also when there are none. Safe for any thread; two threads that need
 * different modules do not wait for each other.
 */
public final class Symbolizer {
    /** Addresses remembered; a target has few distinct ones on its stacks. */
    private static final int MAX_REMEMBERED = 1 << 16;

    /** Modules that are loaded at a time: more than one server likes, and less than it minds. */
    private static final int PARALLEL = 32;

    private final Target target;
    private final SymbolLocator locator;
    private final Map<LoadedModule, FutureTask<List<SymbolSource>>> sources =
            new ConcurrentHashMap<>();
    private final Map<Place, CodeLocation> remembered = new ConcurrentHashMap<>();

    /**
     * @param target whose addresses are named
     * @param locator where symbols come from
     */
    public Symbolizer(Target target, SymbolLocator locator) {
        this.target = target;
        this.locator = locator;
    }

    /** What is known of a code address. */
    public CodeLocation locate(long va) {
        return locate(new Place(va, va));
    }

    /** What is known of a frame, asked for its lookup address and told for its pc. */
    public CodeLocation locate(StackFrame frame) {
        return locate(new Place(frame.pc(), frame.lookupVa()));
    }

    /**
     * Best sources first. A thread that needs a module which another one is loading waits for it.
     *
     * @throws CancellationException when the thread is interrupted meanwhile; the next call starts
     *     anew
     */
    public List<SymbolSource> sources(LoadedModule module) {
        FutureTask<List<SymbolSource>> task = sources.get(module);
        if (task == null) {
            var own = new FutureTask<>(() -> load(module));
            task = sources.putIfAbsent(module, own);
            if (task == null) {
                own.run();
                task = own;
            }
        }
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("interrupted").initCause(e);
        } catch (ExecutionException e) {
            sources.remove(module, task);
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Looks for the symbols of a module anew when they are next wanted. */
    public void forget(LoadedModule module) {
        sources.remove(module);
        remembered.clear();
    }

    /** Says at which addresses the source files of a module can be fetched. */
    public SourceIndex sourceIndex(LoadedModule module) {
        List<SymbolSource> all = sources(module);
        return file -> {
            for (SymbolSource source : all) {
                Optional<String> address = source.sourceIndex().address(file);
                if (address.isPresent()) {
                    return address;
                }
            }
            return Optional.empty();
        };
    }

    /** Whether looking for symbols may take long, so that {@link #preload} pays. */
    public boolean mayWait() {
        return locator.mayWait();
    }

    /**
     * Loads the symbols of several modules at the same time, so that slow servers are waited for
     * once and not in turn.
     */
    public void preload(Collection<LoadedModule> modules) {
        var threads = new ArrayList<Thread>();
        var free = new Semaphore(PARALLEL);
        for (LoadedModule module : Set.copyOf(modules)) {
            if (!sources.containsKey(module)) {
                threads.add(Thread.startVirtualThread(() -> loadWhenFree(module, free)));
            }
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            threads.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Symbols with this name, mangled or as people read it, in the modules of a label, or in all
     * modules when the label is empty. Loads the symbols of every module asked.
     *
     * @param label {@code ntdll} or {@code ntdll.dll}, in any case
     */
    public List<Symbol> named(String label, String name) {
        var found = new ArrayList<Symbol>();
        for (LoadedModule module : target.modules()) {
            if (label.isEmpty() || module.isNamed(label)) {
                found.addAll(named(module, name));
            }
        }
        return found;
    }

    /** Symbols with exactly this name in a module, from the best source that has any. */
    public List<Symbol> named(LoadedModule module, String name) {
        for (SymbolSource source : sources(module)) {
            List<RvaSymbol> symbols = source.named(name);
            if (!symbols.isEmpty()) {
                return symbols.stream().map(s -> symbol(module, s)).toList();
            }
        }
        return List.of();
    }

    /**
     * Where the code of a source line begins: the line itself, else the first one behind it that
     * has code. Reads the lines of the whole module.
     *
     * @param file the end of its path: names of folders and of the file, in any case
     * @param line from 1
     * @return the lowest address, when symbols of the module know the file
     */
    public OptionalLong lineVa(LoadedModule module, String file, int line) {
        for (SymbolSource source : sources(module)) {
            var nearest = new NearestLine(line, module.range().sizeBytes());
            source.forEachLine(path -> NearestLine.isPathOf(path, file), nearest);
            if (nearest.rva().isPresent()) {
                return OptionalLong.of(module.base() + nearest.rva().getAsLong());
            }
        }
        return OptionalLong.empty();
    }

    /** Unwind data that came with the symbols, for the stack walker. */
    public UnwindSource unwindSource() {
        return new FromSymbols();
    }

    /** Frame data of the sources, and their functions. */
    private final class FromSymbols implements UnwindSource {
        @Override
        public Optional<Caller> callerOf(Frame frame) {
            for (SymbolSource source : sources(frame.module())) {
                Optional<Caller> caller = source.callerOf(frame, Symbolizer.this::isCode);
                if (caller.isPresent()) {
                    return caller;
                }
            }
            return Optional.empty();
        }

        @Override
        public boolean deniesReturn(LoadedModule module, long rva) {
            FutureTask<List<SymbolSource>> task = sources.get(module);
            if (task == null || task.state() != Future.State.SUCCESS) {
                return false;
            }
            List<SymbolSource> found = task.resultNow();
            if (found.isEmpty() || !found.get(0).knowsAllFunctions()) {
                return false;
            }
            Optional<RvaSymbol> symbol = found.get(0).symbolAt(rva - 1);
            return symbol.isEmpty() || !symbol.get().function();
        }
    }

    private void loadWhenFree(LoadedModule module, Semaphore free) {
        try {
            free.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            sources(module);
        } finally {
            free.release();
        }
    }

    private boolean isCode(long va) {
        return target.moduleAt(va).isPresent();
    }

    private List<SymbolSource> load(LoadedModule module) {
        return locator.locate(module, target.memory()).stream()
                .sorted(Comparator.comparing(SymbolSource::quality).reversed())
                .toList();
    }

    private CodeLocation locate(Place place) {
        CodeLocation known = remembered.get(place);
        if (known != null) {
            return known;
        }
        CodeLocation found = find(place);
        if (remembered.size() < MAX_REMEMBERED) {
            remembered.put(place, found);
        }
        return found;
    }

    private CodeLocation find(Place place) {
        Optional<LoadedModule> module = target.moduleAt(place.lookupVa());
        if (module.isEmpty()) {
            return CodeLocation.bare(place.va(), target.moduleAt(place.va()));
        }
        long rva = place.lookupVa() - module.get().base();
        for (SymbolSource source : sources(module.get())) {
            Optional<RvaSymbol> symbol = source.symbolAt(rva);
            if (symbol.isPresent()) {
                Optional<SourceLine> line = source.lineAt(rva);
                List<InlineFrame> inlined = source.inlinedAt(rva);
                return new CodeLocation(
                        place.va(),
                        module,
                        symbol.map(s -> symbol(module.get(), s)),
                        line,
                        readable(inlined));
            }
        }
        return CodeLocation.bare(place.va(), module);
    }

    private static Symbol symbol(LoadedModule module, RvaSymbol s) {
        OptionalLong size =
                s.sizeBytes() > 0 ? OptionalLong.of(s.sizeBytes()) : OptionalLong.empty();
        return new Symbol(module.label(), readable(s.name()), module.base() + s.rva(), size);
    }

    private static List<InlineFrame> readable(List<InlineFrame> frames) {
        if (frames.isEmpty()) {
            return frames;
        }
        var found = new ArrayList<InlineFrame>(frames.size());
        for (InlineFrame frame : frames) {
            found.add(new InlineFrame(readable(frame.name()), frame.line()));
        }
        return found;
    }

    /** Stacks show names without parameters, whatever kind of symbols they come from. */
    private static String readable(String name) {
        return Demangler.demangle(name, Demangler.Level.SHORT);
    }

    /** An address and the one that symbols are asked for in its place. */
    private record Place(long va, long lookupVa) {}
}
