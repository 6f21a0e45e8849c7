package oriel.engine.dump;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.format.minidump.AssertionEntry;
import oriel.format.minidump.ExceptionEntry;
import oriel.format.minidump.FixedFileInfo;
import oriel.format.minidump.FunctionTableEntry;
import oriel.format.minidump.Location;
import oriel.format.minidump.MemoryInfoEntry;
import oriel.format.minidump.MemoryRange;
import oriel.format.minidump.Minidump;
import oriel.format.minidump.MiscInfo;
import oriel.format.minidump.ModuleEntry;
import oriel.format.minidump.StreamEntry;
import oriel.format.minidump.SystemInfoEntry;
import oriel.format.minidump.ThreadEntry;
import oriel.format.minidump.UnloadedModuleEntry;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.Assertion;
import oriel.model.Diagnostic;
import oriel.model.DynamicFunctions;
import oriel.model.LoadedModule;
import oriel.model.MemoryRegion;
import oriel.model.PdbId;
import oriel.model.ProcessInfo;
import oriel.model.SystemInfo;
import oriel.model.SystemInfo.Platform;
import oriel.model.TargetException;
import oriel.model.ThreadRef;
import oriel.model.UnloadedModule;

/** Makes the contents of a target out of a minidump. Used once. */
final class MinidumpLoader {
    private final Minidump dump;
    private final Problems problems;
    private final ImageFinder images;
    private final boolean nativeSide;
    private final Map<Location, Optional<PdbId>> identities = new HashMap<>();

    MinidumpLoader(Bytes file, Problems problems, ImageFinder images, boolean nativeSide) {
        this.dump = Minidump.of(file, problems::add);
        this.problems = problems;
        this.images = images;
        this.nativeSide = nativeSide;
    }

    DumpContents load() {
        Optional<SystemInfoEntry> info = dump.systemInfo();
        List<ThreadEntry> entries = dump.threads();
        Architecture written = architecture(info, entries);
        SparseMemory memory = memory(entries);
        SystemInfo system = info.map(i -> SystemFacts.of(dump, i)).orElse(SystemInfo.UNKNOWN);
        List<LoadedModule> modules = modules(memory, system.platform());
        refuseIfNothingIsLeft(info, memory, entries, modules);
        boolean wow64 = written == Architecture.X64 && Wow64.isLoaded(modules);
        Architecture shown = wow64 && !nativeSide ? Architecture.X86 : written;
        RegionTable regions = regions();
        remarkPlatform(system);
        Optional<MiscInfo> misc = dump.miscInfo();
        long processId = misc.map(MiscInfo::processId).orElse(OptionalLong.empty()).orElse(0);
        Optional<ExceptionEntry> exception = dump.exception();
        var threads =
                new ThreadLoader(dump, problems, memory, regions, written, shown, processId)
                        .load(entries, exception);
        List<LoadedModule> side = wow64 ? Wow64.side(modules, memory, shown) : modules;
        ProcessInfo process =
                new ProcessFacts(dump, memory, shown, side).of(threads, misc, system.platform());
        return new DumpContents(
                "minidump",
                shown,
                wow64,
                memory,
                threads,
                side,
                unloadedModules(),
                exception.flatMap(e -> exception(e, process, written)),
                regions,
                system,
                process,
                HandleTable.of(dump, written),
                shown == written ? dynamicFunctions() : List.of(),
                dump.assertion().map(MinidumpLoader::assertion),
                new MinidumpFacts(dump, modules).list(),
                streams(),
                Optional.empty(),
                Optional.empty());
    }

