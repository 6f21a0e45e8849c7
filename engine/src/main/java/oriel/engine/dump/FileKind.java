package oriel.engine.dump;

import oriel.bytes.Bytes;
import oriel.format.pe.SeparateDebugFile;

/** What a file is, by its first bytes. */
public enum FileKind {
    MINIDUMP("a minidump"),
    /** Written on PowerPC machines only. */
    BIG_ENDIAN_MINIDUMP("a big-endian minidump"),
    USER_DUMP("a full user dump"),
    KERNEL_DUMP("a kernel crash dump"),
    HIBERNATION("a Windows hibernation file"),
    /** PE. */
    IMAGE("a PE image (program or library)"),
    /** Plain or compressed (MSFZ). */
    PDB("a PDB (symbols)"),
    /** Debug information stripped from an image. */
    DBG("a DBG file (symbols)"),
    /** A PDB of .NET code: only metadata. */
    PORTABLE_PDB("a portable PDB (symbols of .NET code)"),
    BREAKPAD_SYMBOLS("a Breakpad symbol file"),
    ELF_CORE("an ELF core file, not from Windows"),
    ELF("an ELF file"),
    MACH_O_CORE("a Mach-O core file, not from Windows"),
    MACH_O("a Mach-O file"),
    JAVA_HEAP("a Java heap dump"),
    ZIP("a ZIP archive"),
    CABINET("a CAB archive"),
    SEVEN_ZIP("a 7-Zip archive"),
    GZIP("a gzip file"),
    XZ("an xz file"),
    BZIP2("a bzip2 file"),
    RAR("a RAR archive"),
    ZSTD("a zstd file"),
    LZ4("an LZ4 file"),
    TAR("a tar archive"),
    /** None of these. */
    OTHER("a file of unknown kind");

    private static final int TAR_MARK = 257;

    /** In the order in which they are looked for, longer ones first. */
    private static final Start[] STARTS = {
        new Start("PAGEDU64", KERNEL_DUMP),
        new Start("PAGEDUMP", KERNEL_DUMP),
        new Start("MDMP", MINIDUMP),
        new Start("PMDM", BIG_ENDIAN_MINIDUMP),
        new Start("USERDU", USER_DUMP),
        new Start("hibr", HIBERNATION),
        new Start("HIBR", HIBERNATION),
        new Start("wake", HIBERNATION),
        new Start("Microsoft C/C++ ", PDB),
        new Start("Microsoft MSFZ", PDB),
        new Start("BSJB", PORTABLE_PDB),
        new Start("MODULE ", BREAKPAD_SYMBOLS),
        new Start("JAVA PROFILE", JAVA_HEAP),
        new Start("PK\u0003\u0004", ZIP),
        new Start("PK\u0005\u0006", ZIP),
        new Start("MSCF", CABINET),
        new Start("7z\u00bc\u00af", SEVEN_ZIP),
        new Start("\u001f\u008b", GZIP),
        new Start("\u00fd7zXZ", XZ),
        new Start("BZh", BZIP2),
        new Start("Rar!", RAR),
        new Start("(\u00b5/\u00fd", ZSTD),
        new Start("\u0004\"M\u0018", LZ4),
        new Start("MZ", IMAGE),
    };

    private final String words;

    FileKind(String words) {
        this.words = words;
    }

    private record Start(String bytes, FileKind kind) {}

    /** The kind of a file. */
    public static FileKind of(Bytes file) {
        for (Start start : STARTS) {
            if (beginsWith(file, 0, start.bytes)) {
                return start.kind;
            }
        }
        if (beginsWith(file, 0, "\u007fELF")) {
            return file.contains(16, 2) && file.u16(16) == 4 ? ELF_CORE : ELF;
        }
        if (SeparateDebugFile.looksLikeDbg(file)) {
            return DBG;
        }
        return beginsWith(file, TAR_MARK, "ustar") ? TAR : machO(file);
    }

    /** With its article: {@code a minidump}. */
    public String words() {
        return words;
    }

    private static FileKind machO(Bytes file) {
        if (!file.contains(0, 16)) {
            return OTHER;
        }
        int magic = file.s32(0);
        if (magic != 0xfeedface && magic != 0xfeedfacf && magic != 0xcefaedfe) {
            return OTHER;
        }
        return file.u32(12) == 4 ? MACH_O_CORE : MACH_O;
    }

    /** Each character stands for the byte of the same number. */
    private static boolean beginsWith(Bytes file, long at, String bytes) {
        if (!file.contains(at, bytes.length())) {
            return false;
        }
        for (int i = 0; i < bytes.length(); i++) {
            if (file.u8(at + i) != bytes.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
