package oriel.win32;

import com.sun.jna.Memory;
import java.util.ArrayList;
import java.util.List;
import oriel.driver.DriverException;
import oriel.win32.raw.Failures;
import oriel.win32.raw.Structures;
import oriel.win32.raw.WaitChains;

/**
 * What a thread waits for, who owns that, what the owner waits for, and so on: threads and objects
 * in turn. Windows follows critical sections, mutexes, SendMessage, ALPC, COM and waits for threads
 * and processes.
 *
 * @param nodes from the thread on
 * @param isDeadlock whether the chain comes back to itself
 */
public record WaitChain(List<Node> nodes, boolean isDeadlock) {
    private static final int NAME_CHARACTERS = 128;
    private static final int MOST_NODES = 16;
    private static final int OUT_OF_PROCESS = 7;
    private static final int MORE_DATA = 234;

    /** What a node is. */
    public enum Kind {
        UNKNOWN,
        CRITICAL_SECTION,
        SEND_MESSAGE,
        MUTEX,
        ALPC,
        COM,
        THREAD_WAIT,
        PROCESS_WAIT,
        THREAD,
        COM_ACTIVATION,
        OTHER,
        SOCKET_IO,
        SMB_IO
    }

    /**
     * One thread or object.
     *
     * @param kind what it is
     * @param status WCT_OBJECT_STATUS: 1 no access, 2 running, 3 blocked, 8 owned, 9 not owned
     * @param processId of a thread, else 0
     * @param threadId of a thread, else 0
     * @param name of an object, may be empty
     */
    public record Node(Kind kind, int status, long processId, long threadId, String name) {}

    /** Copies the list. */
    public WaitChain {
        nodes = List.copyOf(nodes);
    }

    /**
     * Asks the system about a thread.
     *
     * @throws DriverException when the system does not tell; Wine does not (what threads wait for
     *     is then found by the stack: {@code oriel analyze --pid} names deadlocks of critical
     *     sections)
     */
    public static WaitChain of(long threadId) {
        try {
            return ask(threadId);
        } catch (UnsatisfiedLinkError e) {
            throw new DriverException(
                    "GetThreadWaitChain", 120, "This system does not follow waits.");
        }
    }

    private static WaitChain ask(long threadId) {
        long session = WaitChains.OpenThreadWaitChainSession(0, 0);
        if (session == 0) {
            throw Failures.last("OpenThreadWaitChainSession");
        }
        try (var answer = new Memory((long) Structures.WAIT_NODE_SIZE * MOST_NODES)) {
            answer.clear();
            var count = new int[] {MOST_NODES};
            var cycle = new int[1];
            boolean good =
                    WaitChains.GetThreadWaitChain(
                            session, 0, OUT_OF_PROCESS, (int) threadId, count, answer, cycle);
            DriverException failure = Failures.last("GetThreadWaitChain " + threadId);
            if (!good && failure.code() != MORE_DATA) {
                throw failure;
            }
            return new WaitChain(nodes(answer, Math.min(count[0], MOST_NODES)), cycle[0] != 0);
        } finally {
            WaitChains.CloseThreadWaitChainSession(session);
        }
    }

    /** Takes an array of WAITCHAIN_NODE_INFO apart. */
    static List<Node> nodes(Memory answer, int count) {
        var nodes = new ArrayList<Node>();
        for (int i = 0; i < count; i++) {
            nodes.add(node(answer, (long) i * Structures.WAIT_NODE_SIZE));
        }
        return nodes;
    }

    private static Node node(Memory answer, long at) {
        int type = answer.getInt(at);
        Kind kind = type > 0 && type < Kind.values().length ? Kind.values()[type] : Kind.UNKNOWN;
        int status = answer.getInt(at + Structures.WAIT_NODE_STATUS);
        if (kind == Kind.THREAD) {
            return new Node(
                    kind,
                    status,
                    answer.getInt(at + Structures.WAIT_NODE_PROCESS_ID) & 0xffffffffL,
                    answer.getInt(at + Structures.WAIT_NODE_THREAD_ID) & 0xffffffffL,
                    "");
        }
        String name =
                DevicePaths.firstText(
                        answer.getCharArray(at + Structures.WAIT_NODE_NAME, NAME_CHARACTERS));
        return new Node(kind, status, 0, 0, name);
    }
}
