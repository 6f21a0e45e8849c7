package oriel.kd.transport;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Pseudo-terminals, which virtual machines offer as serial lines. */
final class Terminal {
    private static final int STTY_SECONDS = 5;

    private Terminal() {}

    /** Whether a device is a pseudo-terminal, to which no speed can be given. */
    static boolean isPseudo(String device) {
        // /dev/ttys004 is one on macOS, /dev/ttyS0 a serial port on Linux.
        return device.startsWith("/dev/pts/") || device.startsWith("/dev/ttys");
    }

    /** Opens a terminal so that bytes pass through it as they are. */
    static Transport open(String device) throws IOException {
        // Open before it is made raw: the other end may take it for hung up when stty closes it.
        var in = new FileInputStream(device);
        try {
            raw(device);
            return new StreamTransport("pty:" + device, in, new FileOutputStream(device));
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private static void raw(String device) throws IOException {
        IOException last = new IOException("");
        // GNU's stty takes -F, that of BSD and macOS -f.
        for (String flag : new String[] {"-F", "-f"}) {
            try {
                var command =
                        new ProcessBuilder(
                                "stty", flag, device, "raw", "-echo", "clocal", "-hupcl", "-onlcr");
                Process stty =
                        command.redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start();
                if (stty.waitFor(STTY_SECONDS, TimeUnit.SECONDS) && stty.exitValue() == 0) {
                    return;
                }
                stty.destroy();
                last = new IOException(device + ": stty cannot make it raw; is it a terminal?");
            } catch (IOException e) {
                last = new IOException(device + ": cannot be made raw: " + e.getMessage(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
        throw last;
    }
}
