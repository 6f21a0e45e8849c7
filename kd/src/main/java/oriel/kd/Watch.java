package oriel.kd;

/**
 * What a debug register watches.
 *
 * @param access at what it stops
 * @param sizeBytes 1, 2, 4 or 8; 1 for instructions
 */
public record Watch(Access access, int sizeBytes) {
    /** At what a debug register stops. */
    public enum Access {
        /** Before the instruction there is executed. */
        EXECUTE(0),
        /** After something was written there. */
        WRITE(1),
        /** After something was read or written there. */
        ACCESS(3);

        private final int bits;

        Access(int bits) {
            this.bits = bits;
        }
    }

    /** The four bits of DR7 (Intel SDM volume 3, 17.2.4): access, then length. */
    int controlBits() {
        int length =
                switch (sizeBytes) {
                    case 2 -> 1;
                    case 4 -> 3;
                    case 8 -> 2;
                    default -> 0;
                };
        return access.bits | length << 2;
    }
}
