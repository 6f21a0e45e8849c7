package oriel.app.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jline.utils.Signals;
import oriel.app.kernel.XenConsole;
import oriel.kd.packet.Crlf;
import oriel.kd.packet.Framing;
import oriel.kd.relay.Direction;
import oriel.kd.relay.Recorder;
import oriel.kd.relay.Relay;
import oriel.kd.relay.RelayListener;
import oriel.kd.relay.TrafficText;
import oriel.kd.transport.Endpoint;
import oriel.kd.transport.Transport;

/** {@code oriel relay}: joins two lines. */
final class RelayCommand implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of(
                        "Joins two serial lines, of whatever kind, and can show what goes over them.",
                        "A line is tcp:HOST:PORT, listen:PORT, serial:DEVICE,BAUD, pty:DEVICE,"
                                + " pipe:PATH or unix:PATH. The debugger is at A and the target at"
                                + " B unless --target says otherwise.")
                .optionalOperand("A", "One line.")
                .optionalOperand("B", "The other one.")
                .option(
                        Option.optionalValue(
                                        "--fix-crlf",
                                        "WHERE",
                                        "both",
                                        "Turn 0d 0a back into 0a, as consoles of Xen need it: what"
                                                + " comes from a, from b, from both, or auto (from"
                                                + " where a damaged packet becomes good by it)."
                                                + " Corrupts a line that has no such fault.")
                                .oneOf("a", "b", "both", "auto"))
                .option(
                        Option.value(
                                        "--dump",
                                        "FORM",
                                        "Show what passes: as hex, or as packets (kd).")
                                .oneOf("hex", "kd"))
                .option(Option.flag("--tap", "Show the packets that pass, as --dump kd does."))
                .option(
                        Option.value(
                                "--record",
                                "FILE",
                                "Write what passes to a file, for 'oriel kernel --replay'."))
                .option(
                        Option.value("--target", "END", "At which end the target is: a or b.")
                                .oneOf("a", "b"))
                .option(
                        Option.value(
                                        "--xen",
                                        "DOMAIN",
                                        "The serial line of a Xen domain, in the place of A or B.")
                                .manyTimes())
                .option(
                        Option.flag(
                                "--reconnect",
                                "Open a line again when its other end has gone, instead of ending."))
                .examples(
                        "oriel relay --xen host --xen target --fix-crlf",
                        "oriel relay listen:4555 pty:/dev/pts/7 --fix-crlf=auto",
                        "oriel relay --tap listen:5000 tcp:localhost:4555",
                        "oriel relay COM1 tcp:vmhost:4555 --record session.kd --reconnect");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        List<Endpoint> ends = ends(given);
        boolean again = given.has("--reconnect");
        try (Transport a = open(ends.get(0), again);
                Transport b = open(ends.get(1), again);
                Watcher watcher = new Watcher(given, console)) {
            return carry(a, b, given, watcher, console.err());
        }
    }

    private static Transport open(Endpoint end, boolean again) throws IOException {
        return again ? end.openAgainAndAgain() : end.open();
    }

    private static int carry(
            Transport a, Transport b, Arguments given, Watcher watcher, PrintStream err) {
        String where = given.value("--fix-crlf", "");
        var relay = new Relay(a, b, crlf(where, "a"), crlf(where, "b"), watcher);
        Object before = Signals.register("INT", relay::close);
        try (relay) {
            err.println("oriel: joining " + a.name() + " and " + b.name() + "; Ctrl-C ends it");
            err.flush();
            relay.start();
            relay.await();
            err.println(
                    "oriel: "
                            + (watcher.why.isEmpty() ? "ended" : watcher.why)
                            + "; "
                            + relay.count(Direction.A_TO_B)
                            + " bytes from A to B, "
                            + relay.count(Direction.B_TO_A)
                            + " from B to A");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Signals.unregister("INT", before);
        }
        return ExitCode.FOUND;
    }

    private static Crlf crlf(String where, String end) {
        if (where.equals("auto")) {
            return Crlf.AUTO;
        }
        return where.equals(end) || where.equals("both") ? Crlf.COLLAPSE : Crlf.KEEP;
    }

    /** The two lines: domains of Xen first, in their order. */
    private static List<Endpoint> ends(Arguments given) throws IOException {
        var names = new ArrayList<String>();
        for (String domain : given.values("--xen")) {
            names.add("pty:" + new XenConsole().device(domain));
        }
        names.addAll(given.operands());
        if (names.size() != 2) {
            throw new UsageException("two lines are needed, not " + names.size());
        }
        var ends = new ArrayList<Endpoint>();
        for (String name : names) {
            Endpoint end = LineOptions.parse(name);
            if (end instanceof Endpoint.Net) {
                throw new UsageException(
                        "KDNET is encrypted between debugger and target: it cannot be relayed");
            }
            ends.add(end);
        }
        return ends;
    }

    /** Shows and records what passes. Called by one thread at a time. */
    private static final class Watcher implements RelayListener, AutoCloseable {
        private final Optional<TrafficText> text;
        private final Optional<Recorder> recorder;
        private final boolean targetIsB;
        private final PrintStream err;
        private volatile String why = "";

        Watcher(Arguments given, Console console) throws IOException {
            this.err = console.err();
            this.targetIsB = !given.value("--target", "b").equals("a");
            String form = given.has("--tap") ? "kd" : given.value("--dump", "");
            PrintStream out = console.out();
            this.text =
                    form.isEmpty()
                            ? Optional.empty()
                            : Optional.of(
                                    new TrafficText(
                                            form.equals("kd")
                                                    ? TrafficText.Form.KD
                                                    : TrafficText.Form.HEX,
                                            targetIsB,
                                            line -> {
                                                out.println(line);
                                                out.flush();
                                            }));
            String file = given.value("--record", "");
            this.recorder =
                    file.isEmpty()
                            ? Optional.empty()
                            : Optional.of(
                                    new Recorder(
                                            Files.newBufferedWriter(TargetInput.path(file)),
                                            Framing.STREAM));
        }

        @Override
        public void passed(Direction direction, long nanos, byte[] bytes) {
            text.ifPresent(t -> t.passed(direction, nanos, bytes));
            boolean toTarget = (direction == Direction.A_TO_B) == targetIsB;
            recorder.ifPresent(
                    r -> r.record(toTarget ? Direction.A_TO_B : Direction.B_TO_A, nanos, bytes));
        }

        @Override
        public void crlfFound(Direction direction) {
            err.println(
                    "oriel: 0a comes as 0d 0a from "
                            + (direction == Direction.A_TO_B ? "A" : "B")
                            + "; that is undone from here on");
            err.flush();
        }

        @Override
        public void ended(Direction direction, String reason) {
            why = reason;
        }

        @Override
        public void close() throws IOException {
            if (recorder.isPresent()) {
                recorder.get().close();
            }
        }
    }
}
