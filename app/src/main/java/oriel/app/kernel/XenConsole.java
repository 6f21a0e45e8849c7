package oriel.app.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Finds the pseudo-terminal in dom0 that is the serial line of a domain. Qubes runs the device
 * model, which owns the serial line, in a domain of its own named after it: NAME-dm.
 */
public final class XenConsole {
    private static final int SECONDS = 10;

    private final Runner runner;

    /** Runs a program. */
    @FunctionalInterface
    public interface Runner {
        /**
         * What a program printed, without the line break.
         *
         * @throws IOException when it is not there, or fails
         */
        String run(List<String> command) throws IOException;
    }

    /** Asks by the programs {@code xl} and {@code xenstore-read}. */
    public XenConsole() {
        this(XenConsole::run);
    }

    XenConsole(Runner runner) {
        this.runner = runner;
    }

    /**
     * The device of a domain's serial line.
     *
     * @throws IOException saying what is missing
     */
    public String device(String domain) throws IOException {
        String id;
        try {
            id = runner.run(List.of("xl", "domid", domain + "-dm"));
        } catch (MissingProgramException e) {
            throw e;
        } catch (IOException e) {
            id = runner.run(List.of("xl", "domid", domain));
        }
        if (id.isEmpty() || !id.chars().allMatch(Character::isDigit)) {
            throw new IOException("xl knows no running domain '" + domain + "'");
        }
        IOException last = new IOException("");
        // Stub domains have their serial line as console 3; without one it is in the serial entry.
        for (String entry : List.of("device/console/3/tty", "serial/0/tty", "console/tty")) {
            try {
                String tty =
                        runner.run(List.of("xenstore-read", "/local/domain/" + id + "/" + entry));
                if (tty.startsWith("/dev/")) {
                    return tty;
                }
            } catch (MissingProgramException e) {
                throw e;
            } catch (IOException e) {
                last = e;
            }
        }
        throw new IOException(
                "domain '"
                        + domain
                        + "' (id "
                        + id
                        + ") has no serial line in xenstore: its configuration needs serial='pty'",
                last);
    }

    /** A program that is not installed. */
    private static final class MissingProgramException extends IOException {
        private static final long serialVersionUID = 1L;

        MissingProgramException(String program, IOException cause) {
            super(
                    program
                            + " is not installed: the line of a Xen domain is found in dom0, where"
                            + " Xen's tools are",
                    cause);
        }
    }

    private static String run(List<String> command) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new MissingProgramException(command.get(0), e);
        }
        process.getOutputStream().close();
        byte[] output = process.getInputStream().readNBytes(4096);
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(String.join(" ", command) + ": does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        String text = new String(output, StandardCharsets.UTF_8).strip();
        if (process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + text);
        }
        return text;
    }
}
