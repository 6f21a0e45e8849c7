package oriel.win32;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.WString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import oriel.driver.DriverException;
import oriel.win32.raw.Advapi32;
import oriel.win32.raw.Failures;
import oriel.win32.raw.Structures;

/** The services of this machine. Each call is made anew; nothing is kept open. */
public final class WindowsServices {
    private static final int CONNECT = 0x1;
    private static final int ENUMERATE = 0x4;
    private static final int QUERY = 0x4 | 0x1;
    private static final int START = 0x10;
    private static final int STOP = 0x20;
    private static final int PAUSE_CONTINUE = 0x40;
    private static final int PROGRAMS_AND_DRIVERS = 0x3b;
    private static final int PROGRAMS = 0x30;
    private static final int ALL_STATES = 3;
    private static final int MORE_DATA = 234;
    private static final int MOST_ROOM = 1 << 26;
    private static final int TIMEOUT = 1053;
    private static final long POLL_MS = 100;

    private WindowsServices() {}

    /** All services that are programs, running or not. */
    public static List<ServiceEntry> list() {
        return list(PROGRAMS);
    }

    /** All services, drivers too. */
    public static List<ServiceEntry> listWithDrivers() {
        return list(PROGRAMS_AND_DRIVERS);
    }

    private static List<ServiceEntry> list(int types) {
        long manager = manager(ENUMERATE);
        try {
            int room = 1 << 16;
            while (true) {
                try (var answer = new Memory(room)) {
                    var needed = new int[1];
                    var count = new int[1];
                    boolean good =
                            Advapi32.EnumServicesStatusExW(
                                    manager,
                                    0,
                                    types,
                                    ALL_STATES,
                                    answer,
                                    room,
                                    needed,
                                    count,
                                    new int[1],
                                    null);
                    if (!good && Native.getLastError() == MORE_DATA && room < MOST_ROOM) {
                        room = Math.max(room * 2, room + needed[0]);
                        continue;
                    }
                    Failures.check("EnumServicesStatusEx", good);
                    return read(answer, count[0]);
                }
            }
        } finally {
            Advapi32.CloseServiceHandle(manager);
        }
    }

    private static List<ServiceEntry> read(Memory answer, int count) {
        var found = new ArrayList<ServiceEntry>();
        for (int i = 0; i < count; i++) {
            long at = (long) i * Structures.SERVICE_ENTRY_SIZE;
            found.add(
                    entry(
                            text(answer, at),
                            text(answer, at + Structures.SERVICE_ENTRY_DISPLAY_NAME),
                            answer.share(at + Structures.SERVICE_ENTRY_STATUS)));
        }
        return found;
    }

    private static String text(Pointer from, long at) {
        Pointer text = from.getPointer(at);
        return text == null ? "" : text.getWideString(0);
    }

    /** From SERVICE_STATUS_PROCESS. */
    private static ServiceEntry entry(String name, String displayName, Pointer status) {
        int state = status.getInt(Structures.SERVICE_STATE);
        ServiceEntry.State[] states = ServiceEntry.State.values();
        return new ServiceEntry(
                name,
                displayName,
                status.getInt(0),
                state > 0 && state < states.length ? states[state] : ServiceEntry.State.UNKNOWN,
                status.getInt(Structures.SERVICE_CONTROLS),
                status.getInt(Structures.SERVICE_EXIT_CODE),
                status.getInt(Structures.SERVICE_PROCESS_ID) & 0xffffffffL);
    }

    /**
     * A service by its name, or by the name people read, in any case.
     *
     * @return empty when there is none
     */
    public static Optional<ServiceEntry> find(String name) {
        List<ServiceEntry> all = listWithDrivers();
        return all.stream()
                .filter(s -> s.name().equalsIgnoreCase(name))
                .findFirst()
                .or(
                        () ->
                                all.stream()
                                        .filter(s -> s.displayName().equalsIgnoreCase(name))
                                        .findFirst());
    }

    // --- changing -----------------------------------------------------------------------------

    /**
     * Starts a service and waits until it runs.
     *
     * @param arguments for it; may be empty
     * @param progress told each state it goes through
     * @throws DriverException when it cannot be started, or does not run in time
     */
    public static ServiceEntry start(
            String name,
            List<String> arguments,
            Duration timeout,
            Consumer<ServiceEntry.State> progress) {
        return change(
                name,
                START,
                service -> start(service, name, arguments),
                ServiceEntry.State.RUNNING,
                timeout,
                progress);
    }

