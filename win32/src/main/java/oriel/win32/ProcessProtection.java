package oriel.win32;

import java.util.Locale;
import java.util.Optional;

/**
 * That a process is protected: nobody but protected processes of the same or a higher signer may
 * read, change, hold or end it, whatever privileges they have.
 *
 * @param light whether it is protected by the lighter rules (PPL)
 * @param signer who vouches for it
 */
public record ProcessProtection(boolean light, Signer signer) {
    private static final int LIGHT = 1;

    /** PROTECTED_SIGNER, in the order of its numbers. */
    public enum Signer {
        NONE,
        AUTHENTICODE,
        CODE_GENERATION,
        ANTIMALWARE,
        LSA,
        WINDOWS,
        WIN_TCB,
        WIN_SYSTEM,
        APP,
        OTHER
    }

    /** Takes a PS_PROTECTION apart: type in three bits, audit in one, signer in four. */
    static Optional<ProcessProtection> of(int bits) {
        int type = bits & 7;
        int signer = bits >>> 4 & 15;
        return type == 0
                ? Optional.empty()
                : Optional.of(
                        new ProcessProtection(
                                type == LIGHT,
                                Signer.values()[Math.min(signer, Signer.OTHER.ordinal())]));
    }

    /** In words: {@code light, antimalware}. */
    public String words() {
        return (light ? "light, " : "full, ")
                + signer.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
