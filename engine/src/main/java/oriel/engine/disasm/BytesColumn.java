package oriel.engine.disasm;

/**
 * Writes the bytes of instructions before their text.
 *
 * @param count bytes that the column has room for
 * @param text writes the rest of the line
 */
record BytesColumn(int count, InstructionFormatter text) implements InstructionFormatter {
    @Override
    public void format(Instruction instruction, StringBuilder out) {
        int end = out.length() + count * 2 + 2;
        instruction.appendBytes(count, out);
        do {
            out.append(' ');
        } while (out.length() < end);
        text.format(instruction, out);
    }
}
