package oriel.triage.report;

import java.util.Optional;

/**
 * Where a source file of the stacks can be had.
 *
 * @param file path as the compiler wrote it
 * @param path on this machine
 * @param address where it can be fetched, as the symbols say
 */
public record SourceFile(String file, Optional<String> path, Optional<String> address) {}
