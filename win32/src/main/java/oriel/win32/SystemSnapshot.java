package oriel.win32;

import com.sun.jna.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import oriel.model.Wildcards;
import oriel.win32.raw.Failures;
import oriel.win32.raw.Ntdll;

/**
 * All processes and threads at one moment. Immutable. Safe for any thread.
 *
 * @param processes in the order of the system
 */
public record SystemSnapshot(List<ProcessEntry> processes) {
    // SYSTEM_PROCESS_INFORMATION and SYSTEM_THREAD_INFORMATION of 64-bit Windows; not in the SDK.
    private static final int THREAD_COUNT = 0x04;
    private static final int CREATED = 0x20;
    private static final int USER_TIME = 0x28;
    private static final int KERNEL_TIME = 0x30;
    private static final int NAME_LENGTH = 0x38;
    private static final int NAME = 0x40;
    private static final int PRIORITY = 0x48;
    private static final int PROCESS_ID = 0x50;
    private static final int PARENT_ID = 0x58;
    private static final int HANDLES = 0x60;
    private static final int SESSION = 0x64;
    private static final int WORKING_SET = 0x90;
    private static final int PRIVATE_BYTES = 0xc8;
    private static final int THREADS = 0x100;
    private static final int THREAD_SIZE = 0x50;
    private static final int MOST_ROOM = 1 << 28;

    /** Copies the list. */
    public SystemSnapshot {
        processes = List.copyOf(processes);
    }

    /**
     * Asks the system, in one call, so that the answer belongs together.
     *
     * @throws oriel.driver.DriverException when the system refuses
     */
    public static SystemSnapshot take() {
        int room = 1 << 18;
        var needed = new int[1];
        while (true) {
            try (var answer = new Memory(room)) {
                int status =
                        Ntdll.NtQuerySystemInformation(
                                Ntdll.SYSTEM_PROCESSES, answer, room, needed);
                if (status == Ntdll.LENGTH_MISMATCH && room < MOST_ROOM) {
                    // Processes start between two calls, so a little more than was asked for.
                    room = Math.max(room * 2, needed[0] + (needed[0] >> 2));
                    continue;
                }
                Failures.check("NtQuerySystemInformation", status);
                return new SystemSnapshot(read(answer));
            }
        }
    }

    private static List<ProcessEntry> read(Memory answer) {
        var processes = new ArrayList<ProcessEntry>();
        long at = 0;
        while (true) {
            processes.add(process(answer, at));
            long next = answer.getInt(at) & 0xffffffffL;
            if (next == 0) {
                return processes;
            }
            at += next;
        }
    }

    private static ProcessEntry process(Memory in, long at) {
        long processId = in.getLong(at + PROCESS_ID);
        int nameBytes = in.getShort(at + NAME_LENGTH) & 0xffff;
        String name =
                nameBytes == 0
                        ? processId == 0 ? "System Idle Process" : "System"
                        : new String(
                                in.getPointer(at + NAME)
                                        .getCharArray(0, nameBytes / Character.BYTES));
        int threadCount = in.getInt(at + THREAD_COUNT);
        var threads = new ArrayList<ThreadEntry>(threadCount);
        for (int i = 0; i < threadCount; i++) {
            threads.add(thread(in, at + THREADS + (long) i * THREAD_SIZE));
        }
        return new ProcessEntry(
                processId,
                in.getLong(at + PARENT_ID),
                name,
                in.getInt(at + SESSION),
                in.getInt(at + PRIORITY),
                in.getInt(at + HANDLES) & 0xffffffffL,
                in.getLong(at + WORKING_SET),
                in.getLong(at + PRIVATE_BYTES),
                FileTimes.instant(in.getLong(at + CREATED)),
                FileTimes.duration(in.getLong(at + USER_TIME)),
                FileTimes.duration(in.getLong(at + KERNEL_TIME)),
                threads);
    }

    private static ThreadEntry thread(Memory in, long at) {
        return new ThreadEntry(
                in.getLong(at + 0x30),
                in.getLong(at + 0x28),
                in.getLong(at + 0x20),
                in.getInt(at + 0x38),
                in.getInt(at + 0x3c),
                in.getInt(at + 0x44),
                in.getInt(at + 0x48));
    }

    /** A process by its id. */
    public Optional<ProcessEntry> process(long processId) {
        return processes.stream().filter(p -> p.processId() == processId).findFirst();
    }

    /** The process that a thread belongs to. */
    public Optional<ProcessEntry> processOfThread(long threadId) {
        return processes.stream()
                .filter(p -> p.threads().stream().anyMatch(t -> t.threadId() == threadId))
                .findFirst();
    }

    /**
     * Processes by the name of their program, in any case, with or without {@code .exe}; {@code *}
     * stands for any text and {@code ?} for any character. With a slash or backslash in it, by the
     * whole path of the program.
     */
    public List<ProcessEntry> named(String pattern) {
        if (pattern.indexOf('\\') >= 0 || pattern.indexOf('/') >= 0) {
            String path = pattern.replace('/', '\\');
            return processes.stream()
                    .filter(p -> p.imagePath().filter(own -> matches(path, own)).isPresent())
                    .toList();
        }
        return processes.stream().filter(p -> matches(pattern, p.name())).toList();
    }

    static boolean matches(String pattern, String name) {
        String wanted = pattern.toLowerCase(Locale.ROOT);
        String own = name.toLowerCase(Locale.ROOT);
        return Wildcards.match(wanted, own)
                || own.endsWith(".exe")
                        && Wildcards.match(wanted, own.substring(0, own.length() - 4));
    }
}
