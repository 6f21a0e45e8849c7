package oriel.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import oriel.driver.Launch;
import oriel.engine.dump.DumpPlan;
import oriel.engine.dump.MinidumpWriter;
import oriel.engine.session.DebugEvent;
import oriel.engine.session.DebugSession;
import oriel.win32.WindowsDriver;

/** Writes a minidump when a program crashes: {@code DumpAtCrash crash.dmp app.exe}. */
public final class DumpAtCrash {
    private DumpAtCrash() {}

    public static void main(String[] args) throws IOException {
        try (var session = DebugSession.open(WindowsDriver::new)) {
            session.start(Launch.of(Arrays.copyOfRange(args, 1, args.length)));
            var stop = session.go().orElseThrow();
            if (stop.event(DebugEvent.ExceptionRaised.class).isPresent()) {
                MinidumpWriter.write(stop, DumpPlan.NORMAL, Path.of(args[0]), done -> {});
                System.out.println("wrote " + args[0] + " at " + stop.label(stop.pc()));
            }
        }
    }
}
