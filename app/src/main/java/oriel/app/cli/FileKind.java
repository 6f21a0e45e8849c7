package oriel.app.cli;

import oriel.bytes.Bytes;

/** What a file is, by its first bytes. */
enum FileKind {
    MINIDUMP("a minidump"),
    USER_DUMP("a full user dump of the old kind"),
    KERNEL_DUMP("a kernel dump, which is not supported yet"),
    PE("a PE file"),
    PDB("a PDB, which holds symbols and no program"),
    PORTABLE_PDB("a portable PDB of a managed program"),
    ELF("an ELF file: a program or core of Linux or another Unix"),
    MACH_O("a Mach-O file: a program or core of macOS"),
    COMPRESSED("a compressed file: unpack it first"),
    TEXT_SYMBOLS("a Breakpad symbol file"),
    EMPTY("empty"),
    OTHER("neither a dump nor a PE file");

    private final String words;

    FileKind(String words) {
        this.words = words;
    }

    /** What it is, for a sentence. */
    String words() {
        return words;
    }

    /** Whether it is a dump of a process. */
    boolean isDump() {
        return this == MINIDUMP || this == USER_DUMP;
    }

    static FileKind of(Bytes file) {
        if (file.size() == 0) {
            return EMPTY;
        }
        int head = file.size() < 4 ? 0 : file.s32(0);
        boolean zip = file.size() >= 2 && (file.u16(0) == 0x4b50 || file.u16(0) == 0x8b1f);
        if (zip || head == 0xfd2fb528 || head == 0x587a37fd || head == 0x46_43_53_4d) {
            return COMPRESSED;
        }
        if (file.size() >= 2 && file.u16(0) == 0x5a4d) {
            return PE;
        }
        return switch (head) {
            case 0x504d444d -> MINIDUMP;
            case 0x52455355 -> USER_DUMP;
            case 0x45474150 -> KERNEL_DUMP;
            case 0x7263694d -> PDB;
            case 0x424a5342 -> PORTABLE_PDB;
            case 0x464c457f -> ELF;
            case 0xfeedface, 0xfeedfacf, 0xcafebabe -> MACH_O;
            case 0x55444f4d -> TEXT_SYMBOLS;
            default -> OTHER;
        };
    }
}
