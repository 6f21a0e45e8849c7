package oriel.examples;

import java.io.IOException;
import java.nio.file.Path;
import oriel.engine.dump.DumpPlan;
import oriel.engine.dump.MinidumpWriter;
import oriel.engine.session.DebugSession;
import oriel.win32.WindowsDriver;

/**
 * Writes all memory of a process into a dump and lets it run on: {@code DumpProcess 4242 full.dmp}.
 */
public final class DumpProcess {
    private DumpProcess() {}

    public static void main(String[] args) throws IOException {
        long processId = Long.parseLong(args[0]);
        try (var session = DebugSession.open(WindowsDriver::new)) {
            var stop = session.attach(processId);
            MinidumpWriter.write(stop, DumpPlan.FULL, Path.of(args[1]), done -> {});
            session.detach(processId);
            System.out.println("wrote " + args[1]);
        }
    }
}
