package oriel.testkit.kd;

/** A kernel's table of breakpoint instructions, which it puts into its memory itself. */
final class ScriptedTraps {
    private static final int MOST = 32;

    /** So close behind a stop a kernel takes its breakpoints out before it tells of the stop. */
    private static final int SHOWN = 16;

    private final ScriptedPages pages;
    private final byte[] trap;
    private final long[] places = new long[MOST + 1];
    private final byte[][] replaced = new byte[MOST + 1][];

    ScriptedTraps(ScriptedPages pages, byte[] trap) {
        this.pages = pages;
        this.trap = trap;
    }

    /** Puts one in. Returns its number, or 0 when there is one already, or no room or memory. */
    int set(long va) {
        byte[] there = pages.read(va, trap.length);
        int free = 0;
        for (int i = MOST; i > 0; i--) {
            if (places[i] == va) {
                return 0;
            }
            free = places[i] == 0 ? i : free;
        }
        if (free == 0 || there.length < trap.length) {
            return 0;
        }
        places[free] = va;
        replaced[free] = there;
        pages.write(va, trap);
        return free;
    }

    /** Takes one out; whether there was one. */
    boolean lift(int number) {
        if (number <= 0 || number > MOST || places[number] == 0) {
            return false;
        }
        pages.write(places[number], replaced[number]);
        places[number] = 0;
        return true;
    }

    void liftAll() {
        for (int i = 1; i <= MOST; i++) {
            lift(i);
        }
    }

    /** Takes those out that are in the instructions which a stop shows. */
    void liftAfter(long pc) {
        for (int i = 1; i <= MOST; i++) {
            if (places[i] != 0 && places[i] - pc >= 0 && places[i] - pc < SHOWN) {
                lift(i);
            }
        }
    }

    boolean isAt(long va) {
        for (int i = 1; i <= MOST; i++) {
            if (places[i] != 0 && places[i] == va) {
                return true;
            }
        }
        return false;
    }
}
