package oriel.format.pe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;

/** Every PE file of the corpus against llvm-readobj, as far as that gets. */
@NeedsCorpus
class ReadobjOracleTest {
    /** Where it differs, and why ours stands. */
    private static final Map<String, String> EXPLAINED =
            Map.ofEntries(
                    Map.entry(
                            "d_resource.dll symbols", "shows no table where it is not in the file"),
                    Map.entry("d_resource.dll table", "shows no table where it is not in the file"),
                    Map.entry("hdrcode.exe symbols", "shows no table where it is not in the file"),
                    Map.entry("delaycorrupt.exe delay", "goes on after an entry without a name"),
                    Map.entry("delayfake.exe delay", "takes addresses of the old form for rvas"),
                    Map.entry("delayimports.exe delay", "takes addresses of the old form for rvas"),
                    Map.entry("imports_badterm.exe import", "goes on after an entry without slots"),
                    Map.entry("imports_tinyW7.exe import", "goes on after an entry without slots"),
                    Map.entry("imports_tinyXP.exe import", "goes on after an entry without slots"),
                    Map.entry("imports_vterm.exe import", "goes on after an entry without slots"),
                    Map.entry("imports_nothunk.exe import", "names hold line breaks"),
                    Map.entry("dllweirdexp-ld.exe import", "names hold line breaks"),
                    Map.entry("dllweirdexp.dll export", "names hold line breaks"),
                    Map.entry("importshint.exe export", "names hold line breaks"),
                    Map.entry("imports_relocW7.exe import", "stops at names in zero-filled parts"));

    private final List<String> differences = new ArrayList<>();
    private int compared;

    @Test
    void agreesWithAnIndependentReader() throws Exception {
        assumeTrue(ReadobjNode.isInstalled(), "llvm-readobj-19 is not installed");
        int files = 0;
        for (Path file : images()) {
            ReadobjNode theirs =
                    ReadobjNode.run(
                            file,
                            "--file-headers",
                            "--sections",
                            "--coff-exports",
                            "--coff-imports",
                            "--coff-load-config",
                            "--coff-debug-directory",
                            "--coff-tls-directory",
                            "--coff-resources");
            if (theirs.all("ImageFileHeader").isEmpty()) {
                continue;
            }
            files++;
            compare(file, PeImage.of(Bytes.open(file)), theirs);
        }
        assertThat(String.join("\n", differences)).isEmpty();
        assertThat(files).isGreaterThan(130);
        assertThat(compared).isGreaterThan(8000);
    }

    static List<Path> images() throws IOException {
        var list = new ArrayList<Path>();
        try (Stream<Path> all = Files.walk(Corpus.file("."))) {
            for (Path file : (Iterable<Path>) all.sorted()::iterator) {
                String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
                if (name.endsWith(".exe") || name.endsWith(".dll") || name.endsWith(".sys")) {
                    list.add(file);
                }
            }
        }
        return list;
    }

    private void compare(Path file, PeImage ours, ReadobjNode theirs) {
        String name = file.getFileName().toString();
        headers(name, ours, theirs);
        sections(name, ours, theirs.all("Section"));
        exports(name, ours, theirs.all("Export"));
        imports(name + " import", ours.imports(), theirs.all("Import"));
        imports(name + " delay", ours.delayImports(), theirs.all("DelayImport"));
        debug(name, ours, theirs.all("DebugEntry"));
        tls(name, ours, theirs.all("TLSDirectory"));
        loadConfig(name, ours, theirs.all("LoadConfig"));
        resources(name, ours, theirs);
    }

    private void same(String what, Object ours, Object theirs) {
        compared++;
        if (!ours.equals(theirs) && EXPLAINED.keySet().stream().noneMatch(what::startsWith)) {
            differences.add(what + ": ours " + ours + ", theirs " + theirs);
        }
    }

