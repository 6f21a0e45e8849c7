package oriel.kd.relay;

/** Which way bytes go through a relay. */
public enum Direction {
    /** From the first line to the second. */
    A_TO_B('>'),
    /** From the second line to the first. */
    B_TO_A('<');

    private final char sign;

    Direction(char sign) {
        this.sign = sign;
    }

    /** How recordings and dumps write it. */
    public char sign() {
        return sign;
    }
}
