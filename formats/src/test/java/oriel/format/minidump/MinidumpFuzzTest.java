package oriel.format.minidump;

import com.code_intelligence.jazzer.junit.FuzzTest;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.model.Architecture;

class MinidumpFuzzTest {
    /** Records of a table that are looked at: the reader is the same for all. */
    private static final int SOME = 1000;

    @FuzzTest
    void everyStreamOfAnyBytesIsReadOrTold(byte[] data) {
        Minidump dump;
        try {
            dump = Minidump.of(Bytes.of(data, "fuzz.dmp"), problem -> {});
        } catch (FormatException refused) {
            return;
        }
        dump.systemInfo();
        dump.miscInfo()
                .ifPresent(
                        misc -> {
                            misc.timeZone();
                            misc.buildString();
                            misc.xstate().feature(11);
                        });
        XstateLayout layout = dump.miscInfo().map(MiscInfo::xstate).orElse(XstateLayout.NONE);
        dump.threads().stream().limit(SOME).forEach(thread -> context(dump, thread, layout));
        dump.threadInfo().stream().limit(SOME).forEach(ThreadInfoEntry::isValid);
        dump.threadNames().stream().limit(SOME).forEach(n -> dump.string(n.nameOffset(), "name"));
        dump.modules().stream()
                .limit(SOME)
                .forEach(
                        module -> {
                            try {
                                module.pdb(dump.file());
                            } catch (FormatException told) {
                                dump.string(module.nameOffset(), "name");
                            }
                            module.miscName(dump.file());
                        });
        dump.unloadedModules().stream().limit(SOME).forEach(UnloadedModuleEntry::range);
        dump.memory().stream().limit(SOME).forEach(MemoryRange::va);
        dump.forEachMemory64(range -> {});
        dump.memoryInfo().stream().limit(SOME).forEach(MemoryInfoEntry::va);
        dump.handles().stream().limit(SOME).forEach(handle -> handle.objectInfo(dump.file()));
        dump.exception();
        dump.functionTables();
        dump.tokens().forEach(TokenEntry::contents);
        dump.handleOperations().forEach(HandleOperation::returnVas);
        dump.vmCounters();
        dump.systemMemory();
        dump.breakpadInfo();
        dump.assertion();
        dump.crashpadInfo();
        dump.comments();
        dump.text(StreamType.LINUX_MAPS);
    }

    private static void context(Minidump dump, ThreadEntry thread, XstateLayout layout) {
        Location at = thread.context();
        if (dump.file().contains(at.fileOffset(), at.sizeBytes())) {
            for (Architecture architecture : Architecture.values()) {
                ProcessorContext.read(at.in(dump.file()), architecture, layout);
            }
        }
    }
}