    private void headers(String name, PeImage ours, ReadobjNode theirs) {
        CoffHeader coff = ours.coffHeader();
        ReadobjNode file = theirs.all("ImageFileHeader").get(0);
        same(name + " machine", (long) coff.machine(), file.number("Machine"));
        long sections = coff.sectionCount() == 0xffff ? 0 : coff.sectionCount();
        same(name + " sections", sections, file.number("SectionCount"));
        same(name + " symbols", coff.symbolCount(), file.number("SymbolCount"));
        same(name + " table", coff.symbolTableFileOffset(), file.number("PointerToSymbolTable"));
        same(name + " stamp", coff.timestamp(), file.number("TimeDateStamp"));
        for (ReadobjNode header : theirs.all("ImageOptionalHeader")) {
            OptionalHeader opt = ours.optionalHeader();
            same(name + " magic", (long) opt.magic(), header.number("Magic"));
            same(name + " entry", opt.entryPointRva(), header.number("AddressOfEntryPoint"));
            same(name + " base", opt.imageBase(), header.number("ImageBase"));
            same(name + " align", opt.sectionAlignment(), header.number("SectionAlignment"));
            same(name + " file", opt.fileAlignment(), header.number("FileAlignment"));
            same(name + " size", opt.imageSizeBytes(), header.number("SizeOfImage"));
            same(name + " headers", opt.headersSizeBytes(), header.number("SizeOfHeaders"));
            same(name + " checksum", opt.checksum(), header.number("CheckSum"));
            same(name + " subsystem", (long) opt.subsystem(), header.number("Subsystem"));
            same(name + " stack", opt.stackReserveBytes(), header.number("SizeOfStackReserve"));
            same(name + " heap", opt.heapCommitBytes(), header.number("SizeOfHeapCommit"));
            same(name + " count", opt.claimedDirectories(), header.number("NumberOfRvaAndSize"));
        }
        for (ReadobjNode directories : theirs.all("DataDirectory")) {
            for (int i = 0; i < 16 && i < directories.lines.size() / 2; i++) {
                String key = directories.lines.get(2 * i);
                DataDirectory directory = ours.directory(DirectoryKind.values()[i]);
                same(
                        name + " " + key,
                        directory.rva(),
                        directories.number(key.substring(0, key.indexOf(':'))));
            }
        }
    }

    private void sections(String name, PeImage ours, List<ReadobjNode> theirs) {
        if (ours.coffHeader().sectionCount() == 0xffff) {
            return; // it takes that for the sign of a big object file
        }
        same(name + " section headers", ours.sections().size(), theirs.size());
        for (int i = 0; i < Math.min(theirs.size(), ours.sections().size()); i++) {
            Section section = ours.sections().get(i);
            ReadobjNode node = theirs.get(i);
            String what = name + " section " + i;
            String text = node.text("Name");
            // text that is not UTF-8 is written in other ways
            if (!section.name().isEmpty()
                    && section.name().chars().allMatch(c -> c >= ' ' && c < 127)) {
                int bytes = text.indexOf(" (", section.name().length());
                same(what + " name", section.name(), bytes < 0 ? text : text.substring(0, bytes));
            }
            same(what + " size", section.virtualSizeBytes(), node.number("VirtualSize"));
            same(what + " rva", section.rva(), node.number("VirtualAddress"));
            same(what + " raw", section.rawSizeBytes(), node.number("RawDataSize"));
            same(what + " at", section.rawFileOffset(), node.number("PointerToRawData"));
        }
    }

    private void exports(String name, PeImage ours, List<ReadobjNode> theirs) {
        if (theirs.isEmpty()) {
            return;
        }
        var mine = new ArrayList<String>();
        ours.exports()
                .orElseThrow()
                .forEach(
                        e ->
                                mine.add(
                                        e.ordinal()
                                                + " "
                                                + e.name().orElse("")
                                                + " "
                                                + e.forwarder().orElse(Long.toHexString(e.rva()))));
        for (ReadobjNode node : theirs) {
            boolean forwards = node.has("ForwardedTo");
            if (!forwards && !node.has("RVA")) {
                continue; // it gave up here
            }
            String where =
                    forwards ? node.text("ForwardedTo") : Long.toHexString(node.number("RVA"));
            String line = node.number("Ordinal") + " " + node.text("Name") + " " + where;
            boolean empty = !forwards && node.number("RVA") == 0;
            // one name per address only: of two names it shows the first
            same(name + " export " + line, mine.contains(line) || empty, true);
        }
    }

    private void imports(String what, List<ImportedModule> ours, List<ReadobjNode> theirs) {
        for (int i = 0; i < theirs.size(); i++) {
            ReadobjNode node = theirs.get(i);
            boolean ascii = node.text("Name").chars().allMatch(c -> c < 127);
            if (i >= ours.size() || !ascii) {
                same(what + " " + i + " " + node.text("Name"), ascii, false);
                continue;
            }
            ImportedModule module = ours.get(i);
            same(what + " name", module.name(), node.text("Name"));
            List<String> symbols =
                    module.symbols().stream().map(ReadobjOracleTest::symbolText).toList();
            List<String> expected =
                    node.lines.stream()
                            .filter(l -> l.startsWith("Symbol: "))
                            .map(l -> l.substring(8))
                            .toList();
            same(what + " symbols", symbols, expected);
        }
    }

