package oriel.format.minidump;

import oriel.bytes.Bytes;

/**
 * Unwind data of code that was made at run time: MINIDUMP_FUNCTION_TABLE_DESCRIPTOR with what
 * follows it.
 *
 * @param minimumVa first address it speaks of
 * @param maximumVa end of the addresses
 * @param baseVa what the entries are relative to
 * @param nativeDescriptor the system's own DYNAMIC_FUNCTION_TABLE
 * @param entries RUNTIME_FUNCTION records
 * @param entryCount number of records
 */
public record FunctionTableEntry(
        long minimumVa,
        long maximumVa,
        long baseVa,
        Bytes nativeDescriptor,
        Bytes entries,
        long entryCount) {}
