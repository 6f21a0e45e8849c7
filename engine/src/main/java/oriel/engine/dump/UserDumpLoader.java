package oriel.engine.dump;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import oriel.bytes.Bytes;
import oriel.format.minidump.ProcessorContext;
import oriel.format.minidump.XstateLayout;
import oriel.format.pe.Machine;
import oriel.format.userdump.UserDump;
import oriel.format.userdump.UserDumpEvent;
import oriel.format.userdump.UserDumpHeader;
import oriel.format.userdump.UserDumpModule;
import oriel.format.userdump.UserDumpThread;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.LoadedModule;
import oriel.model.MemoryRegion;
import oriel.model.ProcessInfo;
import oriel.model.RegisterSet;
import oriel.model.SystemInfo;
import oriel.model.SystemInfo.Platform;
import oriel.model.TargetException;
import oriel.model.ThreadRef;

/** Makes the contents of a target out of a legacy full user dump. Used once. */
final class UserDumpLoader {
    private final Bytes file;
    private final UserDump dump;
    private final Problems problems;
    private final ImageFinder images;
    private final boolean nativeSide;

    UserDumpLoader(Bytes file, Problems problems, ImageFinder images, boolean nativeSide) {
        this.nativeSide = nativeSide;
        this.file = file;
        this.problems = problems;
        this.images = images;
        this.dump = UserDump.of(file, problems::add);
    }

    DumpContents load() {
        UserDumpHeader header = dump.header();
        Architecture written =
                Machine.of(header.machine())
                        .flatMap(Machine::architecture)
                        .orElseThrow(
                                () ->
                                        file.error(
                                                16,
                                                "full user dump of machine 0x"
                                                        + Integer.toHexString(header.machine())
                                                        + ", which cannot be shown"));
        var regions = new ArrayList<MemoryRegion>();
        SparseMemory memory = memory(regions);
        var table = new RegionTable(regions);
        Optional<UserDumpEvent> event = dump.event();
        long processId = event.map(UserDumpEvent::processId).orElse(0L);
        List<LoadedModule> all = modules(memory);
        boolean wow64 = written == Architecture.X64 && Wow64.isLoaded(all);
        Architecture architecture = wow64 && !nativeSide ? Architecture.X86 : written;
        List<LoadedModule> modules = wow64 ? Wow64.side(all, memory, architecture) : all;
        List<DumpThread> threads = threads(written, architecture, memory, table, processId);
        return new DumpContents(
                header.is64() ? "full user dump (USERDU64)" : "full user dump (USERDUMP)",
                architecture,
                wow64,
                memory,
                threads,
                modules,
                List.of(),
                event.flatMap(this::exception),
                table,
                system(memory, written, architecture, threads),
                process(memory, architecture, threads, modules, event),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                streams(header),
                Optional.empty(),
                Optional.empty());
    }

    private SparseMemory memory(List<MemoryRegion> regions) {
        SparseMemory.Builder builder = SparseMemory.builder(file);
        dump.forEachRegion(
                region -> {
                    builder.add(region.va(), region.sizeBytes(), region.fileOffset());
                    regions.add(
                            RegionTable.region(
                                    region.va(),
                                    region.sizeBytes(),
                                    region.allocationVa(),
                                    region.allocationProtection(),
                                    region.state(),
                                    region.protection(),
                                    region.type()));
                });
        if (builder.cutBytes() > 0) {
            problems.add(
                    "memory",
                    builder.cutBytes() + " bytes of memory are behind the end of the file");
        }
        return builder.build();
    }

