package oriel.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import oriel.app.console.ConsoleOutput;
import oriel.app.console.LineInput;
import oriel.app.console.SymbolPlaces;
import oriel.app.kernel.KernelConsole;
import oriel.kd.KdException;
import oriel.kd.packet.Crlf;
import oriel.kd.relay.Recorder;
import oriel.kd.relay.RecordingTransport;
import oriel.kd.relay.ReplayTransport;
import oriel.kd.transport.Endpoint;
import oriel.kd.transport.Transport;

/** {@code oriel kernel}: the console of a Windows kernel at the other end of a line. */
final class KernelCommand implements Command {
    /** So long a script waits for a target that is not there. */
    private static final int SCRIPT_SECONDS = 30;

    /** A person ends a wait by Ctrl-C. */
    private static final int PERSON_SECONDS = 7 * 24 * 3600;

    private static final int MOST_SECONDS = 30 * 24 * 3600;

    @Override
    public Syntax syntax() {
        return Syntax.of(
                        "Debugs a Windows kernel over a serial line, TCP, a pipe or the network.",
                        "The target is stopped, and runs on when the console is left by q.")
                .options(LineOptions.OPTIONS)
                .option(Option.value("--replay", "FILE", "Ask a recorded target (--record)."))
                .option(
                        Option.value(
                                "--record", "FILE", "Write what goes over the line to a file."))
                .option(Option.flag("--info", "Say what the target is, let it run and leave."))
                .options(ConsoleLines.OPTIONS)
                .option(Option.flag("--json", "Print a line of JSON for each command."))
                .option(
                        Option.value(
                                "--timeout",
                                "SECONDS",
                                "How long to wait for the target: 30 for scripts, else for ever."))
                .option(
                        Option.flag(
                                "--wait",
                                "Wait also when nobody is at the other end of the line yet."))
                .option(
                        Option.optionalValue(
                                        "--fix-crlf",
                                        "WHEN",
                                        "always",
                                        "Undo a line that turns 0a into 0d 0a: auto (when a damaged"
                                                + " packet becomes good by it), always or never.")
                                .oneOf("auto", "always", "never"))
                .option(SymbolOptions.PATH)
                .option(SymbolOptions.OFFLINE)
                .option(
                        Option.value("--image-path", "DIR", "Where images of drivers may lie.")
                                .manyTimes())
                .option(TargetInput.COLOR)
                .examples(
                        "oriel kernel --tcp localhost:4555",
                        "oriel kernel --net port:50000,key:1.2.3.4 --info",
                        "oriel kernel --pty /dev/pts/3 --exec 'lm; r; k; !process 0 0; q'",
                        "oriel kernel -k com:pipe,port=\\\\.\\pipe\\com_1,reconnect",
                        "oriel kernel --replay session.kd");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        boolean script = given.has("--exec") || given.has("--script") || given.has("--info");
        int seconds =
                given.count("--timeout", script ? SCRIPT_SECONDS : PERSON_SECONDS, MOST_SECONDS);
        Crlf crlf =
                switch (given.value("--fix-crlf", "auto")) {
                    case "always" -> Crlf.COLLAPSE;
                    case "never" -> Crlf.KEEP;
                    default -> Crlf.AUTO;
                };
        boolean json = given.has("--json");
        boolean color = !json && TargetInput.wantsColor(given, console);
        var output = new ConsoleOutput(console.out(), console.err(), color, json);
        boolean full = !json && ConsoleLines.isFull(given, console);
        try (SymbolPlaces symbols =
                        SymbolOptions.places(
                                given, TargetInput.directories(given.values("--image-path")));
                var kernel = new KernelConsole(transport(given), crlf, symbols, output, full)) {
            return run(given, console, kernel, Duration.ofSeconds(seconds));
        } catch (KdException e) {
            throw LineOptions.unreadable(e);
        }
    }

    private static int run(
            Arguments given, Console console, KernelConsole kernel, Duration patience)
            throws IOException {
        try (LineInput lines = ConsoleLines.open(given, console)) {
            lines.onInterrupt(kernel::interrupt, () -> {});
            kernel.attach(patience);
            if (given.has("--info")) {
                kernel.leave();
                return ExitCode.FOUND;
            }
            kernel.place();
            boolean person = ConsoleLines.isPerson(given);
            boolean all = kernel.run(lines, person);
            kernel.goOn();
            return all || person ? ExitCode.FOUND : ExitCode.NOTHING;
        }
    }

    private static Transport transport(Arguments given) throws IOException {
        Transport line = line(given);
        String record = given.value("--record", "");
        if (record.isEmpty()) {
            return line;
        }
        try {
            return new RecordingTransport(
                    line,
                    new Recorder(
                            Files.newBufferedWriter(TargetInput.path(record)), line.framing()));
        } catch (IOException e) {
            line.close();
            throw e;
        }
    }

    private static Transport line(Arguments given) throws IOException {
        String replay = given.value("--replay", "");
        if (!replay.isEmpty()) {
            return new ReplayTransport(TargetInput.path(replay));
        }
        Endpoint endpoint = LineOptions.line(given);
        Transport line = endpoint.openAgainAndAgain();
        if (!line.isConnected() && !endpoint.waits() && !given.has("--wait")) {
            String trouble = line.trouble();
            line.close();
            throw new IOException(trouble);
        }
        return line;
    }
}
