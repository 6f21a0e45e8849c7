package oriel.app.console;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Files that commands name. */
public final class HostFiles {
    private HostFiles() {}

    /**
     * A path as the user wrote it. Under Wine the launcher says, in the property {@code
     * oriel.drive}, which drive the paths of the host are on.
     *
     * @throws ConsoleException when it is none
     */
    public static Path path(String text) {
        try {
            String drive = text.startsWith("/") ? System.getProperty("oriel.drive", "") : "";
            return Path.of(drive + text);
        } catch (InvalidPathException e) {
            throw new ConsoleException(e.getMessage() == null ? text : e.getMessage());
        }
    }
}
