package oriel.engine.dump;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.engine.kernel.Kernel;
import oriel.engine.kernel.KernelView;
import oriel.format.kdump.KernelDump;
import oriel.format.minidump.Minidump;
import oriel.format.userdump.UserDump;
import oriel.model.AddressRange;
import oriel.model.Annotation;
import oriel.model.Architecture;
import oriel.model.Assertion;
import oriel.model.BugCheck;
import oriel.model.Diagnostic;
import oriel.model.DynamicFunctions;
import oriel.model.HandleInfo;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.model.MemoryRegion;
import oriel.model.ProcessInfo;
import oriel.model.SystemInfo;
import oriel.model.Target;
import oriel.model.TargetException;
import oriel.model.TargetThread;
import oriel.model.UnloadedModule;

/**
 * A dump of a process (a minidump, or a legacy full user dump) or of a kernel. Opening maps the
 * file and reads its tables; memory stays in the file. Immutable but for {@link #diagnostics}, to
 * which images that are looked for later may add; safe for any thread.
 */
public final class DumpTarget implements Target, KernelView {
    private final DumpContents contents;
    private final ModuleTable modules;
    private final FilledMemory memory;
    private final RegionTable regions;
    private final Problems problems;

    private DumpTarget(DumpContents contents, ImageFinder images, Problems problems) {
        this.contents = contents;
        this.problems = problems;
        this.modules = new ModuleTable(contents.modules());
        this.memory = new FilledMemory(contents.memory(), modules, images);
        this.regions = contents.regions();
    }

    /**
     * Opens a dump.
     *
     * @throws IOException when the file cannot be read, or is a directory
     * @throws FormatException when it is not a dump, naming what it is where that is known; or when
     *     it is one, but so broken that nothing can be shown
     */
    public static DumpTarget open(Path file, DumpOptions options) throws IOException {
        var folders = new ArrayList<Path>();
        Path own = file.toAbsolutePath().getParent();
        if (own != null) {
            folders.add(own);
        }
        folders.addAll(options.imagePath());
        return of(Bytes.open(file), folders, options);
    }

    /**
     * Opens a dump that is in memory; images are looked for on the image path only.
     *
     * @throws FormatException as {@link #open} does
     */
    public static DumpTarget of(Bytes file, DumpOptions options) {
        return of(file, options.imagePath(), options);
    }

    private static DumpTarget of(Bytes file, List<Path> folders, DumpOptions options) {
        var problems = new Problems();
        boolean kernel = KernelDump.looksLikeKernelDump(file);
        // Small dumps of x64 and ARM64 code cannot be unwound without the images.
        var images = new ImageFinder(folders, options.symbols()::image, problems::add);
        DumpContents contents;
        if (Minidump.looksLikeMinidump(file)) {
            contents = new MinidumpLoader(file, problems, images, options.nativeSide()).load();
        } else if (UserDump.looksLikeUserDump(file)) {
            contents = new UserDumpLoader(file, problems, images, options.nativeSide()).load();
        } else if (kernel) {
            contents = new KernelDumpLoader(file, problems, images, options.symbols()).load();
        } else {
            throw ForeignFormat.refusal(file);
        }
        return new DumpTarget(contents, images, problems);
    }

    @Override
    public Architecture architecture() {
        return contents.architecture();
    }

    @Override
    public Memory memory() {
        return memory;
    }

    @Override
    public List<? extends TargetThread> threads() {
        return contents.threads();
    }

    @Override
    public List<LoadedModule> modules() {
        return modules.list();
    }

    @Override
    public Optional<LoadedModule> moduleAt(long va) {
        return modules.at(va);
    }

    @Override
    public List<UnloadedModule> unloadedModules() {
        return contents.unloadedModules();
    }

    @Override
    public Optional<TargetException> exception() {
        return contents.exception();
    }

    @Override
    public List<MemoryRegion> regions() {
        return regions.list();
    }

    @Override
    public Optional<MemoryRegion> regionAt(long va) {
        return regions.at(va);
    }

    /**
     * The ranges that are in the dump itself. Images found on the image path are not among them,
     * because looking for all of them takes time; {@link #memory} reads them nevertheless. Of a
     * kernel dump they are what its page tables map, which takes a while to find out for the first
     * time.
     */
    @Override
    public List<AddressRange> readableRanges() {
        return contents.memory().ranges();
    }

    @Override
    public SystemInfo system() {
        return contents.system();
    }

    @Override
    public ProcessInfo process() {
        return contents.process();
    }

    @Override
    public List<HandleInfo> handles() {
        return contents.handles();
    }

    @Override
    public List<DynamicFunctions> dynamicFunctions() {
        return contents.dynamicFunctions();
    }

    @Override
    public Optional<Assertion> assertion() {
        return contents.assertion();
    }

    @Override
    public List<Annotation> annotations() {
        return contents.annotations();
    }

    @Override
    public List<Diagnostic> diagnostics() {
        return problems.list();
    }

    /** The parts of the file, in its own order. */
    public List<DumpStream> streams() {
        return contents.streams();
    }

    /** The kind of file in words, e.g. {@code minidump}. */
    public String format() {
        return contents.format();
    }

    @Override
    public Optional<BugCheck> bugCheck() {
        return contents.bugCheck();
    }

    /** The kernel that a kernel dump is of: its processors, processes and drivers. */
    @Override
    public Optional<Kernel> kernel() {
        return contents.kernel();
    }

    /** Whether the dump is of a 32-bit program on 64-bit Windows, with both sides in it. */
    public boolean isWow64() {
        return contents.wow64();
    }
}
