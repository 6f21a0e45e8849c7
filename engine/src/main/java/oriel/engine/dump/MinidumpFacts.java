package oriel.engine.dump;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.format.minidump.CrashpadInfo;
import oriel.format.minidump.FunctionTableEntry;
import oriel.format.minidump.HandleOperation;
import oriel.format.minidump.Minidump;
import oriel.format.minidump.MiscInfo;
import oriel.format.minidump.StreamType;
import oriel.format.minidump.SystemMemoryInfo;
import oriel.format.minidump.TimeZoneEntry;
import oriel.format.minidump.TokenContents;
import oriel.format.minidump.TokenEntry;
import oriel.format.minidump.VmCounters;
import oriel.model.Annotation;
import oriel.model.LoadedModule;

/** What the smaller streams of a minidump tell, as remarks for a reader. */
final class MinidumpFacts {
    private static final int HIGHEST_MHZ = 1_000_000;
    private static final int MOST_BAD_REFERENCES = 5;
    private static final int MOST_ADDRESSES = 6;

    private final Minidump dump;
    private final List<LoadedModule> modules;
    private final List<Annotation> list = new ArrayList<>();

    MinidumpFacts(Minidump dump, List<LoadedModule> modules) {
        this.dump = dump;
        this.modules = modules;
    }

    List<Annotation> list() {
        for (String comment : dump.comments()) {
            add("comment", "", comment);
        }
        dump.miscInfo().ifPresent(this::misc);
        dump.vmCounters().ifPresent(this::memory);
        dump.systemMemory().ifPresent(this::machineMemory);
        dump.crashpadInfo().ifPresent(this::crashpad);
        dump.breakpadInfo()
                .ifPresent(
                        info -> {
                            thread("dump thread", info.dumpThreadId());
                            thread("requesting thread", info.requestingThreadId());
                        });
        for (TokenEntry token : dump.tokens()) {
            token(token);
        }
        handleOperations();
        for (FunctionTableEntry table : dump.functionTables()) {
            add(
                    "dynamic code",
                    Long.toHexString(table.minimumVa()) + "-" + Long.toHexString(table.maximumVa()),
                    table.entryCount() + " functions with unwind data");
        }
        text("linux", "release", StreamType.LINUX_LSB_RELEASE);
        text("linux", "limits", StreamType.MOZ_LINUX_LIMITS);
        text("dump writer", "errors", StreamType.MOZ_SOFT_ERRORS);
        return list;
    }

    private void token(TokenEntry token) {
        Optional<TokenContents> contents = token.contents();
        if (contents.isEmpty()) {
            add("token", "of process or thread " + token.id(), token.data().size() + " bytes");
            return;
        }
        String of = " of " + token.id();
        add("token", "user" + of, TokenText.user(contents.get()));
        add("token", "groups" + of, TokenText.groups(contents.get()));
        if (!contents.get().privileges().isEmpty()) {
            add("token", "enabled privileges" + of, TokenText.enabled(contents.get().privileges()));
        }
    }

    /** Application Verifier's record of handles: how many, and what went wrong. */
    private void handleOperations() {
        List<HandleOperation> operations = dump.handleOperations();
        if (operations.isEmpty()) {
            return;
        }
        add("handle trace", "operations", Integer.toString(operations.size()));
        int shown = 0;
        for (HandleOperation operation : operations) {
            if (operation.kind() == HandleOperation.Kind.BAD_REFERENCE) {
                badReference(operation);
                if (++shown == MOST_BAD_REFERENCES) {
                    return;
                }
            }
        }
    }

    private void badReference(HandleOperation operation) {
        var text = new StringBuilder("by thread ").append(operation.threadId());
        for (int i = 0; i < operation.returnVas().size() && i < MOST_ADDRESSES; i++) {
            text.append(i == 0 ? " from " : " <- ")
                    .append(Long.toHexString(operation.returnVas().get(i)));
        }
        add("handle trace", "bad handle " + Long.toHexString(operation.handle()), text.toString());
    }

    private void misc(MiscInfo misc) {
        misc.buildString().ifPresent(build -> add("system", "build", build));
        misc.debuggerBuild().ifPresent(build -> add("dump writer", "build", build));
        frequency("CPU frequency", misc.currentMhz());
        frequency("highest CPU frequency", misc.maxMhz());
        misc.timeZone().ifPresent(zone -> add("system", "time zone", zone(zone)));
        misc.integrityLevel()
                .ifPresent(level -> add("process", "integrity level", integrity(level)));
        misc.executeFlags()
                .ifPresent(flags -> add("process", "data execution prevention", dep(flags)));
        misc.protectedProcess()
                .filter(is -> is)
                .ifPresent(is -> add("process", "protection", "protected process"));
        misc.processCookie()
                .ifPresent(cookie -> add("process", "cookie", Long.toHexString(cookie)));
    }

