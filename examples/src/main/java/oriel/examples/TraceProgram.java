package oriel.examples;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import oriel.driver.Launch;
import oriel.engine.session.DebugSession;
import oriel.engine.session.Trace;
import oriel.win32.WindowsDriver;

/** Prints what all threads execute, so many instructions: {@code TraceProgram 1000 app.exe}. */
public final class TraceProgram {
    private TraceProgram() {}

    public static void main(String[] args) {
        try (var session = DebugSession.open(WindowsDriver::new)) {
            session.start(Launch.of(Arrays.copyOfRange(args, 1, args.length)));
            var left = new AtomicLong(Long.parseLong(args[0]));
            session.traceAll(
                    Trace.Grain.INSTRUCTION,
                    (from, stop) -> {
                        System.out.printf("%x: %s%n", stop.pc(), stop.disassemble(stop.pc()));
                        if (left.decrementAndGet() == 0) {
                            stop.hold();
                        }
                    });
            session.run();
        }
    }
}
