package oriel.examples;

import java.util.Arrays;
import oriel.driver.Launch;
import oriel.engine.session.DebugSession;
import oriel.engine.session.Trace;
import oriel.win32.WindowsDriver;

/** Prints what a function executes until it returns: {@code TraceFunction app!work app.exe}. */
public final class TraceFunction {
    private TraceFunction() {}

    public static void main(String[] args) {
        try (var session = DebugSession.open(WindowsDriver::new)) {
            session.start(Launch.of(Arrays.copyOfRange(args, 1, args.length)));
            session.breakAt(args[0]).once();
            var entry = session.go().orElseThrow();
            long back = entry.readPointer(entry.sp());
            session.trace(
                    entry.thread(),
                    Trace.Grain.INSTRUCTION,
                    (from, stop) -> {
                        System.out.println(stop.label(from.va()) + " " + from.mnemonic());
                        if (stop.pc() == back) {
                            stop.hold();
                        }
                    });
            session.run();
        }
    }
}
