package oriel.format.pe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.model.Architecture;
import oriel.model.Diagnostic;
import oriel.model.PdbId;

/**
 * A Portable Executable image: PE32 or PE32+, as a file or as mapped in memory. Opening reads the
 * headers only; each directory is read when it is asked for. Directories that are absent or broken
 * come out empty or as far as they can be read, and what is broken is told to the consumer of
 * diagnostics. Immutable, safe for any thread if the consumer is.
 *
 * <p>Layout from Microsoft's "PE Format" page and winnt.h.
 */
public final class PeImage {
    private static final int MZ = 0x5a4d;
    private static final int ZM = 0x4d5a;
    private static final int LFANEW = 0x3c;
    private static final long PE = 0x4550;

    private final Bytes bytes;
    private final Layout layout;
    private final Consumer<Diagnostic> problems;
    private final long peOffset;
    private final CoffHeader coff;
    private final OptionalHeader optional;
    private final List<Section> sections;
    private final CoffStrings strings;
    private final ImageView view;

    /** How the bytes of an image are arranged. */
    public enum Layout {
        /** As in its file: sections at their raw offsets. */
        FILE,
        /** As in memory: an rva is an offset. May be cut short. */
        MAPPED
    }

    private PeImage(Bytes bytes, Layout layout, Consumer<Diagnostic> problems) {
        this.bytes = bytes;
        this.layout = layout;
        this.problems = problems;
        long at = newHeader(bytes);
        peOffset = at;
        coff = CoffHeader.read(bytes.slice(at + 4, CoffHeader.SIZE));
        long optionalAt = at + 4 + CoffHeader.SIZE;
        if (!bytes.contains(optionalAt, 2)) {
            throw bytes.error(optionalAt, "file ends before the optional header");
        }
        optional = OptionalHeader.read(zeroExtended(optionalAt, OptionalHeader.MAX_SIZE));
        strings = layout == Layout.FILE ? CoffStrings.read(bytes, coff) : CoffStrings.NONE;
        sections = readSections(optionalAt + coff.optionalHeaderSizeBytes());
        view =
                layout == Layout.FILE
                        ? ImageView.file(bytes, optional, sections)
                        : ImageView.mapped(bytes);
    }

    /**
     * Opens an image in the layout of its file, ignoring what is broken beyond the headers.
     *
     * @throws FormatException when it is not a PE image, naming what it is instead where known
     */
    public static PeImage of(Bytes file) {
        return of(file, Layout.FILE, problem -> {});
    }

    /**
     * Opens an image.
     *
     * @param problems is told of each broken part when that part is read
     * @throws FormatException when it is not a PE image
     */
    public static PeImage of(Bytes bytes, Layout layout, Consumer<Diagnostic> problems) {
        return new PeImage(bytes, layout, problems);
    }

    /** Whether bytes begin like a PE image: MZ, and PE where it points. */
    public static boolean looksLikePe(Bytes bytes) {
        return bytes.contains(0, LFANEW + 4)
                && bytes.u16(0) == MZ
                && bytes.contains(bytes.u32(LFANEW), 4)
                && bytes.u32(bytes.u32(LFANEW)) == PE;
    }

    /** The COFF header. */
    public CoffHeader coffHeader() {
        return coff;
    }

    /** The optional header. */
    public OptionalHeader optionalHeader() {
        return optional;
    }

    /** Architecture of the code, when Oriel knows it. */
    public Optional<Architecture> architecture() {
        return Machine.of(coff.machine()).flatMap(Machine::architecture);
    }

    /** How the bytes are arranged. */
    public Layout layout() {
        return layout;
    }

    /** The section headers, in file order. */
    public List<Section> sections() {
        return sections;
    }

    /** The section that holds an rva. */
    public Optional<Section> sectionAt(long rva) {
        for (Section section : sections) {
            if (section.contains(rva)) {
                return Optional.of(section);
            }
        }
        return Optional.empty();
    }

