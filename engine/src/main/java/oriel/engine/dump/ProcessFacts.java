package oriel.engine.dump;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.format.minidump.Minidump;
import oriel.format.minidump.MiscInfo;
import oriel.format.minidump.StreamType;
import oriel.model.Architecture;
import oriel.model.LoadedModule;
import oriel.model.ProcessInfo;
import oriel.model.SystemInfo.Platform;

/** Brings together what a minidump says about its process. */
final class ProcessFacts {
    private final Minidump dump;
    private final ProcessBlocks blocks;
    private final List<LoadedModule> modules;

    ProcessFacts(
            Minidump dump, SparseMemory memory, Architecture shown, List<LoadedModule> modules) {
        this.dump = dump;
        this.blocks = new ProcessBlocks(memory, shown);
        this.modules = modules;
    }

    ProcessInfo of(List<DumpThread> threads, Optional<MiscInfo> misc, Platform platform) {
        boolean linux = platform == Platform.LINUX || platform == Platform.ANDROID;
        OptionalLong peb = linux ? OptionalLong.empty() : blocks.peb(threads);
        OptionalLong id = misc.map(MiscInfo::processId).orElse(OptionalLong.empty());
        String first = modules.isEmpty() ? "" : modules.get(0).path();
        return new ProcessInfo(
                id.isPresent() || !linux ? id : linuxProcessId(),
                peb.isPresent() ? blocks.imagePath(peb.getAsLong()).orElse(first) : first,
                linux ? linuxCommandLine() : commandLine(peb),
                linux ? linuxEnvironment() : environment(peb),
                peb,
                misc.flatMap(m -> epoch(m.createTime())),
                written(),
                misc.flatMap(m -> seconds(m.userSeconds())),
                misc.flatMap(m -> seconds(m.kernelSeconds())));
    }

    private Optional<Instant> written() {
        return Times.epoch(dump.header().timestamp());
    }

    private Optional<String> commandLine(OptionalLong peb) {
        return peb.isPresent() ? blocks.commandLine(peb.getAsLong()) : Optional.empty();
    }

    private List<String> environment(OptionalLong peb) {
        return peb.isPresent() ? blocks.environment(peb.getAsLong()) : List.of();
    }

    private static Optional<Instant> epoch(OptionalLong seconds) {
        return seconds.isPresent() ? Times.epoch(seconds.getAsLong()) : Optional.empty();
    }

    private static Optional<Duration> seconds(OptionalLong seconds) {
        return seconds.isPresent()
                ? Optional.of(Duration.ofSeconds(seconds.getAsLong()))
                : Optional.empty();
    }

    private Optional<String> linuxCommandLine() {
        List<String> words = strings(StreamType.LINUX_CMD_LINE);
        return words.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", words));
    }

    private List<String> linuxEnvironment() {
        return strings(StreamType.LINUX_ENVIRON);
    }

    private OptionalLong linuxProcessId() {
        String status = dump.text(StreamType.LINUX_PROC_STATUS).orElse("");
        for (String line : status.split("\n", -1)) {
            if (line.startsWith("Pid:")) {
                String digits = line.substring(4).strip();
                boolean number = !digits.isEmpty() && digits.length() < 10;
                for (int i = 0; i < digits.length(); i++) {
                    number &= Character.isDigit(digits.charAt(i));
                }
                return number ? OptionalLong.of(Long.parseLong(digits)) : OptionalLong.empty();
            }
        }
        return OptionalLong.empty();
    }

    /** Strings with a NUL behind each. */
    private List<String> strings(StreamType type) {
        String text = dump.text(type).orElse("");
        var strings = new ArrayList<String>();
        int start = 0;
        for (int end = text.indexOf(0); end >= 0; end = text.indexOf(0, start)) {
            strings.add(text.substring(start, end));
            start = end + 1;
        }
        return strings;
    }
}
