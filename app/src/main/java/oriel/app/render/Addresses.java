package oriel.app.render;

import oriel.model.Architecture;

/** Addresses as a target's users write them. */
final class Addresses {
    private final int digits;

    Addresses(Architecture architecture) {
        // 48 bits are what user programs have; kernel addresses come out with all 16.
        this.digits = architecture.is64Bit() ? 12 : 8;
    }

    /** Digits of an ordinary address. */
    int digits() {
        return digits;
    }

    /** An address in as many digits as ordinary ones have. */
    String text(long va) {
        return Page.hexText(va, digits);
    }
}
