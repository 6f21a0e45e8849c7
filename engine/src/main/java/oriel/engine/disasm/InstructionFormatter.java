package oriel.engine.disasm;

import oriel.model.Architecture;

/** Writes instructions as text. Immutable: one instance serves any thread. */
public interface InstructionFormatter {
    /** Writes an instruction; one that is not valid as data ({@code db 0C4h}, {@code .inst}). */
    void format(Instruction instruction, StringBuilder out);

    /** The text of an instruction. */
    default String format(Instruction instruction) {
        var out = new StringBuilder(48);
        format(instruction, out);
        return out.toString();
    }

    /**
     * The formatter of an architecture.
     *
     * @throws IllegalArgumentException for ARM (32-bit), which has none
     */
    static InstructionFormatter of(Architecture architecture, FormatOptions options) {
        InstructionFormatter plain =
                switch (architecture) {
                    case X86, X64 ->
                            options.syntax() == Syntax.ATT
                                    ? new X86AttFormatter(options)
                                    : new X86IntelFormatter(options);
                    case ARM64 -> new Arm64Formatter(options);
                    case ARM ->
                            throw new IllegalArgumentException("no formatter for " + architecture);
                };
        return options.bytesShown() == 0 ? plain : new BytesColumn(options.bytesShown(), plain);
    }
}