    /** A directory; {@link DataDirectory#NONE} when the header does not list it. */
    public DataDirectory directory(DirectoryKind kind) {
        List<DataDirectory> all = optional.directories();
        return kind.ordinal() < all.size() ? all.get(kind.ordinal()) : DataDirectory.NONE;
    }

    /**
     * Reads the image as the loader would map it, before relocation: zero where sections are longer
     * in memory than in the file. Stops at the first byte that is not in the image.
     *
     * @return bytes read, as {@link oriel.model.Memory#read} counts them
     */
    public int read(long rva, byte[] into, int offset, int length) {
        return view.read(rva, into, offset, length);
    }

    /** The exports. */
    public Optional<ExportTable> exports() {
        DataDirectory directory = directory(DirectoryKind.EXPORT);
        return part("exports", directory.isPresent(), () -> ExportTable.read(view, directory));
    }

    /** The entries of the debug directory. */
    public List<DebugEntry> debugEntries() {
        DataDirectory directory = directory(DirectoryKind.DEBUG);
        return list(
                "debug directory", directory, () -> DebugEntry.readAll(view, layout, directory));
    }

    /** The PDB that belongs to the image: the first CodeView record that names one. */
    public Optional<PdbId> pdb() {
        for (DebugEntry entry : debugEntries()) {
            Optional<PdbId> id = entry.pdb();
            if (id.isPresent()) {
                return id;
            }
        }
        return Optional.empty();
    }

    /** What the image imports when it is loaded; names are as written. */
    public List<ImportedModule> imports() {
        DataDirectory directory = directory(DirectoryKind.IMPORT);
        return list(
                "imports",
                directory,
                () -> new ImportReader(view, optional).imports(directory.rva()));
    }

    /** What the image imports at first use. */
    public List<ImportedModule> delayImports() {
        DataDirectory directory = directory(DirectoryKind.DELAY_IMPORT);
        return list(
                "delay imports",
                directory,
                () -> new ImportReader(view, optional).delayed(directory.rva()));
    }

    /** Modules the image is bound to. */
    public List<BoundImport> boundImports() {
        DataDirectory directory = directory(DirectoryKind.BOUND_IMPORT);
        return list(
                "bound imports",
                directory,
                () -> BoundImport.readAll(window(directory.rva(), directory.sizeBytes())));
    }

    /** All resources, in the order of the tree. */
    public List<Resource> resources() {
        DataDirectory directory = directory(DirectoryKind.RESOURCE);
        return list(
                "resources", directory, () -> ResourceReader.readAll(view.from(directory.rva())));
    }

    /** The data of a resource, as far as it is in the image. */
    public Bytes data(Resource resource) {
        return window(resource.rva(), resource.sizeBytes());
    }

    /** The first version resource that can be read. */
    public Optional<VersionInfo> version() {
        for (Resource resource : resources()) {
            if (resource.type().number() == Resource.VERSION) {
                Optional<VersionInfo> version =
                        part("version resource", true, () -> VersionInfo.read(data(resource)));
                if (version.isPresent()) {
                    return version;
                }
            }
        }
        return Optional.empty();
    }

    /** The load configuration. */
    public Optional<LoadConfig> loadConfig() {
        DataDirectory directory = directory(DirectoryKind.LOAD_CONFIG);
        return part(
                "load config",
                directory.isPresent(),
                () -> LoadConfig.read(view, optional, directory));
    }

    /** Thread-local storage. */
    public Optional<TlsDirectory> tls() {
        DataDirectory directory = directory(DirectoryKind.TLS);
        return part(
                "TLS",
                directory.isPresent(),
                () -> TlsDirectory.read(view, optional, directory.rva()));
    }

    /** The header of managed code. */
    public Optional<ClrHeader> clrHeader() {
        DataDirectory directory = directory(DirectoryKind.CLR_HEADER);
        return part(
                "CLR header", directory.isPresent(), () -> ClrHeader.read(view, directory.rva()));
    }

    /** What Microsoft's linker says about the tools that made the image. */
    public Optional<RichHeader> richHeader() {
        return RichHeader.find(bytes, peOffset);
    }

