package oriel.model;

import oriel.bytes.Bytes;

/**
 * Unwind data of code that was made at run time: what RtlAddFunctionTable or
 * RtlAddGrowableFunctionTable was given.
 *
 * @param range addresses it speaks of
 * @param baseVa what the entries are relative to
 * @param entries the RUNTIME_FUNCTION records of the architecture, by address; the unwind data they
 *     point to is in the target's memory
 */
public record DynamicFunctions(AddressRange range, long baseVa, Bytes entries) {}
