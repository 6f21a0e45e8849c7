package oriel.bench.oracle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import oriel.bytes.Bytes;
import oriel.format.pe.PeImage;
import oriel.format.pe.Section;
import oriel.model.Architecture;

/** Finds the machine code of PE and ELF files. */
final class ImageCode {
    private static final int EXECUTABLE = 4;

    private ImageCode() {}

    /** The executable sections; of other files nothing. */
    static List<CodeBlock> read(Path path) throws IOException {
        Bytes file = Bytes.open(path);
        String name = String.valueOf(path.getFileName());
        if (file.size() > 64 && file.u32(0) == 0x464c457fL) {
            return elf(file, name);
        }
        return PeImage.looksLikePe(file) ? pe(file, name) : List.of();
    }

    private static List<CodeBlock> pe(Bytes file, String name) {
        PeImage image = PeImage.of(file);
        var blocks = new ArrayList<CodeBlock>();
        if (image.architecture().isEmpty() || image.architecture().get() == Architecture.ARM) {
            return blocks;
        }
        long base = image.optionalHeader().imageBase();
        for (Section section : image.sections()) {
            if (!section.isExecutable()) {
                continue;
            }
            int size = (int) Math.min(section.sizeBytes(), file.size());
            var code = new byte[size];
            int got = image.read(section.rva(), code, 0, size);
            if (got > 0) {
                blocks.add(
                        new CodeBlock(
                                name + " " + section.name(),
                                image.architecture().get(),
                                base + section.rva(),
                                got == size ? code : java.util.Arrays.copyOf(code, got)));
            }
        }
        return blocks;
    }

    private static List<CodeBlock> elf(Bytes file, String name) {
        boolean wide = file.u8(4) == 2;
        Architecture architecture =
                switch (file.u16(18)) {
                    case 3 -> Architecture.X86;
                    case 62 -> Architecture.X64;
                    case 183 -> Architecture.ARM64;
                    default -> Architecture.ARM;
                };
        var blocks = new ArrayList<CodeBlock>();
        if (architecture == Architecture.ARM) {
            return blocks;
        }
        long table = wide ? file.u64(0x28) : file.u32(0x20);
        int entry = file.u16(wide ? 0x3a : 0x2e);
        int count = file.u16(wide ? 0x3c : 0x30);
        for (int i = 0; i < count; i++) {
            Bytes section = file.slice(table + (long) i * entry, entry);
            long flags = wide ? section.u64(8) : section.u32(8);
            if ((flags & EXECUTABLE) == 0 || section.u32(4) != 1) {
                continue;
            }
            long va = wide ? section.u64(16) : section.u32(12);
            long at = wide ? section.u64(24) : section.u32(16);
            long size = wide ? section.u64(32) : section.u32(20);
            byte[] code = file.slice(at, size).copy(0, (int) size);
            blocks.add(new CodeBlock(name + " section " + i, architecture, va, code));
        }
        return blocks;
    }
}
