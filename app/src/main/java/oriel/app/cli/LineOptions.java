package oriel.app.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import oriel.kd.transport.Endpoint;

/** How a command is told to which line it shall connect. */
final class LineOptions {
    static final List<Option> OPTIONS =
            List.of(
                    Option.value(
                            "--tcp", "HOST:PORT", "A serial port of a virtual machine over TCP."),
                    Option.value(
                            "--listen",
                            "[ADDRESS:]PORT",
                            "Wait for the virtual machine to connect by TCP."),
                    Option.value(
                            "--serial", "DEVICE[,BAUD]", "A serial port; 115200 unless given."),
                    Option.value("--pty", "DEVICE", "A pseudo-terminal."),
                    Option.value(
                            "--pipe",
                            "PATH",
                            "A named pipe (\\\\.\\pipe\\name), or the two FIFOs of QEMU."),
                    Option.value("--unix", "PATH", "A socket in the file system."),
                    Option.value(
                            "--net",
                            "port:N,key:W.X.Y.Z",
                            "KDNET, with port and key as bcdedit /dbgsettings has them."),
                    Option.value(
                                    "--line",
                                    "LINE",
                                    "Any of these by its name (tcp:host:port), or as WinDbg's -k"
                                            + " takes it (com:port=COM1,baud=115200).")
                            .withShortName("-k"));

    private LineOptions() {}

    /**
     * The line that was given.
     *
     * @throws UsageException when there is none, more than one, or one that makes no sense
     */
    static Endpoint line(Arguments given) {
        var names = new ArrayList<String>();
        for (Option option : OPTIONS) {
            if (given.has(option.name())) {
                String prefix =
                        option.name().equals("--line") ? "" : option.name().substring(2) + ":";
                names.add(prefix + given.value(option.name(), ""));
            }
        }
        if (names.size() != 1) {
            throw new UsageException(
                    names.isEmpty()
                            ? "no line is given: --tcp HOST:PORT, --pty DEVICE, --net ..."
                            : "one line only: " + String.join(", ", names));
        }
        return parse(names.get(0));
    }

    /**
     * A line by its name.
     *
     * @throws UsageException when it makes no sense
     */
    static Endpoint parse(String name) {
        try {
            return Endpoint.parse(name);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage() == null ? name : e.getMessage());
        }
    }

    /** An I/O error with a message for the user. */
    static IOException unreadable(RuntimeException e) {
        return new IOException(e.getMessage(), e);
    }
}
