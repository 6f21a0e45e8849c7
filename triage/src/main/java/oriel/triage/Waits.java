package oriel.triage;

import java.util.List;
import java.util.Map;
import oriel.triage.report.FrameEntry;
import oriel.triage.report.RecursionEntry;
import oriel.triage.report.StackEntry;

/** What a thread waits for, told by the names of its innermost frames. */
final class Waits {
    private static final int DEPTH = 8;

    /** Functions that say more than the system call they end in. */
    private static final Map<String, String> PARTICULAR =
            Map.ofEntries(
                    Map.entry("RtlEnterCriticalSection", "critical section"),
                    Map.entry("RtlpEnterCriticalSectionContended", "critical section"),
                    Map.entry("RtlpWaitOnCriticalSection", "critical section"),
                    Map.entry("RtlpWaitForCriticalSection", "critical section"),
                    Map.entry("RtlAcquireSRWLockExclusive", "slim lock"),
                    Map.entry("RtlAcquireSRWLockShared", "slim lock"),
                    Map.entry("RtlSleepConditionVariableCS", "condition variable"),
                    Map.entry("RtlSleepConditionVariableSRW", "condition variable"),
                    Map.entry("SleepConditionVariableSRW", "condition variable"),
                    Map.entry("SleepConditionVariableCS", "condition variable"),
                    Map.entry("RtlWaitOnAddress", "change of a value (WaitOnAddress)"),
                    Map.entry("LdrpDrainWorkQueue", "loader"),
                    Map.entry("TppWorkerThread", "work (thread pool)"),
                    Map.entry("GetMessageW", "window message"),
                    Map.entry("GetMessageA", "window message"),
                    Map.entry("WaitMessage", "window message"));

    private static final Map<String, String> SYSTEM_CALLS =
            Map.ofEntries(
                    Map.entry("WaitForSingleObject", "object"),
                    Map.entry("WaitForMultipleObjects", "objects"),
                    Map.entry("WaitForMultipleObjects32", "objects"),
                    Map.entry("SignalAndWaitForSingleObject", "object"),
                    Map.entry("WaitForKeyedEvent", "keyed event"),
                    Map.entry("WaitForAlertByThreadId", "wake-up by another thread"),
                    Map.entry("WaitForWorkViaWorkerFactory", "work (thread pool)"),
                    Map.entry("DelayExecution", "time to pass (Sleep)"),
                    Map.entry("RemoveIoCompletion", "I/O completion"),
                    Map.entry("RemoveIoCompletionEx", "I/O completion"),
                    Map.entry("ReplyWaitReceivePort", "message on a port"),
                    Map.entry("ReplyWaitReceivePortEx", "message on a port"),
                    Map.entry("RequestWaitReplyPort", "answer on a port"),
                    Map.entry("AlpcSendWaitReceivePort", "message on a port"),
                    Map.entry("ReadFile", "data from a file or pipe"),
                    Map.entry("WriteFile", "a file or pipe to take data"),
                    Map.entry("FsControlFile", "a file system or pipe"),
                    Map.entry("DeviceIoControlFile", "a device"),
                    Map.entry("UserGetMessage", "window message"),
                    Map.entry("UserWaitMessage", "window message"),
                    Map.entry("UserMsgWaitForMultipleObjectsEx", "window message or object"),
                    Map.entry("SuspendThread", "to be resumed"));

    private Waits() {}

    /** What the thread of a stack waits for; empty when the names do not tell. */
    static String of(List<StackEntry> stack) {
        String general = "";
        int depth = 0;
        for (StackEntry entry : stack) {
            FrameEntry frame =
                    switch (entry) {
                        case FrameEntry f -> f;
                        case RecursionEntry r -> r.cycle().get(0);
                    };
            String name = frame.location().symbol().map(s -> s.name()).orElse("");
            String particular = PARTICULAR.getOrDefault(name, "");
            if (!particular.isEmpty()) {
                return particular;
            }
            if (general.isEmpty() && depth < 2) {
                general = systemCall(name);
            }
            if (general.isEmpty() && depth >= 2 || ++depth == DEPTH) {
                break;
            }
        }
        return general;
    }

    private static String systemCall(String name) {
        boolean call = name.startsWith("Nt") || name.startsWith("Zw");
        return call ? SYSTEM_CALLS.getOrDefault(name.substring(2), "") : "";
    }
}
