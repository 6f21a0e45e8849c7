package oriel.format.pdb;

/** Optional streams of debug data, in the order in which the DBI stream lists them. */
public enum DebugStream {
    FPO,
    EXCEPTION,
    FIXUP,
    OMAP_TO_SOURCE,
    OMAP_FROM_SOURCE,
    SECTION_HEADERS,
    TOKEN_MAP,
    XDATA,
    PDATA,
    NEW_FPO,
    ORIGINAL_SECTION_HEADERS
}
