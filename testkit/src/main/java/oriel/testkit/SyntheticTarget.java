package oriel.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.DynamicFunctions;
import oriel.model.HandleInfo;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.model.MemoryRegion;
import oriel.model.RegisterSet;
import oriel.model.Target;
import oriel.model.TargetException;
import oriel.model.TargetThread;
import oriel.model.ThreadRef;
import oriel.model.UnloadedModule;

/** A target made of pieces: memory, modules and threads that a test lays out itself. */
public final class SyntheticTarget implements Target {
    private final Architecture architecture;
    private final List<Piece> pieces = new ArrayList<>();
    private final List<LoadedModule> modules = new ArrayList<>();
    private final List<TargetThread> threads = new ArrayList<>();
    private final List<UnloadedModule> unloaded = new ArrayList<>();
    private final List<MemoryRegion> regions = new ArrayList<>();
    private final List<DynamicFunctions> dynamic = new ArrayList<>();
    private final List<HandleInfo> handles = new ArrayList<>();
    private Optional<TargetException> exception = Optional.empty();

    private record Piece(AddressRange range, Memory memory) {}

    private record SyntheticThread(ThreadRef ref, RegisterSet registers, AddressRange stack)
            implements TargetThread {}

    /** A target with nothing in it. */
    public SyntheticTarget(Architecture architecture) {
        this.architecture = architecture;
    }

    /** Adds bytes to the memory. */
    public SyntheticTarget bytes(long va, byte[] bytes) {
        return memory(
                new AddressRange(va, bytes.length),
                (at, into, offset, length) -> {
                    int from = (int) (at - va);
                    int part = Math.min(length, bytes.length - from);
                    System.arraycopy(bytes, from, into, offset, part);
                    return part;
                });
    }

    /** Adds what another memory holds in a range; the other is asked within the range only. */
    public SyntheticTarget memory(AddressRange range, Memory memory) {
        pieces.add(new Piece(range, memory));
        return this;
    }

    /** Adds a module; its memory is added apart. */
    public SyntheticTarget module(String path, long base, long sizeBytes) {
        modules.add(
                new LoadedModule(
                        new AddressRange(base, sizeBytes),
                        path,
                        0,
                        0,
                        Optional.empty(),
                        Optional.empty()));
        return this;
    }

    /** Adds a thread, numbered from 1. */
    public SyntheticTarget thread(RegisterSet registers, AddressRange stack) {
        var ref = new ThreadRef(1, threads.size() + 1);
        threads.add(new SyntheticThread(ref, registers, stack));
        return this;
    }

    /** Adds a thread of a test's own making. */
    public SyntheticTarget thread(TargetThread thread) {
        threads.add(thread);
        return this;
    }

    /** Adds a module that is no longer mapped. */
    public SyntheticTarget unloaded(UnloadedModule module) {
        unloaded.add(module);
        return this;
    }

    /** Adds pages to the memory map; their bytes are added apart. */
    public SyntheticTarget region(MemoryRegion region) {
        regions.add(region);
        return this;
    }

    /** Sets the exception. */
    public SyntheticTarget exception(TargetException raised) {
        exception = Optional.of(raised);
        return this;
    }

    @Override
    public Architecture architecture() {
        return architecture;
    }

    @Override
    public Memory memory() {
        return this::read;
    }

    @Override
    public List<TargetThread> threads() {
        return List.copyOf(threads);
    }

    @Override
    public List<LoadedModule> modules() {
        return List.copyOf(modules);
    }

    @Override
    public List<UnloadedModule> unloadedModules() {
        return List.copyOf(unloaded);
    }

    @Override
    public List<MemoryRegion> regions() {
        return List.copyOf(regions);
    }

    /** Adds unwind data of code made at run time. */
    public SyntheticTarget dynamic(DynamicFunctions functions) {
        dynamic.add(functions);
        return this;
    }

    @Override
    public List<DynamicFunctions> dynamicFunctions() {
        return List.copyOf(dynamic);
    }

    /** Adds a handle. */
    public SyntheticTarget handle(HandleInfo handle) {
        handles.add(handle);
        return this;
    }

    @Override
    public List<HandleInfo> handles() {
        return List.copyOf(handles);
    }

    @Override
    public Optional<TargetException> exception() {
        return exception;
    }

    private int read(long va, byte[] into, int offset, int length) {
        int done = 0;
        while (done < length) {
            int got = readPiece(va + done, into, offset + done, length - done);
            if (got == 0) {
                break;
            }
            done += got;
        }
        return done;
    }

    private int readPiece(long va, byte[] into, int offset, int length) {
        for (Piece piece : pieces) {
            if (piece.range.contains(va)) {
                long room = piece.range.sizeBytes() - (va - piece.range.start());
                return piece.memory.read(va, into, offset, (int) Math.min(length, room));
            }
        }
        return 0;
    }
}