    private static String symbolText(ImportedSymbol s) {
        return s.ordinal().isPresent()
                ? " (" + s.ordinal().getAsInt() + ")"
                : s.name().orElse("") + " (" + s.hint() + ")";
    }

    private void debug(String name, PeImage ours, List<ReadobjNode> theirs) {
        List<DebugEntry> entries = ours.debugEntries();
        same(name + " debug entries", entries.size(), theirs.size());
        for (int i = 0; i < Math.min(entries.size(), theirs.size()); i++) {
            DebugEntry entry = entries.get(i);
            ReadobjNode node = theirs.get(i);
            same(name + " debug type", entry.number(), node.number("Type"));
            same(name + " debug size", entry.sizeBytes(), node.number("SizeOfData"));
            same(name + " debug rva", entry.rva(), node.number("AddressOfRawData"));
            for (ReadobjNode pdb : node.all("PDBInfo")) {
                String guid = pdb.text("PDBGUID");
                same(name + " pdb", "{" + entry.pdb().orElseThrow().guid() + "}", guid);
                same(name + " age", entry.pdb().get().age(), pdb.number("PDBAge"));
                same(name + " path", entry.pdb().get().fileName(), pdb.text("PDBFileName"));
            }
            for (ReadobjNode flags : node.all("ExtendedCharacteristics")) {
                long bits = entry.data().u32(0);
                same(name + " extended", bits, flags.number("ExtendedCharacteristics"));
            }
        }
    }

    private void tls(String name, PeImage ours, List<ReadobjNode> theirs) {
        for (ReadobjNode node : theirs) {
            if (node.has("StartAddressOfRawData")) {
                TlsDirectory tls = ours.tls().orElseThrow();
                same(name + " tls start", tls.dataStartVa(), node.number("StartAddressOfRawData"));
                same(name + " tls end", tls.dataEndVa(), node.number("EndAddressOfRawData"));
                same(name + " tls index", tls.indexVa(), node.number("AddressOfIndex"));
                same(name + " tls calls", tls.callbacksVa(), node.number("AddressOfCallBacks"));
            }
        }
    }

    private void loadConfig(String name, PeImage ours, List<ReadobjNode> theirs) {
        for (ReadobjNode node : theirs) {
            LoadConfig config = ours.loadConfig().orElseThrow();
            same(name + " load config size", config.sizeBytes(), node.number("Size"));
            for (LoadConfigField field : LoadConfigField.values()) {
                String key = camel(field);
                if (node.has(key)) {
                    OptionalLong value = config.value(field);
                    same(name + " " + key, value, OptionalLong.of(node.number(key)));
                }
            }
            for (ReadobjNode flags : node.all("GuardFlags")) {
                same(
                        name + " guard flags",
                        config.value(LoadConfigField.GUARD_FLAGS),
                        OptionalLong.of(flags.number("GuardFlags")));
            }
        }
    }

    private static String camel(LoadConfigField field) {
        var text = new StringBuilder();
        for (String word : field.name().split("_")) {
            boolean upper = List.of("CF", "RF", "EH", "SE", "CSD", "CHPE").contains(word);
            text.append(word.charAt(0));
            text.append(upper ? word.substring(1) : word.substring(1).toLowerCase(Locale.ROOT));
        }
        return text.toString();
    }

    private void resources(String name, PeImage ours, ReadobjNode theirs) {
        List<ReadobjNode> leaves = theirs.all("Data");
        List<String> mine =
                ours.resources().stream()
                        .map(r -> Long.toHexString(r.rva()) + "+" + r.sizeBytes())
                        .toList();
        for (ReadobjNode leaf : leaves) {
            if (leaf.has("DataRVA")) {
                String line =
                        Long.toHexString(leaf.number("DataRVA")) + "+" + leaf.number("DataSize");
                same(name + " resource " + line, mine.contains(line), true);
            }
        }
    }

    @Test
    void survivesAllOfThem() throws IOException {
        for (Path file : images()) {
            try {
                Everything.read(PeImage.of(Bytes.open(file)));
            } catch (FormatException e) {
                assertThat(e.getMessage()).contains(file.getFileName().toString());
            }
        }
    }
}
