package oriel.format.pe;

/** Kinds of entries of the debug directory (IMAGE_DEBUG_TYPE_*); the ordinal is the number. */
public enum DebugType {
    UNKNOWN,
    COFF,
    CODEVIEW,
    FPO,
    MISC,
    EXCEPTION,
    FIXUP,
    OMAP_TO_SRC,
    OMAP_FROM_SRC,
    BORLAND,
    RESERVED10,
    CLSID,
    VC_FEATURE,
    POGO,
    ILTCG,
    MPX,
    REPRO,
    EMBEDDED_PORTABLE_PDB,
    SPGO,
    PDB_CHECKSUM,
    EX_DLLCHARACTERISTICS,
    PERFMAP;

    private static final DebugType[] ALL = values();

    /** The kind with a number, {@link #UNKNOWN} when it has no name. */
    public static DebugType of(long number) {
        return number >= 0 && number < ALL.length ? ALL[(int) number] : UNKNOWN;
    }
}