    /** A file of which only the header can be read is an error, not an empty target. */
    private void refuseIfNothingIsLeft(
            Optional<SystemInfoEntry> info,
            SparseMemory memory,
            List<ThreadEntry> threads,
            List<LoadedModule> modules) {
        if (info.isPresent()
                || !memory.isEmpty()
                || !threads.isEmpty()
                || !modules.isEmpty()
                || dump.exception().isPresent()) {
            return;
        }
        List<Diagnostic> list = problems.list();
        if (list.isEmpty()) {
            throw dump.file()
                    .error(
                            dump.header().directoryOffset(),
                            "none of the "
                                    + dump.streams().size()
                                    + " streams of this minidump can be shown");
        }
        String first = list.get(0).problem();
        String place = dump.file().source() + "+0x";
        boolean placed = first.startsWith(place) && first.indexOf(": ") > 0;
        int end = placed ? first.indexOf(": ") : 0;
        throw new FormatException(
                dump.file().source(),
                placed ? Long.parseUnsignedLong(first, place.length(), end, 16) : 0,
                list.get(0).subject() + ": " + (placed ? first.substring(end + 2) : first));
    }

    private Architecture architecture(Optional<SystemInfoEntry> info, List<ThreadEntry> threads) {
        if (info.isPresent()) {
            int processor = info.get().processor();
            Optional<Architecture> known = SystemFacts.architecture(processor);
            if (known.isPresent()) {
                return known.get();
            }
            problems.add(
                    "system info",
                    "registers of " + SystemFacts.processorName(processor) + " cannot be shown");
        }
        for (ThreadEntry thread : threads) {
            switch ((int) thread.context().sizeBytes()) {
                case 716 -> {
                    return Architecture.X86;
                }
                case 912, 796 -> {
                    return Architecture.ARM64;
                }
                case 416, 368 -> {
                    return Architecture.ARM;
                }
                default -> {}
            }
        }
        return Architecture.X64;
    }

    private SparseMemory memory(List<ThreadEntry> threads) {
        SparseMemory.Builder lists = lists();
        SparseMemory memory = lists.build();
        boolean missing = false;
        for (ThreadEntry thread : threads) {
            missing |= hasOwnStack(thread) && !memory.contains(thread.stackVa());
        }
        SparseMemory.Builder all = lists;
        if (missing) {
            // Older writers leave the stacks out of the memory list.
            all = lists();
            for (ThreadEntry thread : threads) {
                if (hasOwnStack(thread)) {
                    all.add(
                            thread.stackVa(),
                            thread.stack().sizeBytes(),
                            thread.stack().fileOffset());
                }
            }
            memory = all.build();
        }
        if (all.cutBytes() > 0) {
            problems.add(
                    "memory", all.cutBytes() + " bytes of memory are behind the end of the file");
        }
        return memory;
    }

    private SparseMemory.Builder lists() {
        SparseMemory.Builder builder = SparseMemory.builder(dump.file());
        dump.forEachMemory64(range -> add(builder, range));
        for (MemoryRange range : dump.memory()) {
            add(builder, range);
        }
        return builder;
    }

    private static void add(SparseMemory.Builder builder, MemoryRange range) {
        builder.add(range.va(), range.sizeBytes(), range.fileOffset());
    }

    /** Dumps of all memory give a stack's address and size but no place in the file. */
    private static boolean hasOwnStack(ThreadEntry thread) {
        return thread.stack().fileOffset() != 0 && !thread.stack().isEmpty();
    }

    private List<LoadedModule> modules(SparseMemory memory, Platform platform) {
        var identity = new ImageIdentity(memory, images, problems);
        var modules = new ArrayList<LoadedModule>();
        for (ModuleEntry entry : dump.modules()) {
            String path = dump.string(entry.nameOffset(), "module list");
            var module =
                    new LoadedModule(
                            entry.range(),
                            path,
                            entry.timestamp(),
                            entry.checksum(),
                            entry.version().map(FixedFileInfo::file),
                            pdb(entry, path));
            boolean complete = module.pdb().isPresent() && module.version().isPresent();
            modules.add(
                    complete || platform != Platform.WINDOWS ? module : identity.complete(module));
        }
        return modules;
    }

    private Optional<PdbId> pdb(ModuleEntry entry, String path) {
        Optional<PdbId> known = identities.get(entry.codeView());
        if (known != null) {
            return known;
        }
        Optional<PdbId> pdb = readPdb(entry, path);
        identities.put(entry.codeView(), pdb);
        return pdb;
    }

