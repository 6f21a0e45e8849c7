package oriel.engine.unwind;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a frame keeps the registers of its caller, at one instruction, as rules of STACK CFI
 * records. Distances are counted down from an anchor above the frame, which is the canonical frame
 * address unless an interrupt made the frame.
 */
final class CallFrame {
    private static final int NOWHERE = Integer.MIN_VALUE;

    private final String[] names;
    private final String stackPointer;
    private final long[] savedAt;

    /** Bytes from the stack pointer up to the anchor. */
    private long depth;

    private int frameRegister = -1;
    private long frameDistance;
    private String returnAddress;
    private long interruptedSpAt = NOWHERE;
    private long interruptedPcAt = NOWHERE;

    /**
     * @param names of the registers by number
     * @param returnAddress rule of the return address as long as it is not stored
     */
    CallFrame(String[] names, String stackPointer, String returnAddress) {
        this.names = names;
        this.stackPointer = stackPointer;
        this.returnAddress = returnAddress;
        this.savedAt = new long[names.length];
        Arrays.fill(savedAt, NOWHERE);
    }

    long depth() {
        return depth;
    }

    void allocate(long bytes) {
        depth += bytes;
    }

    /** A register is stored so many bytes above the stack pointer. */
    void save(int register, long aboveStackPointer) {
        if (register >= 0 && register < savedAt.length) {
            savedAt[register] = depth - aboveStackPointer;
        }
    }

    /** The return address is stored so many bytes above the stack pointer. */
    void saveReturnAddress(long aboveStackPointer) {
        returnAddress = fromAnchor(depth - aboveStackPointer);
    }

    /** A register points so many bytes above the stack pointer from here on. */
    void setFrame(int register, long aboveStackPointer) {
        frameRegister = register;
        frameDistance = depth - aboveStackPointer;
    }

    /** The processor stored stack pointer and program counter when it was interrupted. */
    void interrupted(long spAboveStackPointer, long pcAboveStackPointer) {
        interruptedSpAt = depth - spAboveStackPointer;
        interruptedPcAt = depth - pcAboveStackPointer;
    }

    /** The rules by what they restore, the canonical frame address first. */
    Map<String, String> rules() {
        var rules = new LinkedHashMap<String, String>();
        boolean interrupt = interruptedSpAt != NOWHERE;
        rules.put(".cfa", interrupt ? stored(interruptedSpAt) : above(0));
        rules.put(".ra", interrupt ? stored(interruptedPcAt) : returnAddress);
        for (int i = 0; i < savedAt.length; i++) {
            if (savedAt[i] != NOWHERE) {
                rules.put(names[i], interrupt ? stored(savedAt[i]) : fromAnchor(savedAt[i]));
            }
        }
        return rules;
    }

    private String stored(long belowAnchor) {
        return above(belowAnchor) + " ^";
    }

    /** An address so many bytes below the anchor. */
    private String above(long belowAnchor) {
        return frameRegister < 0
                ? stackPointer + " " + (depth - belowAnchor) + " +"
                : names[frameRegister] + " " + (frameDistance - belowAnchor) + " +";
    }

    private static String fromAnchor(long belowAnchor) {
        return belowAnchor > 0 ? ".cfa " + belowAnchor + " - ^" : ".cfa " + -belowAnchor + " + ^";
    }
}
