package oriel.triage.bucket;

/**
 * A hash of text that is the same for ever: 64-bit FNV-1a over UTF-16 units, finished by a mixer.
 * Tells bugs apart; no protection against people who want collisions.
 */
final class StableHash {
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private StableHash() {}

    static long of(CharSequence text) {
        long hash = OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i) & 0xff) * PRIME;
            hash = (hash ^ text.charAt(i) >>> 8) * PRIME;
        }
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        return hash ^ hash >>> 33;
    }

    /** Exactly {@code digits} lower case hexadecimal digits of the hash. */
    static String digits(CharSequence text, int digits) {
        String all = Long.toHexString(of(text));
        String padded = "0".repeat(16 - all.length()) + all;
        return padded.substring(0, digits);
    }
}