    private Optional<PdbId> readPdb(ModuleEntry entry, String path) {
        try {
            return entry.pdb(dump.file())
                    .map(
                            id ->
                                    id.fileName().isEmpty()
                                            ? PdbId.rsds(
                                                    LoadedModule.baseName(path),
                                                    id.guid(),
                                                    id.age())
                                            : id);
        } catch (FormatException e) {
            problems.add(LoadedModule.baseName(path), "CodeView record: " + e.getMessage());
            return Optional.empty();
        }
    }

    private List<UnloadedModule> unloadedModules() {
        var unloaded = new ArrayList<UnloadedModule>();
        for (UnloadedModuleEntry entry : dump.unloadedModules()) {
            unloaded.add(
                    new UnloadedModule(
                            entry.range(),
                            dump.string(entry.nameOffset(), "unloaded module list"),
                            entry.timestamp(),
                            entry.checksum()));
        }
        return List.copyOf(unloaded);
    }

    private List<DynamicFunctions> dynamicFunctions() {
        var tables = new ArrayList<DynamicFunctions>();
        for (FunctionTableEntry entry : dump.functionTables()) {
            AddressRange range = AddressRange.between(entry.minimumVa(), entry.maximumVa());
            if (!range.isEmpty()) {
                tables.add(new DynamicFunctions(range, entry.baseVa(), entry.entries()));
            }
        }
        return List.copyOf(tables);
    }

    private RegionTable regions() {
        var regions = new ArrayList<MemoryRegion>();
        for (MemoryInfoEntry entry : dump.memoryInfo()) {
            regions.add(
                    RegionTable.region(
                            entry.va(),
                            entry.sizeBytes(),
                            entry.allocationVa(),
                            entry.allocationProtection(),
                            entry.state(),
                            entry.protection(),
                            entry.type()));
        }
        return new RegionTable(regions);
    }

    /**
     * The exception in plain words. Addresses of 32-bit targets are cut to 32 bits: some writers
     * extend their sign.
     */
    private static Optional<TargetException> exception(
            ExceptionEntry entry, ProcessInfo process, Architecture written) {
        if (entry.threadId() == 0 && entry.code() == 0 && entry.address() == 0) {
            return Optional.empty();
        }
        long mask = written.addressMask();
        return Optional.of(
                new TargetException(
                        new ThreadRef(process.processId().orElse(0), entry.threadId()),
                        entry.code(),
                        entry.flags(),
                        entry.address() & mask,
                        entry.nestedVa() == 0
                                ? OptionalLong.empty()
                                : OptionalLong.of(entry.nestedVa() & mask),
                        entry.parameters().stream().map(p -> p & mask).toList()));
    }

    private static Assertion assertion(AssertionEntry entry) {
        Assertion.Kind kind =
                switch ((int) entry.type()) {
                    case 1 -> Assertion.Kind.INVALID_PARAMETER;
                    case 2 -> Assertion.Kind.PURE_VIRTUAL_CALL;
                    default -> Assertion.Kind.UNKNOWN;
                };
        return new Assertion(
                kind, entry.expression(), entry.function(), entry.file(), entry.line());
    }

    private void remarkPlatform(SystemInfo system) {
        Platform platform = system.platform();
        if (platform != Platform.WINDOWS && platform != Platform.UNKNOWN) {
            problems.add(
                    "minidump",
                    "not from Windows ("
                            + platform.name().toLowerCase(Locale.ROOT)
                            + "): what its streams say is shown");
        }
    }

    private List<DumpStream> streams() {
        var streams = new ArrayList<DumpStream>();
        Map<Long, Integer> seen = new HashMap<>();
        for (StreamEntry entry : dump.streams()) {
            if (entry.number() != 0 && seen.merge(entry.number(), 1, Integer::sum) == 2) {
                problems.add(entry.title(), "more than one stream of this kind: the first counts");
            }
            streams.add(
                    new DumpStream(
                            entry.number(),
                            entry.title(),
                            entry.location().fileOffset(),
                            entry.location().sizeBytes()));
        }
        return List.copyOf(streams);
    }
}
