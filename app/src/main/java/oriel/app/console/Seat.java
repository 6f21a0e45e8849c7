package oriel.app.console;

import java.util.Optional;
import java.util.OptionalLong;
import oriel.model.TargetThread;

/**
 * A thread of a process, or a processor of a machine, that commands can turn to.
 *
 * @param number by which {@code ~} names it
 * @param title its ids, as {@code ~} lists them
 * @param id of the thread; of a processor its number
 * @param thread its registers and stack
 * @param current whether commands are about it
 * @param stopped whether it made the target stop
 */
public record Seat(
        int number, String title, long id, TargetThread thread, boolean current, boolean stopped) {
    /** Where it stands. */
    public OptionalLong pc() {
        return thread.registers().pc();
    }

    /** Its name, when it has one. */
    public Optional<String> name() {
        return thread.name();
    }
}
