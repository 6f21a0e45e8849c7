package oriel.format.breakpad;

/**
 * Which image a symbol file describes: its MODULE record and the CODE_ID of its INFO record.
 *
 * @param system operating system, e.g. {@code windows}
 * @param cpu e.g. {@code x86}, {@code x86_64}, {@code arm64}
 * @param id identity and age of the PDB as hexadecimal digits, upper case
 * @param name of the PDB (or image) file
 * @param codeId time stamp and size of the image as symbol servers write them; may be empty
 * @param codeFile name of the image file; may be empty
 */
public record BreakpadModule(
        String system, String cpu, String id, String name, String codeId, String codeFile) {}
