package oriel.model;

/**
 * One full register of one architecture (rax, not eax or al: parts of registers are a matter of the
 * decoder). Instances are constants of {@link Registers}.
 *
 * @param architecture whose register it is
 * @param name lower case, as WinDbg writes it
 * @param index position in {@link Registers#of(Architecture)}
 * @param bits width: 16, 32, 64, 80 or 128
 * @param kind what it is for
 */
public record Register(Architecture architecture, String name, int index, int bits, Kind kind) {
    /** What a register is for. */
    public enum Kind {
        GENERAL,
        PROGRAM_COUNTER,
        FLAGS,
        SEGMENT,
        DEBUG,
        FLOATING_POINT,
        VECTOR,
        CONTROL
    }

    @Override
    public String toString() {
        return name;
    }
}
