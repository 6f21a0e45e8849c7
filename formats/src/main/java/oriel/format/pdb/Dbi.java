package oriel.format.pdb;

import java.util.List;
import java.util.Optional;
import oriel.bytes.FormatException;
import oriel.format.msf.Msf;
import oriel.format.msf.MsfStream;

/**
 * Stream 3, debug information: modules, their parts of the image, and the numbers of the other
 * streams. Each part is read when it is asked for; a broken one is empty and noted in {@link
 * Pdb#diagnostics()}.
 */
public final class Dbi {
    /** Number of the stream. */
    static final int STREAM = 3;

    private static final int NO_STREAM = 0xffff;

    private final Msf msf;
    private final DbiHeader header;
    private final Findings findings;
    private final MsfStream debugHeader;
    private final Lazy<List<ModuleInfo>> modules;
    private final Lazy<SectionContributions> contributions;
    private final Lazy<List<SectionMapEntry>> sectionMap;
    private final Lazy<SourceFiles> sourceFiles;
    private final Lazy<SectionTable> sections;
    private final Lazy<SectionTable> originalSections;

    private Dbi(Msf msf, MsfStream in, Findings findings) {
        this.msf = msf;
        this.findings = findings;
        this.header = DbiHeader.read(in);
        var parts = new MsfStream[7];
        long at = DbiHeader.SIZE;
        // In the file the sizes of the last two parts are the other way round than the parts.
        int[] sizeFields = {24, 28, 32, 36, 40, 52, 48};
        for (int i = 0; i < parts.length; i++) {
            long size = Math.max(0, in.s32(sizeFields[i]));
            if (!in.contains(at, size)) {
                findings.add("DBI part " + i, "is cut short");
                size = Math.max(0, in.size() - at);
            }
            parts[i] = in.slice(at, size);
            at += size;
        }
        debugHeader = parts[6];
        modules = part("modules", parts[0], ModuleTable::read);
        contributions = part("section contributions", parts[1], SectionContributions::read);
        sectionMap = part("section map", parts[2], SectionMapEntry::read);
        sourceFiles = part("source files", parts[3], SourceFiles::read);
        sections = new Lazy<>(() -> sections(DebugStream.SECTION_HEADERS));
        originalSections = new Lazy<>(() -> sections(DebugStream.ORIGINAL_SECTION_HEADERS));
    }

    static Dbi read(Msf msf, Findings findings) {
        return new Dbi(msf, msf.stream(STREAM), findings);
    }

    /** The header. */
    public DbiHeader header() {
        return header;
    }

    /** The object files, in the order of the linker. */
    public List<ModuleInfo> modules() {
        return modules.value();
    }

    /** Which module filled which part of the image. */
    public SectionContributions contributions() {
        return contributions.value();
    }

    /** The logical segments. */
    public List<SectionMapEntry> sectionMap() {
        return sectionMap.value();
    }

    /** The source files of each module. */
    public SourceFiles sourceFiles() {
        return sourceFiles.value();
    }

    /** The sections of the image as it is. */
    public SectionTable sections() {
        return sections.value();
    }

    /** The sections as symbols see them: those before blocks were moved, where they were. */
    public SectionTable symbolSections() {
        return originalSections.value().size() > 0 ? originalSections.value() : sections();
    }

    /** The map from addresses in the image to those in the symbols, where blocks were moved. */
    public Optional<OmapTable> omapToSource() {
        return debugStream(DebugStream.OMAP_TO_SOURCE).map(OmapTable::read);
    }

    /** The map from addresses in the symbols to those in the image, where blocks were moved. */
    public Optional<OmapTable> omapFromSource() {
        return debugStream(DebugStream.OMAP_FROM_SOURCE).map(OmapTable::read);
    }

    /** How to unwind x86 code by programs; empty for other architectures. */
    public FrameDataTable frameData() {
        return FrameDataTable.frameData(debugStream(DebugStream.NEW_FPO).orElseGet(Dbi::nothing));
    }

    /** How to unwind x86 code without frame pointer; empty for other architectures. */
    public FrameDataTable fpo() {
        return FrameDataTable.fpo(debugStream(DebugStream.FPO).orElseGet(Dbi::nothing));
    }

    /** An optional stream; empty when there is none or it holds nothing. */
    public Optional<MsfStream> debugStream(DebugStream kind) {
        long field = 2L * kind.ordinal();
        if (!debugHeader.contains(field, 2)) {
            return Optional.empty();
        }
        return stream(kind.name(), debugHeader.u16(field));
    }

    /** The records of publics and globals. */
    public Optional<MsfStream> symbolRecords() {
        return stream("symbol records", header.symbolsStream());
    }

    Optional<MsfStream> globalsStream() {
        return stream("globals", header.globalsStream());
    }

    Optional<MsfStream> publicsStream() {
        return stream("publics", header.publicsStream());
    }

    private Optional<MsfStream> stream(String what, int number) {
        if (number == NO_STREAM) {
            return Optional.empty();
        }
        try {
            return Optional.of(msf.stream(number)).filter(s -> s.size() > 0);
        } catch (FormatException e) {
            findings.add(what, e);
            return Optional.empty();
        }
    }

    private SectionTable sections(DebugStream kind) {
        MsfStream in = debugStream(kind).orElseGet(Dbi::nothing);
        return part("section headers", in, SectionTable::read).value();
    }

    private <T> Lazy<T> part(
            String what, MsfStream in, java.util.function.Function<MsfStream, T> reader) {
        return new Lazy<>(() -> findings.orEmpty(what, in, reader));
    }

    private static MsfStream nothing() {
        return MsfStream.of(oriel.bytes.Bytes.of(new byte[0], "nothing"));
    }
}
