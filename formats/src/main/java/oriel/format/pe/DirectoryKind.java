package oriel.format.pe;

/** What each entry of the table of directories is for; the ordinal is its index. */
public enum DirectoryKind {
    EXPORT,
    IMPORT,
    RESOURCE,
    EXCEPTION,
    SECURITY,
    BASE_RELOCATION,
    DEBUG,
    ARCHITECTURE,
    GLOBAL_POINTER,
    TLS,
    LOAD_CONFIG,
    BOUND_IMPORT,
    IMPORT_ADDRESS_TABLE,
    DELAY_IMPORT,
    CLR_HEADER,
    RESERVED
}
