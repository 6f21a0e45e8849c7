package oriel.app.cli;

import java.io.IOException;

/** What can only be done on Windows, or on Wine. */
final class WindowsOnly {
    private WindowsOnly() {}

    /**
     * @throws IOException when this is no Windows
     */
    static void require() throws IOException {
        if (!System.getProperty("os.name", "").startsWith("Windows")) {
            throw new IOException(
                    "running processes are a matter of Windows; start this by the launcher 'oriel',"
                            + " which goes on under Wine where there is one");
        }
    }
}
