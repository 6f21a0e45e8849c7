package oriel.win32;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import oriel.driver.RawEvent;
import oriel.model.LoadedModule;
import oriel.model.TargetException;
import oriel.model.ThreadRef;
import oriel.win32.raw.DebugApi;
import oriel.win32.raw.Kernel32;

/**
 * Turns a DEBUG_EVENT (minwinbase.h) into what it says, and keeps what it tells of the process:
 * threads and modules come and go with events.
 */
final class DebugEventReader {
    private static final int MOST_TEXT = 1 << 16;
    private static final int MOST_PARAMETERS = 15;
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private final ByteBuffer event;

    /**
     * @param event where the system writes events
     */
    DebugEventReader(ByteBuffer event) {
        this.event = event.order(ByteOrder.LITTLE_ENDIAN);
    }

    long processId() {
        return event.getInt(DebugApi.EVENT_PROCESS) & 0xffffffffL;
    }

    long threadId() {
        return event.getInt(DebugApi.EVENT_THREAD) & 0xffffffffL;
    }

    int code() {
        return event.getInt(0);
    }

    RawEvent read(DebuggedProcess process) {
        var thread = new ThreadRef(processId(), threadId());
        return switch (code()) {
            case DebugApi.EXCEPTION -> exception(process, thread);
            case DebugApi.CREATE_THREAD -> {
                long start = event.getLong(at(16));
                process.addThread(thread, event.getLong(at(0)), start, event.getLong(at(8)));
                yield new RawEvent.ThreadStarted(thread, start);
            }
            case DebugApi.CREATE_PROCESS -> started(process, thread);
            case DebugApi.EXIT_THREAD -> {
                process.removeThread(thread.threadId());
                yield new RawEvent.ThreadExited(thread, event.getInt(at(0)) & 0xffffffffL);
            }
            case DebugApi.EXIT_PROCESS ->
                    new RawEvent.ProcessExited(thread, event.getInt(at(0)) & 0xffffffffL);
            case DebugApi.LOAD_DLL -> {
                close(event.getLong(at(0)));
                yield new RawEvent.ModuleLoaded(thread, process.addModule(event.getLong(at(8))));
            }
            case DebugApi.UNLOAD_DLL -> {
                process.removeModule(event.getLong(at(0)));
                yield new RawEvent.ModuleUnloaded(thread, event.getLong(at(0)));
            }
            case DebugApi.OUTPUT_STRING ->
                    new RawEvent.OutputWritten(
                            thread,
                            text(
                                    process,
                                    event.getLong(at(0)),
                                    event.getShort(at(8)) != 0,
                                    event.getShort(at(10)) & 0xffff));
            default -> new RawEvent.SystemFailed(thread, event.getInt(at(0)), event.getInt(at(4)));
        };
    }

    private static int at(int offset) {
        return DebugApi.EVENT_UNION + offset;
    }

    private static void close(long file) {
        if (file != 0 && file != -1) {
            Kernel32.CloseHandle(file);
        }
    }

    private RawEvent started(DebuggedProcess process, ThreadRef thread) {
        close(event.getLong(at(0)));
        process.eventHandle(event.getLong(at(8)));
        long start = event.getLong(at(48));
        process.addThread(thread, event.getLong(at(16)), start, event.getLong(at(40)));
        LoadedModule image = process.addModule(event.getLong(at(24)));
        return new RawEvent.ProcessStarted(thread, image, start);
    }

    private RawEvent exception(DebuggedProcess process, ThreadRef thread) {
        int code = event.getInt(at(0));
        long nested = event.getLong(at(8));
        int count = Math.clamp(event.getInt(at(24)), 0, MOST_PARAMETERS);
        List<Long> parameters = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            parameters.add(event.getLong(at(32 + i * 8)));
        }
        long va = event.getLong(at(16));
        if (process.takeBreakIn(code, va)) {
            return new RawEvent.Interrupted(thread);
        }
        return new RawEvent.ExceptionRaised(
                thread,
                new TargetException(
                        thread,
                        code,
                        event.getInt(at(4)),
                        va,
                        nested == 0 ? OptionalLong.empty() : OptionalLong.of(nested),
                        parameters),
                event.getInt(at(152)) != 0);
    }

    private static String text(DebuggedProcess process, long va, boolean wide, int length) {
        int bytes = Math.min(wide ? length * 2 : length, MOST_TEXT);
        byte[] read = process.process().memory().readUpTo(va, bytes);
        int end = 0;
        int width = wide ? 2 : 1;
        while (end + width <= read.length && (read[end] != 0 || wide && read[end + 1] != 0)) {
            end += width;
        }
        return wide ? new String(read, 0, end, StandardCharsets.UTF_16LE) : narrow(read, end);
    }

    /** UTF-8 where it is valid, else the code page of the West. */
    private static String narrow(byte[] bytes, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, 0, length, WINDOWS);
        }
    }
}
