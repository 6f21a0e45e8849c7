package oriel.engine.dump;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import oriel.model.Architecture;
import oriel.model.ContextLayout;
import oriel.model.HandleInfo;
import oriel.model.LoadedModule;
import oriel.model.MemoryRegion;
import oriel.model.ModuleVersion;
import oriel.model.PdbId;
import oriel.model.ProcessInfo;
import oriel.model.RegisterSet;
import oriel.model.SystemInfo;
import oriel.model.Target;
import oriel.model.TargetException;
import oriel.model.TargetThread;
import oriel.model.UnloadedModule;

/** Writes the small streams of a minidump, each as minidumpapiset.h lays it out. */
final class MinidumpStreams {
    private static final int MODULES = 4;
    private static final int EXCEPTION = 6;
    private static final int SYSTEM = 7;
    private static final int HANDLES = 12;
    private static final int UNLOADED = 14;
    private static final int MISC = 15;
    private static final int MEMORY_INFO = 16;
    private static final int THREAD_INFO = 17;
    private static final int THREAD_NAMES = 24;
    private static final int STILL_ACTIVE = 259;

    private final Target target;
    private final DumpBuffer out;
    private final DumpDirectory directory;

    MinidumpStreams(Target target, DumpBuffer out, DumpDirectory directory) {
        this.target = target;
        this.out = out;
        this.directory = directory;
    }

    // --- system and process -------------------------------------------------------------------

    void system() {
        SystemInfo system = target.system();
        int servicePack = out.string(system.servicePack());
        int[] version = version(system.version());
        int start = directory.begin(out, SYSTEM);
        out.u16(MinidumpWriter.processor(target.architecture())).u16(6).u16(0);
        out.u8(Math.min(255, system.processors().orElse(1)));
        out.u8(
                switch (system.product().orElse("")) {
                    case "domain controller" -> 2;
                    case "server" -> 3;
                    default -> 1;
                });
        out.u32(version[0]).u32(version[1]).u32(version[2]).u32(2).u32(servicePack);
        out.u16(0).u16(0).zeros(24);
        directory.end(out, start);
    }

    private static int[] version(String text) {
        var numbers = new int[3];
        String[] parts = text.split("\\.", -1);
        for (int i = 0; i < Math.min(3, parts.length); i++) {
            try {
                numbers[i] = Integer.parseInt(parts[i]);
            } catch (NumberFormatException e) {
                numbers[i] = 0;
            }
        }
        return numbers;
    }

    void misc() {
        ProcessInfo process = target.process();
        boolean times = process.created().isPresent();
        int start = directory.begin(out, MISC);
        out.u32(24).u32((process.processId().isPresent() ? 1 : 0) | (times ? 2 : 0));
        out.u32(process.processId().orElse(0));
        out.u32(process.created().map(Instant::getEpochSecond).orElse(0L));
        out.u32(process.userTime().map(Duration::toSeconds).orElse(0L));
        out.u32(process.kernelTime().map(Duration::toSeconds).orElse(0L));
        directory.end(out, start);
    }

    // --- threads ------------------------------------------------------------------------------

    /** Bytes of each context. */
    int contextSize() {
        return target.architecture() == Architecture.ARM
                ? 0
                : ContextLayout.of(target.architecture()).sizeBytes();
    }

    /** Writes the contexts of threads. Returns where each lies. */
    int[] contexts(List<? extends TargetThread> threads) {
        var places = new int[threads.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = context(threads.get(i).registers());
        }
        return places;
    }

    private int context(RegisterSet registers) {
        if (contextSize() == 0) {
            return 0;
        }
        out.align(16);
        int place = out.at();
        out.bytes(ContextLayout.of(target.architecture()).context(registers));
        return place;
    }

    void exception() {
        if (target.exception().isEmpty()) {
            return;
        }
        TargetException exception = target.exception().get();
        RegisterSet registers =
                target.thread(exception.thread().threadId())
                        .map(TargetThread::registers)
                        .orElse(RegisterSet.unknown(target.architecture()));
        int context = context(registers);
        int start = directory.begin(out, EXCEPTION);
        out.u32(exception.thread().threadId()).u32(0);
        out.u32(exception.code()).u32(exception.flags());
        out.u64(exception.nested().orElse(0)).u64(exception.address());
        out.u32(exception.parameters().size()).u32(0);
        for (int i = 0; i < 15; i++) {
            out.u64(i < exception.parameters().size() ? exception.parameters().get(i) : 0);
        }
        out.u32(contextSize()).u32(context);
        directory.end(out, start);
    }

    void threadInfo() {
        List<? extends TargetThread> threads = target.threads();
        int start = directory.begin(out, THREAD_INFO);
        out.u32(12).u32(64).u32(threads.size());
        for (TargetThread thread : threads) {
            out.u32(thread.ref().threadId()).u32(0).u32(0).u32(STILL_ACTIVE);
            out.u64(thread.created().map(Times::fileTime).orElse(0L)).u64(0);
            out.u64(thread.kernelTime().map(Times::units).orElse(0L));
            out.u64(thread.userTime().map(Times::units).orElse(0L));
            out.u64(thread.startVa().orElse(0)).u64(0);
        }
        directory.end(out, start);
        threadNames(threads);
    }