    /** Signatures; empty in mapped layout, where they are not. */
    public List<Certificate> certificates() {
        DataDirectory directory = directory(DirectoryKind.SECURITY);
        return layout == Layout.MAPPED
                ? List.of()
                : list("certificates", directory, () -> Certificate.readAll(bytes, directory));
    }

    /** The functions with unwind data; empty on x86 and for architectures Oriel does not know. */
    public Optional<FunctionTable> functions() {
        DataDirectory claimed = directory(DirectoryKind.EXCEPTION);
        long size = Math.min(claimed.sizeBytes(), bytes.size());
        return architecture()
                .flatMap(
                        a ->
                                FunctionTable.of(
                                        this::read, a, new DataDirectory(claimed.rva(), size)));
    }

    /** The COFF symbols that MinGW and others leave in the file; empty in mapped layout. */
    public Optional<CoffSymbolTable> coffSymbols() {
        boolean present = layout == Layout.FILE && coff.symbolTableFileOffset() != 0;
        return part("COFF symbols", present, () -> CoffSymbolTable.read(bytes, coff, strings));
    }

    /** Where the PE signature lies in the file. */
    public long peOffset() {
        return peOffset;
    }

    /** What is in the file of a part of the image; empty when its first byte is not. */
    private Bytes window(long rva, long sizeBytes) {
        if (view.fileOffset(rva) < 0) {
            return bytes.slice(0, 0);
        }
        Bytes rest = view.from(rva);
        return rest.slice(0, Math.min(sizeBytes, rest.size()));
    }

    private <T> List<T> list(String name, DataDirectory directory, Supplier<List<T>> reader) {
        return part(name, directory.isPresent(), reader).orElse(List.of());
    }

    private <T> Optional<T> part(String name, boolean present, Supplier<T> reader) {
        if (!present) {
            return Optional.empty();
        }
        try {
            return Optional.of(reader.get());
        } catch (FormatException e) {
            problem(name + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private void problem(String text) {
        problems.accept(new Diagnostic(bytes.source(), text));
    }

    private static long newHeader(Bytes bytes) {
        int magic = bytes.contains(0, 2) ? bytes.u16(0) : 0;
        if (magic != MZ && magic != ZM) {
            throw bytes.error(0, "not a PE image: does not begin with MZ");
        }
        long at = bytes.contains(LFANEW, 4) ? bytes.u32(LFANEW) : 0;
        if (!bytes.contains(at, 4 + CoffHeader.SIZE)) {
            throw bytes.error(LFANEW, "PE header would lie outside the file");
        }
        if (bytes.u32(at) != PE) {
            throw bytes.error(at, "not a PE image: " + otherKind(bytes.u16(at)));
        }
        return at;
    }

    private static String otherKind(int magic) {
        return switch (magic) {
            case 0x454e -> "a 16-bit Windows or OS/2 program (NE)";
            case 0x454c -> "a VxD or OS/2 program (LE)";
            case 0x584c -> "an OS/2 program (LX)";
            default -> "no PE signature; perhaps a DOS program";
        };
    }

    /** A window that reads as zeros beyond the end of the file, as a page of memory does. */
    private Bytes zeroExtended(long offset, int length) {
        if (bytes.contains(offset, length)) {
            return bytes.slice(offset, length);
        }
        var raw = new byte[length];
        int there = (int) Math.max(0, Math.min(length, bytes.size() - offset));
        bytes.copy(Math.min(offset, bytes.size()), raw, 0, there);
        return Bytes.of(raw, bytes.source());
    }

    private List<Section> readSections(long at) {
        int claimed = coff.sectionCount();
        long room = Math.max(0, bytes.size() - at) / Section.SIZE;
        int count = (int) Math.min(claimed, room);
        if (count < claimed) {
            problem("section table: " + claimed + " entries claimed, " + count + " in the file");
        }
        var list = new ArrayList<Section>(count);
        for (int i = 0; i < count; i++) {
            list.add(
                    Section.read(
                            bytes.slice(at + (long) i * Section.SIZE, Section.SIZE), i, strings));
        }
        return List.copyOf(list);
    }
}