    private static void start(long service, String name, List<String> arguments) {
        var all = new ArrayList<String>();
        if (!arguments.isEmpty()) {
            all.add(name);
            all.addAll(arguments);
        }
        var texts = new ArrayList<Memory>();
        try (var vector = new Memory(8L * Math.max(1, all.size()))) {
            for (String argument : all) {
                var text = new Memory((argument.length() + 1) * 2L);
                texts.add(text);
                text.setWideString(0, argument);
                vector.setPointer(8L * (texts.size() - 1), text);
            }
            Failures.check(
                    "StartService " + name,
                    Advapi32.StartServiceW(service, all.size(), all.isEmpty() ? null : vector));
        } finally {
            texts.forEach(Memory::close);
        }
    }

    /** Stops a service and waits until it has. */
    public static ServiceEntry stop(
            String name, Duration timeout, Consumer<ServiceEntry.State> progress) {
        return control(name, STOP, 1, ServiceEntry.State.STOPPED, timeout, progress);
    }

    /** Pauses a service and waits until it has. */
    public static ServiceEntry pause(
            String name, Duration timeout, Consumer<ServiceEntry.State> progress) {
        return control(name, PAUSE_CONTINUE, 2, ServiceEntry.State.PAUSED, timeout, progress);
    }

    /** Lets a paused service go on and waits until it runs. */
    public static ServiceEntry resume(
            String name, Duration timeout, Consumer<ServiceEntry.State> progress) {
        return control(name, PAUSE_CONTINUE, 3, ServiceEntry.State.RUNNING, timeout, progress);
    }

    private static ServiceEntry control(
            String name,
            int access,
            int code,
            ServiceEntry.State wanted,
            Duration timeout,
            Consumer<ServiceEntry.State> progress) {
        return change(
                name,
                access,
                service -> {
                    try (var status = new Memory(Structures.SERVICE_SIZE)) {
                        Failures.check(
                                "ControlService " + name,
                                Advapi32.ControlService(service, code, status));
                    }
                },
                wanted,
                timeout,
                progress);
    }

    private static ServiceEntry change(
            String name,
            int access,
            Consumer<Long> action,
            ServiceEntry.State wanted,
            Duration timeout,
            Consumer<ServiceEntry.State> progress) {
        ServiceEntry known =
                find(name)
                        .orElseThrow(
                                () ->
                                        new DriverException(
                                                "OpenService " + name,
                                                1060,
                                                "There is no such service."));
        long manager = manager(CONNECT);
        long service = 0;
        try {
            service = Advapi32.OpenServiceW(manager, new WString(known.name()), QUERY | access);
            if (service == 0) {
                throw Failures.last("OpenService " + name);
            }
            action.accept(service);
            return await(service, known, wanted, timeout, progress);
        } finally {
            if (service != 0) {
                Advapi32.CloseServiceHandle(service);
            }
            Advapi32.CloseServiceHandle(manager);
        }
    }

    private static ServiceEntry await(
            long service,
            ServiceEntry known,
            ServiceEntry.State wanted,
            Duration timeout,
            Consumer<ServiceEntry.State> progress) {
        long end = System.nanoTime() + timeout.toNanos();
        ServiceEntry.State last = ServiceEntry.State.UNKNOWN;
        while (true) {
            ServiceEntry now = query(service, known);
            if (now.state() != last) {
                last = now.state();
                progress.accept(last);
            }
            boolean ended = last == ServiceEntry.State.STOPPED && last != wanted;
            if (last == wanted) {
                return now;
            }
            if (ended) {
                throw Failures.of("service " + known.name() + " ended", now.exitCode());
            }
            if (System.nanoTime() - end > 0) {
                throw new DriverException(
                        "service " + known.name(),
                        TIMEOUT,
                        "It is still " + last + " after " + timeout.toSeconds() + " s.");
            }
            try {
                Thread.sleep(POLL_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return now;
            }
        }
    }

    private static ServiceEntry query(long service, ServiceEntry known) {
        try (var status = new Memory(Structures.SERVICE_SIZE)) {
            Failures.check(
                    "QueryServiceStatusEx",
                    Advapi32.QueryServiceStatusEx(
                            service, 0, status, Structures.SERVICE_SIZE, new int[1]));
            return entry(known.name(), known.displayName(), status);
        }
    }

    private static long manager(int access) {
        long manager = Advapi32.OpenSCManagerW(null, null, access);
        if (manager == 0) {
            throw Failures.last("OpenSCManager");
        }
        return manager;
    }
}
