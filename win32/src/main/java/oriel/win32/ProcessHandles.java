package oriel.win32;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import oriel.model.HandleInfo;
import oriel.win32.raw.Failures;
import oriel.win32.raw.Kernel32;
import oriel.win32.raw.Ntdll;

/** The open handles of a process. */
final class ProcessHandles {
    // SYSTEM_HANDLE_INFORMATION_EX and its entries, 64-bit; not in the SDK.
    private static final int FIRST = 16;
    private static final int SIZE = 40;
    private static final int OWNER = 8;
    private static final int VALUE = 16;
    private static final int ACCESS = 24;
    private static final int TYPE_INDEX = 30;
    private static final int ATTRIBUTES = 32;

    private static final int OBJECT_BASIC = 0;
    private static final int OBJECT_NAME = 1;
    private static final int OBJECT_TYPE = 2;
    private static final int SAME_ACCESS = 2;
    private static final int ROOM = 1 << 12;
    private static final int MOST_ROOM = 1 << 29;

    private static final Set<String> UNNAMED = Set.of("File", "Process", "Thread");

    private ProcessHandles() {}

    static List<HandleInfo> of(WindowsProcess process) {
        int room = 1 << 18;
        var needed = new int[1];
        while (true) {
            try (var answer = new Memory(room)) {
                int status =
                        Ntdll.NtQuerySystemInformation(Ntdll.SYSTEM_HANDLES, answer, room, needed);
                if (status == Ntdll.LENGTH_MISMATCH && room < MOST_ROOM) {
                    room = Math.max(room * 2, needed[0] + (needed[0] >> 2));
                    continue;
                }
                Failures.check("NtQuerySystemInformation", status);
                return read(process, answer, room);
            }
        }
    }

    private static List<HandleInfo> read(WindowsProcess process, Memory answer, int room) {
        var handles = new ArrayList<HandleInfo>();
        long count = Math.min(answer.getLong(0), (room - FIRST) / SIZE);
        var types = new HashMap<Integer, String>();
        try (var scratch = new Memory(ROOM)) {
            for (long i = 0; i < count; i++) {
                long at = FIRST + i * SIZE;
                if (answer.getLong(at + OWNER) == process.processId()) {
                    handles.add(
                            describe(
                                    process.handle(),
                                    answer.getLong(at + VALUE),
                                    answer.getInt(at + ACCESS) & 0xffffffffL,
                                    answer.getInt(at + ATTRIBUTES) & 0xffffffffL,
                                    answer.getShort(at + TYPE_INDEX) & 0xffff,
                                    types,
                                    scratch));
                }
            }
        }
        return handles;
    }

    private static HandleInfo describe(
            long process,
            long value,
            long access,
            long attributes,
            int typeIndex,
            Map<Integer, String> types,
            Memory scratch) {
        var copy = new long[1];
        int status = Ntdll.NtDuplicateObject(process, value, -1, copy, 0, 0, SAME_ACCESS);
        if (status < 0) {
            String type = types.getOrDefault(typeIndex, "");
            return new HandleInfo(value, type, "", attributes, access, 0, 0, Optional.empty());
        }
        try {
            // 0 says nothing: the numbers of types begin above it.
            String type =
                    typeIndex == 0
                            ? text(copy[0], OBJECT_TYPE, scratch)
                            : types.computeIfAbsent(
                                    typeIndex, i -> text(copy[0], OBJECT_TYPE, scratch));
            // Asking a pipe or device for its name can wait for ever; others never have one.
            boolean mayHaveName = !UNNAMED.contains(type);
            String name = mayHaveName ? text(copy[0], OBJECT_NAME, scratch) : "";
            status = Ntdll.NtQueryObject(copy[0], OBJECT_BASIC, scratch, 56, null);
            long handles = status < 0 ? 0 : (scratch.getInt(8) & 0xffffffffL) - 1;
            long pointers = status < 0 ? 0 : scratch.getInt(12) & 0xffffffffL;
            return new HandleInfo(
                    value,
                    type,
                    name,
                    attributes,
                    access,
                    Math.max(handles, 0),
                    pointers,
                    Optional.empty());
        } finally {
            Kernel32.CloseHandle(copy[0]);
        }
    }

    private static String text(long handle, int kind, Memory scratch) {
        int status = Ntdll.NtQueryObject(handle, kind, scratch, ROOM, null);
        int length = status < 0 ? 0 : scratch.getShort(0) & 0xffff;
        Pointer text = length == 0 ? null : scratch.getPointer(8);
        return text == null ? "" : new String(text.getCharArray(0, length / 2));
    }
}
