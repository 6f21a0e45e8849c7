package oriel.engine.disasm;

/** Writes x86 instructions in the two Intel-like languages, MASM and NASM. */
final class X86IntelFormatter implements InstructionFormatter {
    private final FormatOptions options;

    X86IntelFormatter(FormatOptions options) {
        this.options = options;
    }

    @Override
    public void format(Instruction instruction, StringBuilder out) {
        out.append(options.uppercase() ? "DB" : "db");
    }
}
