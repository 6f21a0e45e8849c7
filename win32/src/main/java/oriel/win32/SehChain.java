package oriel.win32;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import oriel.model.Architecture;
import oriel.model.Memory;

/**
 * The handlers of exceptions that a 32-bit thread has set up (EXCEPTION_REGISTRATION_RECORD), the
 * one that is asked first at the beginning. 64-bit programs keep theirs in tables instead.
 */
public final class SehChain {
    private static final long END = 0xffffffffL;
    private static final int MOST = 1 << 12;

    /**
     * One handler.
     *
     * @param recordVa where it is registered, on the stack
     * @param handlerVa what is called
     */
    public record Handler(long recordVa, long handlerVa) {}

    private SehChain() {}

    /**
     * Reads the chain of a thread. A damaged chain ends where it cannot be followed.
     *
     * @param tebVa the 32-bit environment block of the thread
     */
    public static List<Handler> read(Memory memory, long tebVa) {
        var found = new ArrayList<Handler>();
        var seen = new HashSet<Long>();
        long at = memory.pointer(tebVa, Architecture.X86).orElse(END);
        while (at != END && at != 0 && seen.add(at) && found.size() < MOST) {
            var handler = memory.pointer(at + 4, Architecture.X86);
            if (handler.isEmpty()) {
                break;
            }
            found.add(new Handler(at, handler.getAsLong()));
            at = memory.pointer(at, Architecture.X86).orElse(END);
        }
        return found;
    }
}
