package oriel.win32;

import com.sun.jna.Memory;
import java.util.Optional;
import oriel.driver.DriverException;
import oriel.win32.raw.Ntdll;

/** Paths of programs by the ids of their processes. */
final class ImagePaths {
    // SYSTEM_PROCESS_ID_INFORMATION: an id, then a UNICODE_STRING with room for the answer.
    private static final int SIZE = 24;
    private static final int LENGTH = 8;
    private static final int ROOM = 10;
    private static final int TEXT = 16;
    private static final int MOST_BYTES = 0xfffe;

    private ImagePaths() {}

    static Optional<String> of(long processId) {
        try (var question = new Memory(SIZE);
                var text = new Memory(MOST_BYTES)) {
            question.clear();
            question.setLong(0, processId);
            question.setShort(ROOM, (short) MOST_BYTES);
            question.setPointer(TEXT, text);
            int status =
                    Ntdll.NtQuerySystemInformation(Ntdll.SYSTEM_PROCESS_PATH, question, SIZE, null);
            int length = question.getShort(LENGTH) & 0xffff;
            if (status >= 0 && length > 0) {
                return Optional.of(
                        DevicePaths.withDrive(new String(text.getCharArray(0, length / 2))));
            }
        }
        // Older systems, and Wine 8, tell only of processes that can be opened.
        try (WindowsProcess process = WindowsProcess.open(processId, Access.LIMITED)) {
            return Optional.of(process.imagePath());
        } catch (DriverException e) {
            return Optional.empty();
        }
    }
}
