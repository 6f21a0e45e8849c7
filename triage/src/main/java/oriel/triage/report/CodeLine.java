package oriel.triage.report;

import java.util.Arrays;

/**
 * An instruction, or bytes that are none.
 *
 * @param va where
 * @param bytes of the instruction; a copy
 * @param text as WinDbg writes it, {@code db} where the bytes are no instruction
 * @param label symbol that begins here; may be empty
 * @param current whether the program counter is here
 */
public record CodeLine(long va, byte[] bytes, String text, String label, boolean current) {
    /** Copies the bytes. */
    public CodeLine {
        bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof CodeLine other
                && va == other.va
                && current == other.current
                && Arrays.equals(bytes, other.bytes)
                && text.equals(other.text)
                && label.equals(other.label);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(va) * 31 + text.hashCode();
    }
}
