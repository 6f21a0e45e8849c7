package oriel.engine.dump;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import oriel.engine.kernel.BugCheckEvidence;
import oriel.engine.kernel.DebuggerData;
import oriel.engine.kernel.DebuggerData.Offset;
import oriel.engine.kernel.Kernel;
import oriel.engine.kernel.KernelField;
import oriel.engine.kernel.KernelProcess;
import oriel.engine.kernel.KnownOffset;
import oriel.format.kdump.KernelDump;
import oriel.format.kdump.KernelDumpHeader;
import oriel.format.kdump.SecondaryBlob;
import oriel.format.kdump.TriageBlock;
import oriel.format.kdump.TriageDump;
import oriel.format.kdump.TriageMemoryInfo;
import oriel.model.Annotation;
import oriel.model.Architecture;
import oriel.model.SystemInfo;
import oriel.model.SystemInfo.Platform;

/** What a kernel dump tells about the system and about itself, in words. */
final class KernelFacts {
    private static final int MOST_BLOBS = 64;
    private static final int MOST_PRINTS = 20;

    private final KernelDump dump;
    private final KernelDumpHeader header;
    private final Kernel kernel;
    private final BugCheckEvidence evidence;
    private final List<Annotation> annotations = new ArrayList<>();
    private final List<DumpStream> streams = new ArrayList<>();

    KernelFacts(KernelDump dump, Kernel kernel, BugCheckEvidence evidence) {
        this.dump = dump;
        this.header = dump.header();
        this.kernel = kernel;
        this.evidence = evidence;
    }

    /** The kind of file. */
    String format() {
        return "kernel dump, "
                + header.kind().text()
                + (header.is64() ? " (PAGEDU64" : " (PAGEDUMP")
                + (dump.pageLayout().isEmpty() ? ")" : ", " + dump.pageLayout() + ")");
    }

    SystemInfo system(Architecture architecture) {
        int build = (int) header.minorVersion() & 0xffff;
        String version = version(build);
        return new SystemInfo(
                Platform.WINDOWS,
                version,
                servicePack(),
                product(header.productType()),
                Optional.of(architecture),
                header.processors() == 0
                        ? OptionalInt.empty()
                        : OptionalInt.of((int) header.processors()),
                "");
    }

    /** The build is in the header; what it is called follows from it. */
    private static String version(int build) {
        String name =
                build >= 9650
                        ? "10.0"
                        : build >= 9600
                                ? "6.3"
                                : build >= 9000
                                        ? "6.2"
                                        : build >= 7000
                                                ? "6.1"
                                                : build >= 6000
                                                        ? "6.0"
                                                        : build >= 3500
                                                                ? "5.2"
                                                                : build >= 2500 ? "5.1" : "5.0";
        return name + "." + build;
    }

    private String servicePack() {
        long pack = dump.triage().map(TriageDump::servicePackBuild).orElse(0L) >>> 8 & 0xff;
        return pack == 0 || pack > 9 ? "" : "Service Pack " + pack;
    }

    private static Optional<String> product(long type) {
        return switch ((int) type) {
            case 1 -> Optional.of("workstation");
            case 2 -> Optional.of("domain controller");
            case 3 -> Optional.of("server");
            default -> Optional.empty();
        };
    }

    // Annotations

    List<Annotation> annotations(Optional<KernelProcess> process) {
        if (!header.comment().isEmpty()) {
            add("comment", "", header.comment());
        }
        kernel.buildLab().ifPresent(lab -> add("kernel", "build", lab));
        kernel.base().ifPresent(base -> add("kernel", "base", hex(base)));
        kernel.debuggerData().ifPresent(this::debuggerData);
        add("kernel", "PsLoadedModuleList", hex(header.loadedModulesVa()));
        add("kernel", "page tables", hex(header.directoryTableBase()));
        process.ifPresent(
                p ->
                        add(
                                "kernel",
                                "current process",
                                (p.processId() == 0 && p.name().isEmpty() ? "Idle" : p.name())
                                        + ", process "
                                        + p.processId()));
        if (kernel.listsAllProcesses()) {
            add("kernel", "processes", Integer.toString(kernel.processes().size()));
            layout(KernelField.PROCESS_LINKS);
        }
        layout(KernelField.THREAD_ID);
        dump.triage().flatMap(TriageDump::memoryInfo).ifPresent(this::memoryManagement);
        kernel.debugPrints().ifPresent(this::debugPrints);
        if (!evidence.origin().isEmpty()) {
            add("kernel", "registers at the fault", evidence.origin());
        }
        return List.copyOf(annotations);
    }

