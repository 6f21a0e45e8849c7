package oriel.app.render;

import java.time.Instant;
import oriel.format.pe.CoffHeader;
import oriel.format.pe.DataDirectory;
import oriel.format.pe.DebugEntry;
import oriel.format.pe.DirectoryKind;
import oriel.format.pe.Machine;
import oriel.format.pe.OptionalHeader;
import oriel.format.pe.PeImage;
import oriel.format.pe.Section;

/** What a PE file is and what it is made of. */
public final class ImageText {
    private final Page page;

    /** Writes to a page. */
    public ImageText(Page page) {
        this.page = page;
    }

    /** Writes what is known. */
    public void write(String file, long sizeBytes, PeImage image) {
        CoffHeader coff = image.coffHeader();
        OptionalHeader header = image.optionalHeader();
        label("file").text(file).text(", ").line(TextReport.count(sizeBytes, "byte"));
        label("kind").text(header.isPlus() ? "PE32+ " : "PE32 ");
        page.text(coff.isDll() ? "library" : "program").text(", ").text(subsystem(header));
        page.text(", ")
                .line(
                        Machine.of(coff.machine())
                                .map(InfoText::words)
                                .orElse("machine 0x" + Integer.toHexString(coff.machine())));
        label("linked").text("0x").hex(coff.timestamp(), 8).text(" (");
        page.text(Durations.text(Instant.ofEpochSecond(coff.timestamp())));
        page.line(", or a hash), linker " + header.linkerMajor() + "." + header.linkerMinor());
        label("base").text("0x").hex(header.imageBase(), 1).text(", size 0x");
        page.hex(header.imageSizeBytes(), 1).text(", entry point +0x");
        page.hex(header.entryPointRva(), 1).end();
        label("guards").line(guards(header.dllCharacteristics()));
        image.pdb()
                .ifPresent(pdb -> label("pdb").text(pdb.fileName()).text(", key ").line(pdb.key()));
        image.exports()
                .ifPresent(
                        exports ->
                                label("exports")
                                        .text(Integer.toString(exports.all().size()))
                                        .text(", as ")
                                        .line(exports.moduleName()));
        page.heading("Sections");
        for (Section section : image.sections()) {
            section(section);
        }
        page.heading("Directories");
        for (DirectoryKind kind : DirectoryKind.values()) {
            DataDirectory directory = image.directory(kind);
            if (directory.sizeBytes() != 0 || directory.rva() != 0) {
                page.to(2).text(InfoText.words(kind)).to(24).text("+0x");
                page.hex(directory.rva(), 1).to(36).text("size 0x");
                page.hex(directory.sizeBytes(), 1).end();
            }
        }
        for (DebugEntry entry : image.debugEntries()) {
            page.to(2).text("debug: ").text(InfoText.words(entry.type())).to(24).text("+0x");
            page.hex(entry.rva(), 1).to(36).text("size 0x").hex(entry.sizeBytes(), 1).end();
        }
    }

    private void section(Section section) {
        page.to(2).styled(Style.NAME, section.name()).to(12).text("+0x").hex(section.rva(), 1);
        page.to(24).text("size 0x").hex(section.sizeBytes(), 1).to(41).text("file 0x");
        page.hex(section.rawFileOffset(), 1).text("+0x").hex(section.rawSizeBytes(), 1).to(64);
        page.text("r").text(section.isWritable() ? "w" : "-");
        page.text(section.isExecutable() ? "x" : "-").end();
    }

    private static String subsystem(OptionalHeader header) {
        return switch (header.subsystem()) {
            case 1 -> "native";
            case 2 -> "windowed";
            case 3 -> "console";
            case 9 -> "Windows CE";
            case 10, 11, 12, 13 -> "EFI";
            case 14 -> "Xbox";
            case 16 -> "boot application";
            default -> "subsystem " + header.subsystem();
        };
    }

    /** IMAGE_DLLCHARACTERISTICS_* bits that say how hard the image is to exploit. */
    private static String guards(int bits) {
        var text = new StringBuilder();
        add(text, bits, 0x40, "ASLR");
        add(text, bits, 0x20, "64-bit ASLR");
        add(text, bits, 0x80, "signature enforced");
        add(text, bits, 0x100, "DEP");
        add(text, bits, 0x400, "no SEH");
        add(text, bits, 0x4000, "CFG");
        add(text, bits, 0x1000, "AppContainer");
        return text.isEmpty() ? "none" : text.toString();
    }

    private static void add(StringBuilder text, int bits, int bit, String name) {
        if ((bits & bit) != 0) {
            text.append(text.isEmpty() ? "" : ", ").append(name);
        }
    }

    private Page label(String name) {
        return page.styled(Style.DIM, name).to(11);
    }
}