    private void memory(VmCounters counters) {
        add("memory", "page faults", Long.toString(counters.pageFaults()));
        bytes("memory", "working set", counters.workingSet());
        bytes("memory", "peak working set", counters.peakWorkingSet());
        bytes("memory", "committed", counters.pagefile());
        bytes("memory", "peak committed", counters.peakPagefile());
        counters.privateUsage().ifPresent(size -> bytes("memory", "private", size));
        counters.virtualSize().ifPresent(size -> bytes("memory", "address space", size));
        counters.peakVirtualSize().ifPresent(size -> bytes("memory", "peak address space", size));
        counters.privateWorkingSet()
                .ifPresent(size -> bytes("memory", "private working set", size));
        counters.sharedCommit().ifPresent(size -> bytes("memory", "shared", size));
        bytes("memory", "paged pool", counters.pagedPool());
        bytes("memory", "nonpaged pool", counters.nonPagedPool());
    }

    private void machineMemory(SystemMemoryInfo info) {
        long page = info.pageSizeBytes();
        add("machine memory", "page size", Long.toString(page));
        bytes("machine memory", "physical", info.physicalPages() * page);
        info.commit()
                .ifPresent(
                        commit -> {
                            bytes("machine memory", "available", commit.available() * page);
                            bytes("machine memory", "committed", commit.committed() * page);
                            bytes("machine memory", "commit limit", commit.limit() * page);
                            bytes("machine memory", "peak committed", commit.peak() * page);
                        });
    }

    private void crashpad(CrashpadInfo info) {
        add("crashpad", "report id", info.reportId().toString());
        add("crashpad", "client id", info.clientId().toString());
        for (CrashpadInfo.KeyValue pair : info.annotations()) {
            add("crashpad", pair.key(), pair.value());
        }
        for (CrashpadInfo.Module module : info.modules()) {
            long index = module.moduleIndex();
            String group =
                    index < modules.size()
                            ? "crashpad " + modules.get((int) index).name()
                            : "crashpad module " + index;
            for (String remark : module.remarks()) {
                add(group, "", remark);
            }
            for (CrashpadInfo.KeyValue pair : module.annotations()) {
                add(group, pair.key(), pair.value());
            }
        }
    }

    /** Some writers put 0, or Hz. */
    private void frequency(String name, OptionalLong mhz) {
        long value = mhz.orElse(0);
        if (value > 0 && value < HIGHEST_MHZ) {
            add("system", name, value + " MHz");
        }
    }

    private static String zone(TimeZoneEntry zone) {
        boolean daylight = zone.state() == 2;
        int bias =
                zone.biasMinutes()
                        + (daylight ? zone.daylightBiasMinutes() : zone.standardBiasMinutes());
        int ahead = Math.abs(bias);
        String minutes = ahead % 60 < 10 ? "0" + ahead % 60 : "" + ahead % 60;
        return (daylight ? zone.daylightName() : zone.standardName())
                + " (UTC"
                + (bias > 0 ? "-" : "+")
                + ahead / 60
                + ":"
                + minutes
                + ")";
    }

    /** SECURITY_MANDATORY_*_RID. */
    private static String integrity(long level) {
        if (level >= 0x4000) {
            return "system";
        }
        if (level >= 0x3000) {
            return "high";
        }
        if (level >= 0x2000) {
            return level >= 0x2100 ? "medium plus" : "medium";
        }
        return level >= 0x1000 ? "low" : "untrusted";
    }

    /** MEM_EXECUTE_OPTION_*: bit 0 forbids to execute data, bit 1 allows it. */
    private static String dep(long flags) {
        String permanent = (flags & 8) != 0 ? ", permanently" : "";
        return ((flags & 2) != 0 ? "off" : "on") + permanent;
    }

    private void text(String group, String name, StreamType type) {
        dump.text(type).ifPresent(value -> add(group, name, value.strip()));
    }

    private void thread(String name, OptionalLong id) {
        id.ifPresent(n -> add("breakpad", name, Long.toString(n)));
    }

    /** A number of bytes, in full and in the unit that suits it. */
    private void bytes(String group, String name, long size) {
        add(group, name, size + (size >= 10_240 ? " (" + rounded(size) + ")" : ""));
    }

    private static String rounded(long size) {
        long megabytes = size >>> 20;
        if (megabytes == 0) {
            return (size >>> 10) + " KB";
        }
        if (megabytes < 10) {
            return megabytes + "." + ((size & 0xfffff) * 10 >>> 20) + " MB";
        }
        return megabytes < 10_240 ? megabytes + " MB" : (megabytes >>> 10) + " GB";
    }

    private void add(String group, String name, String value) {
        list.add(new Annotation(group, name, value));
    }
}
