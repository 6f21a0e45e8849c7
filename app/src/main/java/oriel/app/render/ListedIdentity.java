package oriel.app.render;

import java.util.Optional;
import oriel.driver.DriverException;
import oriel.win32.ProcessOwner;
import oriel.win32.ProcessProtection;
import oriel.win32.WindowsProcess;

/**
 * On whose behalf a listed process runs, and who may touch it.
 *
 * @param user {@code DOMAIN\\name}; empty when nobody tells
 * @param owner empty when the process does not let itself be asked
 * @param protection empty when it is not protected
 * @param packageName of packaged apps
 */
public record ListedIdentity(
        Optional<String> user,
        Optional<ProcessOwner> owner,
        Optional<ProcessProtection> protection,
        Optional<String> packageName) {
    /** Nothing is known, or was asked for. */
    public static final ListedIdentity NONE =
            new ListedIdentity(
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** What an open process tells. */
    public static ListedIdentity of(WindowsProcess process) {
        Optional<ProcessOwner> owner = owner(process);
        return new ListedIdentity(
                owner.map(ProcessOwner::user), owner, process.protection(), process.packageName());
    }

    private static Optional<ProcessOwner> owner(WindowsProcess process) {
        try {
            return Optional.of(process.owner());
        } catch (DriverException e) {
            return Optional.empty();
        }
    }

    /** The same, with a user where none is known. */
    public ListedIdentity orUser(Optional<String> other) {
        return new ListedIdentity(user.or(() -> other), owner, protection, packageName);
    }
}
