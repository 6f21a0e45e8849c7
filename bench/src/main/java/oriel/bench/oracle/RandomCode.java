package oriel.bench.oracle;

import java.util.SplittableRandom;
import oriel.model.Architecture;

/**
 * Random encodings, the same for the same seed. Plain random bytes seldom reach the deep maps, so
 * for x86 a third of the encodings begin with a prefix or an escape of one of them.
 */
final class RandomCode {
    private static final int[] LEGACY_PREFIXES = {
        0x66, 0xf2, 0xf3, 0x2e, 0x36, 0x3e, 0x26, 0x64, 0x65, 0x67, 0xf0
    };

    private final SplittableRandom random;
    private final byte[] code;
    private int used;

    private RandomCode(long seed, int sizeBytes) {
        this.random = new SplittableRandom(seed);
        this.code = new byte[sizeBytes];
    }

    /**
     * A block of about {@code count} encodings.
     *
     * @param count of encodings; the sweep through the block decides where each one begins
     */
    static CodeBlock of(Architecture architecture, int count, long seed) {
        boolean intel = architecture.isIntel();
        var made = new RandomCode(seed, intel ? Math.multiplyExact(count, 3) : count * 4);
        if (intel) {
            made.fillIntel(architecture == Architecture.X64);
        } else {
            made.random.nextBytes(made.code);
        }
        return new CodeBlock("random " + seed, architecture, 0x10000000L, made.code);
    }

    private void fillIntel(boolean wide) {
        while (used < code.length) {
            start(wide);
            tail();
        }
    }

    private void start(boolean wide) {
        int kind = random.nextInt(24);
        if (kind < 6 && random.nextInt(2) == 0) {
            put(LEGACY_PREFIXES[random.nextInt(LEGACY_PREFIXES.length)]);
        }
        if (kind < 8 && wide && random.nextInt(3) == 0) {
            put(0x40 | random.nextInt(16));
        }
        switch (kind) {
            case 0, 1, 2 -> put(0x0f);
            case 3 -> put(0x0f, 0x38);
            case 4 -> put(0x0f, 0x3a);
            case 5 -> put(0xd8 | random.nextInt(8));
            case 8 -> put(0xc5, 0xc0 | random.nextInt(64));
            case 9, 10 -> put(0xc4, 0xe0 | 1 + random.nextInt(3), random.nextInt(256));
            case 11, 12, 13 -> evex();
            case 14 -> put(0x8f, 0xe8 | random.nextInt(3), random.nextInt(256));
            default -> {
                // Whatever the tail happens to be.
            }
        }
    }

    /** The four bytes of an EVEX prefix with the fixed bits mostly right. */
    private void evex() {
        int map = new int[] {1, 2, 3, 5, 6}[random.nextInt(5)];
        put(0x62, 0xf0 & random.nextInt(256) | map, 0x04 | random.nextInt(256));
        put(random.nextInt(256));
    }

    /** Opcode, ModRM, and bytes enough for the rest of most instructions. */
    private void tail() {
        int count = 2 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            put(random.nextInt(256));
        }
    }

    private void put(int... bytes) {
        for (int value : bytes) {
            if (used < code.length) {
                code[used++] = (byte) value;
            }
        }
    }
}
