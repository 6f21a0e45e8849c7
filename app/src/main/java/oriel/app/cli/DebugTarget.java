package oriel.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oriel.app.console.SymbolPlaces;
import oriel.driver.Launch;
import oriel.engine.session.DebugSession;
import oriel.engine.session.Stop;
import oriel.engine.symbols.SymbolLocator;
import oriel.engine.symbols.find.SymbolPathLocator;
import oriel.engine.symbols.store.FetchListener;
import oriel.win32.ProcessEntry;
import oriel.win32.SystemSnapshot;
import oriel.win32.WindowsDriver;

/**
 * What a command of the debugger is to debug.
 *
 * @param attached id of a process that runs
 * @param launch a program to start
 * @param hostile whether the debugger is hidden from it
 */
record DebugTarget(Optional<Long> attached, Optional<Launch> launch, boolean hostile) {
    private static final long PATIENCE_MILLIS = 30_000;

    static final List<Option> OPTIONS =
            List.of(
                    Option.value("--attach", "PROCESS", "Debug a running process: its id or name."),
                    Option.flag("--follow", "Debug the processes that it starts, too."),
                    Option.flag("--hostile", "Hide the debugger from the program."),
                    Option.value("--directory", "DIR", "Where the program starts."),
                    Option.value("--program-output", "FILE", "Where the program prints."));

    /** The target of the arguments. */
    static DebugTarget of(Arguments given) {
        return of(given, given.operands());
    }

    /** The target of the arguments, of which some are no program. */
    static DebugTarget of(Arguments given, List<String> command) {
        String attach = given.value("--attach", "");
        if (attach.isEmpty() == command.isEmpty()) {
            throw new UsageException("either a program or --attach PROCESS");
        }
        boolean hostile = given.has("--hostile");
        if (!attach.isEmpty()) {
            return new DebugTarget(Optional.of(running(attach)), Optional.empty(), hostile);
        }
        Launch launch = Launch.of(command);
        launch = given.has("--follow") ? launch.following() : launch;
        String directory = given.value("--directory", "");
        launch = directory.isEmpty() ? launch : launch.in(directory);
        String output = given.value("--program-output", "");
        launch = output.isEmpty() ? launch : launch.outputTo(output);
        return new DebugTarget(Optional.empty(), Optional.of(launch), hostile);
    }

    private static long running(String wanted) {
        try {
            return Long.decode(wanted);
        } catch (NumberFormatException e) {
            var found = new ArrayList<Long>();
            for (ProcessEntry each : SystemSnapshot.take().named(wanted)) {
                found.add(each.processId());
            }
            if (found.size() != 1) {
                throw new UsageException(
                        found.isEmpty()
                                ? "no process is called " + wanted
                                : "several processes are called " + wanted + ": " + found);
            }
            return found.get(0);
        }
    }

    /** To be called before it is started or attached to. */
    void prepare(DebugSession session) {
        if (hostile) {
            session.hostile(true);
        }
        if (attached.isPresent()) {
            WindowsOnly.putDebugPrivilegeInForce();
        }
    }

    /** Starts or attaches, and stops where the libraries are there. */
    Stop begin(DebugSession session) {
        prepare(session);
        return attached.isPresent()
                ? session.attach(attached.get())
                : session.start(launch.orElseThrow());
    }

    /** Symbols as the options say; what lies beside the program counts too. */
    static SymbolPathLocator symbols(Arguments given) {
        return SymbolOptions.locator(given, images(given), FetchListener.NONE);
    }

    /** The same on a path that may be changed. */
    static SymbolPlaces symbolPlaces(Arguments given) {
        return SymbolOptions.places(given, images(given));
    }

    private static List<Path> images(Arguments given) {
        var images = new ArrayList<>(TargetInput.directories(given.values("--image-path")));
        for (String each : given.operands()) {
            int cut = Math.max(each.lastIndexOf('/'), each.lastIndexOf('\\'));
            if (cut > 0 && each.indexOf('!') < 0 && given.value("--attach", "").isEmpty()) {
                images.addAll(TargetInput.directories(List.of(each.substring(0, cut))));
                break;
            }
        }
        return images;
    }

    /**
     * A session that debugs nothing yet. Ctrl-C closes it: without that, breakpoints would stay in
     * what was attached to, and end it at the next hit.
     */
    static DebugSession open(SymbolLocator symbols) throws IOException {
        WindowsOnly.require();
        DebugSession session = DebugSession.open(WindowsDriver::new, symbols);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> closeSoon(session)));
        return session;
    }

    /** Not for ever: a target may not answer. */
    private static void closeSoon(DebugSession session) {
        var closing = new Thread(session::close);
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