    private void threadNames(List<? extends TargetThread> threads) {
        var names = threads.stream().filter(t -> t.name().isPresent()).toList();
        if (names.isEmpty()) {
            return;
        }
        var places = new int[names.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = out.string(names.get(i).name().orElse(""));
        }
        int start = directory.begin(out, THREAD_NAMES);
        out.u32(places.length);
        for (int i = 0; i < places.length; i++) {
            out.u32(names.get(i).ref().threadId()).u64(places[i]);
        }
        directory.end(out, start);
    }

    // --- modules ------------------------------------------------------------------------------

    void modules() {
        List<LoadedModule> modules = target.modules();
        var names = new int[modules.size()];
        var records = new int[modules.size()];
        var sizes = new int[modules.size()];
        for (int i = 0; i < names.length; i++) {
            names[i] = out.string(modules.get(i).path());
            out.align(4);
            records[i] = out.at();
            modules.get(i).pdb().ifPresent(this::codeView);
            sizes[i] = out.at() - records[i];
        }
        int start = directory.begin(out, MODULES);
        out.u32(names.length);
        for (int i = 0; i < names.length; i++) {
            LoadedModule module = modules.get(i);
            out.u64(module.base()).u32(module.range().sizeBytes()).u32(module.checksum());
            out.u32(module.timestamp()).u32(names[i]);
            version(module);
            out.u32(sizes[i]).u32(sizes[i] == 0 ? 0 : records[i]).u32(0).u32(0).u64(0).u64(0);
        }
        directory.end(out, start);
    }

    private void version(LoadedModule module) {
        if (module.version().isEmpty()) {
            out.zeros(52);
            return;
        }
        ModuleVersion version = module.version().get();
        out.u32(0xfeef04bdL).u32(0x10000);
        for (int i = 0; i < 2; i++) {
            out.u16(version.minor()).u16(version.major());
            out.u16(version.revision()).u16(version.build());
        }
        out.u32(0x3f).zeros(24);
    }

    private void codeView(PdbId pdb) {
        String hex = pdb.guid().compact().toLowerCase(Locale.ROOT);
        if (pdb.kind() == PdbId.Kind.NB10) {
            out.u32(0x3031424e).u32(0).u32(Long.parseLong(hex.substring(0, 8), 16));
        } else {
            out.u32(0x53445352);
            out.u32(Long.parseLong(hex.substring(0, 8), 16));
            out.u16(Integer.parseInt(hex.substring(8, 12), 16));
            out.u16(Integer.parseInt(hex.substring(12, 16), 16));
            for (int i = 16; i < 32; i += 2) {
                out.u8(Integer.parseInt(hex.substring(i, i + 2), 16));
            }
        }
        out.u32(pdb.age());
        out.bytes(pdb.fileName().getBytes(StandardCharsets.UTF_8)).u8(0);
    }

    void unloadedModules() {
        List<UnloadedModule> modules = target.unloadedModules();
        if (modules.isEmpty()) {
            return;
        }
        var names = new int[modules.size()];
        for (int i = 0; i < names.length; i++) {
            names[i] = out.string(modules.get(i).name());
        }
        int start = directory.begin(out, UNLOADED);
        out.u32(12).u32(24).u32(names.length);
        for (int i = 0; i < names.length; i++) {
            UnloadedModule module = modules.get(i);
            out.u64(module.range().start()).u32(module.range().sizeBytes());
            out.u32(module.checksum()).u32(module.timestamp()).u32(names[i]);
        }
        directory.end(out, start);
    }

    // --- memory and handles -------------------------------------------------------------------

    void memoryInfo() {
        List<MemoryRegion> regions = target.regions();
        if (regions.isEmpty()) {
            return;
        }
        int start = directory.begin(out, MEMORY_INFO);
        out.u32(16).u32(48).u64(regions.size());
        for (MemoryRegion region : regions) {
            out.u64(region.range().start()).u64(region.allocationBase().orElse(0));
            out.u32(region.allocationProtection()).u32(0).u64(region.range().sizeBytes());
            out.u32(
                    switch (region.state()) {
                        case COMMITTED -> 0x1000;
                        case RESERVED -> 0x2000;
                        case FREE -> 0x10000;
                    });
            out.u32(region.protection());
            out.u32(
                    switch (region.type()) {
                        case PRIVATE -> 0x20000;
                        case MAPPED -> 0x40000;
                        case IMAGE -> 0x1000000;
                        case UNKNOWN -> 0;
                    });
            out.u32(0);
        }
        directory.end(out, start);
    }

    void handles() {
        List<HandleInfo> handles = target.handles();
        if (handles.isEmpty()) {
            return;
        }
        var types = new int[handles.size()];
        var names = new int[handles.size()];
        for (int i = 0; i < types.length; i++) {
            HandleInfo handle = handles.get(i);
            types[i] = handle.typeName().isEmpty() ? 0 : out.string(handle.typeName());
            names[i] = handle.objectName().isEmpty() ? 0 : out.string(handle.objectName());
        }
        int start = directory.begin(out, HANDLES);
        out.u32(16).u32(32).u32(types.length).u32(0);
        for (int i = 0; i < types.length; i++) {
            HandleInfo handle = handles.get(i);
            out.u64(handle.value()).u32(types[i]).u32(names[i]);
            out.u32(handle.attributes()).u32(handle.grantedAccess());
            out.u32(handle.handleCount()).u32(handle.pointerCount());
        }
        directory.end(out, start);
    }

    void own(DumpPlan.Own stream) {
        int start = directory.begin(out, stream.kind());
        out.bytes(stream.bytes());
        directory.end(out, start);
    }
}
