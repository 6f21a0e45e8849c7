package oriel.app.cli;

import oriel.bytes.Bytes;

/** Which kind of symbol file this is, by its first bytes. */
enum FileKind {
    /** A PDB, plain or compressed (MSFZ). */
    PDB,
    /** A Breakpad symbol file. */
    TEXT_SYMBOLS,
    /** Something else: a dump, a PE file or nothing we know. */
    OTHER;

    private static final int MICR = 0x7263694d;
    private static final int MODU = 0x55444f4d;

    static FileKind of(Bytes file) {
        int head = file.size() < 4 ? 0 : file.s32(0);
        return switch (head) {
            case MICR -> PDB;
            case MODU -> TEXT_SYMBOLS;
            default -> OTHER;
        };
    }
}
