package oriel.format.dwarf;

/**
 * A place in source text.
 *
 * @param file path; joined with the directories of its unit
 * @param line from 1
 * @param column from 1; 0 when not known
 */
public record DwarfLine(String file, int line, int column) {}