    private void debuggerData(DebuggerData data) {
        add("kernel", "debugger data block", hex(data.va()) + ", " + data.form().text());
    }

    private void memoryManagement(TriageMemoryInfo memory) {
        if (memory.committedPages() > 0) {
            add(
                    "memory",
                    "committed",
                    memory.committedPages()
                            + " pages, at most "
                            + memory.committedPagesPeak()
                            + " of "
                            + memory.commitLimitMaximum());
        }
        if (memory.allocatedNonPagedPool() > 0 || memory.allocatedPagedPool() > 0) {
            add(
                    "memory",
                    "pool",
                    memory.allocatedNonPagedPool()
                            + " pages nonpaged, "
                            + memory.allocatedPagedPool()
                            + " paged");
        }
        if (memory.verifierLevel() != 0 || memory.kernelVerifier()) {
            add(
                    "memory",
                    "Driver Verifier",
                    "on, level "
                            + hex(memory.verifierLevel())
                            + (memory.kernelVerifier() ? ", of the kernel too" : ""));
        }
    }

    /** The last lines that drivers printed. */
    private void debugPrints(String text) {
        String[] lines = text.split("\r?\n");
        for (int i = Math.max(0, lines.length - MOST_PRINTS); i < lines.length; i++) {
            if (!lines[i].isBlank()) {
                add("debug print", "", lines[i].strip());
            }
        }
    }

    /** Offsets that the kernel itself does not tell are worth a word. */
    private void layout(KernelField field) {
        Optional<KnownOffset> known = kernel.layout().offset(field);
        known.ifPresent(
                offset ->
                        add(
                                "kernel",
                                field.type() + "." + field.member(),
                                "+0x"
                                        + Integer.toHexString(offset.value())
                                        + " by "
                                        + offset.origin().text()));
    }

    private void add(String group, String name, String value) {
        annotations.add(new Annotation(group, name, value));
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    // Streams

    List<DumpStream> streams() {
        add("header", 0, header.is64() ? 0x2000 : 0x1000);
        if (dump.pageTableOffset() != 0) {
            add(
                    dump.pageLayout(),
                    dump.pageTableOffset(),
                    Math.max(0, dump.pageDataOffset() - dump.pageTableOffset()));
        }
        if (dump.pages().count() > 0) {
            add("physical pages", dump.pageDataOffset(), dump.pages().count() * 4096);
        }
        dump.triage().ifPresent(this::triage);
        List<SecondaryBlob> blobs = dump.secondaryData();
        for (int i = 0; i < Math.min(blobs.size(), MOST_BLOBS); i++) {
            SecondaryBlob blob = blobs.get(i);
            add(
                    "secondary data " + blob.tag().toString().toLowerCase(Locale.ROOT),
                    blob.data().sourceOffset(0),
                    blob.data().size());
        }
        return List.copyOf(streams);
    }

    private void triage(TriageDump triage) {
        add("triage lists", header.is64() ? 0x2000 : 0x1000, header.is64() ? 0x80 : 0x68);
        triage.stack().ifPresent(b -> block("stack", b));
        triage.debuggerData(header.debuggerDataVa()).ifPresent(b -> block("debugger data", b));
        triage.dataPage().ifPresent(b -> block("data page", b));
        if (triage.prcb().size() > 0) {
            add("processor (KPRCB)", triage.prcb().sourceOffset(0), size(Offset.PRCB_SIZE));
        }
        if (triage.process().size() > 0) {
            add("process (EPROCESS)", triage.process().sourceOffset(0), size(Offset.PROCESS_SIZE));
        }
        if (triage.thread().size() > 0) {
            add("thread (ETHREAD)", triage.thread().sourceOffset(0), size(Offset.THREAD_SIZE));
        }
        List<TriageBlock> blocks = triage.dataBlocks();
        if (!blocks.isEmpty()) {
            long size = blocks.stream().mapToLong(TriageBlock::sizeBytes).sum();
            add(blocks.size() + " data blocks", blocks.get(0).fileOffset(), size);
        }
    }

    /** The size of a structure, which the debugger data block tells; 0 when it does not. */
    private long size(Offset offset) {
        return kernel.debuggerData().isPresent()
                ? kernel.debuggerData().get().offset(offset).orElse(0)
                : 0;
    }

    private void block(String title, TriageBlock block) {
        add(title, block.fileOffset(), block.sizeBytes());
    }

    private void add(String title, long offset, long size) {
        streams.add(new DumpStream(streams.size(), title, offset, size));
    }
}
