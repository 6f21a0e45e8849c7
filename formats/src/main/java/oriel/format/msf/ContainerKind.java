package oriel.format.msf;

import java.nio.charset.StandardCharsets;
import oriel.bytes.Bytes;

/** What a file with debug information is packed in, told from its first bytes. */
public enum ContainerKind {
    /** MSF 7.00, the container of PDBs since Visual C++ 7. */
    MSF("PDB 7.00", "Microsoft C/C++ MSF 7.00\r\n\u001aDS\0\0\0"),
    /** The compressed successor. */
    MSFZ("PDB in an MSFZ container", "Microsoft MSFZ Container\r\n\u001aALD\0\0"),
    /** The container of Visual C++ 2 to 6, with 16-bit page numbers. */
    PDB2("PDB 2.00 (Visual C++ 6 and older)", "Microsoft C/C++ program database 2.00\r\n\u001aJG"),
    /** ECMA-335 metadata: a portable PDB of managed code. */
    PORTABLE("portable PDB of managed code (BSJB)", "BSJB"),
    /** None of these. */
    UNKNOWN("not a PDB", "");

    private final String title;
    private final byte[] magic;

    ContainerKind(String title, String magic) {
        this.title = title;
        this.magic = magic.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** How to name it to a user. */
    public String title() {
        return title;
    }

    /** The kind of a file; {@link #UNKNOWN} when it is none of them or too short to tell. */
    public static ContainerKind of(Bytes file) {
        for (ContainerKind kind : values()) {
            if (kind != UNKNOWN && kind.matches(file)) {
                return kind;
            }
        }
        return UNKNOWN;
    }

    private boolean matches(Bytes file) {
        if (!file.contains(0, magic.length)) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if (file.s8(i) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