    private List<DumpThread> threads(
            Architecture written,
            Architecture architecture,
            SparseMemory memory,
            RegionTable regions,
            long processId) {
        var blocks = new ProcessBlocks(memory, architecture);
        var threads = new ArrayList<DumpThread>();
        for (UserDumpThread entry : dump.threads(contextSize(written))) {
            Optional<RegisterSet> registers =
                    ProcessorContext.read(entry.context(), written, XstateLayout.NONE)
                            .map(ProcessorContext::registers);
            if (registers.isEmpty()) {
                problems.add("thread " + entry.threadId(), "has no context of " + written);
            }
            Optional<RegisterSet> other = Optional.empty();
            long teb = entry.tebVa();
            if (architecture != written) {
                other = registers;
                registers = registers.flatMap(wide -> Wow64.registers(memory, entry.tebVa(), wide));
                if (registers.isEmpty()) {
                    problems.add(
                            "thread " + entry.threadId(),
                            "its 32-bit registers are not in the dump");
                }
                teb = Wow64.teb32(memory, teb).orElse(0);
            }
            AddressRange stack = AddressRange.EMPTY;
            OptionalLong sp = registers.map(RegisterSet::sp).orElse(OptionalLong.empty());
            if (sp.isPresent()) {
                OptionalLong base = blocks.stackBase(teb, sp.getAsLong());
                long end =
                        base.orElseGet(
                                () ->
                                        regions.at(sp.getAsLong())
                                                .map(region -> region.range().end())
                                                .orElse(sp.getAsLong()));
                stack = AddressRange.between(sp.getAsLong(), end);
            }
            threads.add(
                    new DumpThread(
                            new ThreadRef(processId, entry.threadId()),
                            registers.orElseGet(() -> RegisterSet.unknown(architecture)),
                            other,
                            Optional.empty(),
                            stack,
                            teb == 0 ? OptionalLong.empty() : OptionalLong.of(teb),
                            OptionalLong.empty(),
                            OptionalInt.of((int) entry.suspendCount()),
                            OptionalInt.of(entry.priority()),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()));
        }
        return List.copyOf(threads);
    }

    private static int contextSize(Architecture architecture) {
        return switch (architecture) {
            case X86 -> 716;
            case X64 -> 1232;
            case ARM -> 416;
            case ARM64 -> 912;
        };
    }

    /** The list has names and sizes only: the rest is in the headers of the images in memory. */
    private List<LoadedModule> modules(SparseMemory memory) {
        var identity = new ImageIdentity(memory, images, problems);
        var modules = new ArrayList<LoadedModule>();
        for (UserDumpModule entry : dump.modules()) {
            modules.add(
                    identity.complete(
                            new LoadedModule(
                                    new AddressRange(entry.baseVa(), entry.sizeBytes()),
                                    entry.path(),
                                    0,
                                    0,
                                    Optional.empty(),
                                    Optional.empty())));
        }
        return modules;
    }

    private Optional<TargetException> exception(UserDumpEvent event) {
        return event.exception()
                .map(
                        e ->
                                new TargetException(
                                        new ThreadRef(event.processId(), event.threadId()),
                                        e.code(),
                                        e.flags(),
                                        e.address(),
                                        e.nestedVa() == 0
                                                ? OptionalLong.empty()
                                                : OptionalLong.of(e.nestedVa()),
                                        e.parameters()));
    }

    private static SystemInfo system(
            SparseMemory memory,
            Architecture machine,
            Architecture architecture,
            List<DumpThread> threads) {
        return new SystemInfo(
                Platform.WINDOWS,
                new ProcessBlocks(memory, architecture).systemVersion(threads),
                "",
                Optional.empty(),
                Optional.of(machine),
                OptionalInt.empty(),
                "");
    }

    private ProcessInfo process(
            SparseMemory memory,
            Architecture architecture,
            List<DumpThread> threads,
            List<LoadedModule> modules,
            Optional<UserDumpEvent> event) {
        var blocks = new ProcessBlocks(memory, architecture);
        OptionalLong peb = blocks.peb(threads);
        String first = modules.isEmpty() ? "" : modules.get(0).path();
        return new ProcessInfo(
                event.isPresent() ? OptionalLong.of(event.get().processId()) : OptionalLong.empty(),
                peb.isPresent() ? blocks.imagePath(peb.getAsLong()).orElse(first) : first,
                peb.isPresent() ? blocks.commandLine(peb.getAsLong()) : Optional.empty(),
                peb.isPresent() ? blocks.environment(peb.getAsLong()) : List.of(),
                peb,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static List<DumpStream> streams(UserDumpHeader header) {
        var streams = new ArrayList<DumpStream>();
        stream(streams, 0, "contexts", header.contextsOffset());
        stream(streams, 1, "modules", header.modulesOffset());
        stream(streams, 2, "memory", header.dataOffset());
        stream(streams, 3, "memory regions", header.regionsOffset());
        stream(streams, 4, "debug event", header.debugEventOffset());
        stream(streams, 5, "threads", header.threadsOffset());
        stream(streams, 6, "version information", header.versionOffset());
        return streams;
    }

    private static void stream(List<DumpStream> into, int number, String title, long offset) {
        if (offset != 0) {
            into.add(new DumpStream(number, title, offset, 0));
        }
    }
}
