package oriel.bench.oracle;

import oriel.model.Architecture;

/**
 * Machine code to compare on.
 *
 * @param name where it comes from
 * @param architecture what it is written for: X86, X64 or ARM64
 * @param va address of its first byte
 * @param code the bytes; nobody changes them
 */
record CodeBlock(String name, Architecture architecture, long va, byte[] code) {}
