package oriel.app.cli;

import java.io.IOException;
import oriel.driver.DriverException;
import oriel.win32.Privileges;

/** What can only be done on Windows, or on Wine. */
final class WindowsOnly {
    private WindowsOnly() {}

    /**
     * For commands that open processes: those of other users and of the system can be opened only
     * with the debug privilege, which an administrator has and must put in force. Programs that are
     * started afterwards would inherit it so.
     *
     * @throws IOException when this is no Windows
     */
    static void requireToOpenProcesses() throws IOException {
        require();
        putDebugPrivilegeInForce();
    }

    /** The same without the check; what the user does not have stays out of force. */
    static void putDebugPrivilegeInForce() {
        try {
            Privileges.enable(Privileges.DEBUG);
        } catch (DriverException e) {
            // What may not be opened without it says so when it is opened.
        }
    }

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
