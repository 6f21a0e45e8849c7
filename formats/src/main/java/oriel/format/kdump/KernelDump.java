package oriel.format.kdump;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.model.Diagnostic;

/**
 * A kernel crash dump. Opening reads the header and counts the bits of a bitmap. What is broken is
 * told to the consumer of diagnostics, and the rest is read. Immutable, safe for any thread if the
 * consumer is.
 */
public final class KernelDump {
    private static final int PAGE = 0x45474150;
    private static final int DUMP = 0x504d5544;
    private static final int DU64 = 0x34365544;

    private final Bytes file;
    private final Consumer<Diagnostic> problems;
    private final KernelDumpHeader header;
    private final Optional<TriageDump> triage;
    private final PageSource source;

    private KernelDump(Bytes file, Consumer<Diagnostic> problems) {
        if (!looksLikeKernelDump(file)) {
            throw file.error(0, "not a kernel dump");
        }
        boolean is64 = file.s32(4) == DU64;
        if (!file.contains(0, KernelDumpHeader.size(is64))) {
            throw file.error(
                    file.size(),
                    "a kernel dump cut short within its header of "
                            + KernelDumpHeader.size(is64)
                            + " bytes");
        }
        this.file = file;
        this.problems = problems;
        this.header = KernelDumpHeader.read(file, is64);
        this.triage =
                header.kind() == DumpKind.TRIAGE
                        ? TriageDump.of(file, is64, problems)
                        : Optional.empty();
        this.source =
                new PageSource(
                        header.kind() == DumpKind.TRIAGE || header.kind() == DumpKind.HEADER
                                ? file.slice(0, 0)
                                : file,
                        is64,
                        problems);
    }

    /**
     * Opens a dump.
     *
     * @param problems is told of each broken part when that part is read
     * @throws FormatException when it is not a kernel dump, or shorter than its header
     */
    public static KernelDump of(Bytes file, Consumer<Diagnostic> problems) {
        return new KernelDump(file, problems);
    }

    /** Whether bytes begin like a kernel dump. */
    public static boolean looksLikeKernelDump(Bytes file) {
        return file.contains(0, 8)
                && file.s32(0) == PAGE
                && (file.s32(4) == DUMP || file.s32(4) == DU64);
    }

    /** The whole file. */
    public Bytes file() {
        return file;
    }

    /** The header. */
    public KernelDumpHeader header() {
        return header;
    }

    /** The lists of a small dump; empty for other kinds. */
    public Optional<TriageDump> triage() {
        return triage;
    }

    /** Where physical pages lie; none in a small dump. */
    public PhysicalPages pages() {
        return source.pages();
    }

    /** How the file tells where pages lie, in words; empty when it does not. */
    public String pageLayout() {
        return source.layout();
    }

    /** Where the table of pages begins in the file; 0 without one. */
    public long pageTableOffset() {
        return source.tableOffset();
    }

    /** Where the first page begins in the file; 0 without pages. */
    public long pageDataOffset() {
        return source.dataOffset();
    }

    /** CONTEXT of the crash: in the header, or where a small dump says. */
    public Bytes context() {
        if (triage.isPresent() && triage.get().context().size() > 0) {
            return triage.get().context();
        }
        return header.is64() ? file.slice(0x348, 3000) : file.slice(0x320, 1200);
    }

    /** The exception record: in the header, or where a small dump says. */
    public Optional<HeaderException> exception() {
        int size = header.is64() ? 152 : 80;
        if (triage.isPresent() && file.contains(triage.get().exceptionOffset(), size)) {
            long offset = triage.get().exceptionOffset();
            if (offset != 0) {
                return Optional.of(HeaderException.read(file.slice(offset, size), header.is64()))
                        .filter(HeaderException::isPresent);
            }
        }
        return Optional.of(header.exception()).filter(HeaderException::isPresent);
    }

    /** Where secondary data begins; 0 when there is none. */
    public long secondaryDataOffset() {
        long pagesEnd =
                source.dataOffset() + source.pages().count() * (long) PhysicalPages.PAGE_BYTES;
        long[] candidates = {
            triage.map(TriageDump::sizeBytes).orElse(0L),
            header.requiredSpace(),
            pagesEnd == 0 ? 0 : pagesEnd,
            triage.map(TriageDump::sizeBytes).orElse(0L) + 7 & ~7L
        };
        for (long candidate : candidates) {
            if (SecondaryData.beginsAt(file, candidate)) {
                return candidate;
            }
        }
        return 0;
    }

    /** What drivers added when the system stopped. */
    public List<SecondaryBlob> secondaryData() {
        long offset = secondaryDataOffset();
        return offset == 0 ? List.of() : SecondaryData.read(file, offset, problems);
    }
}
