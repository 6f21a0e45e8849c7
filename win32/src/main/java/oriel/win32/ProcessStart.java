package oriel.win32;

import com.sun.jna.Memory;
import com.sun.jna.WString;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import oriel.driver.DriverException;
import oriel.win32.raw.Advapi32;
import oriel.win32.raw.Failures;
import oriel.win32.raw.Kernel32;
import oriel.win32.raw.Structures;

/**
 * How a program is to be started. Change what is not wanted as usual, then {@link #start}. For one
 * thread.
 */
public final class ProcessStart {
    private static final int DEBUG_PROCESS = 0x1;
    private static final int DEBUG_ONLY_THIS_PROCESS = 0x2;
    private static final int CREATE_SUSPENDED = 0x4;
    private static final int DETACHED = 0x8;
    private static final int NEW_CONSOLE = 0x10;
    private static final int UNICODE_ENVIRONMENT = 0x400;
    private static final int EXTENDED_STARTUP = 0x80000;
    private static final int NO_WINDOW = 0x8000000;
    private static final int USE_SHOW_WINDOW = 0x1;
    private static final int USE_HANDLES = 0x100;
    private static final int PARENT_ATTRIBUTE = 0x20000;
    private static final int CREATE_PROCESS = 0x0080;
    private static final int GENERIC_WRITE = 0x40000000;
    private static final int CREATE_ALWAYS = 2;
    private static final int INHERITABLE = 1;

    private final String commandLine;
    private Console console = Console.INHERITED;
    private boolean suspended;
    private boolean inheritHandles;
    private boolean hidden;
    private Optional<Path> folder = Optional.empty();
    private Optional<Path> output = Optional.empty();
    private Optional<Map<String, String>> environment = Optional.empty();
    private long parentId;
    private int debugFlags;
    private Trust trust = Trust.FULL;
    private boolean notElevated;

    /** Which console the program gets. */
    public enum Console {
        /** That of this program, when it has one. */
        INHERITED,
        /** One of its own. */
        NEW,
        /** One of its own without a window. */
        HIDDEN,
        /** None. */
        NONE
    }

    /** How far the program is trusted (SAFER levels). */
    public enum Trust {
        /** As little as programs can live with. */
        UNTRUSTED(0x1000),
        /** As a user who is no administrator. */
        NORMAL(0x20000),
        /** As this program. */
        FULL(0);

        private final int level;

        Trust(int level) {
            this.level = level;
        }
    }

    /**
     * A program that was started.
     *
     * @param process open with all rights
     * @param mainThreadId its first thread, held when the start was {@link #suspended}
     */
    public record Started(WindowsProcess process, long mainThreadId) implements AutoCloseable {
        @Override
        public void close() {
            process.close();
        }
    }

    private ProcessStart(String commandLine) {
        this.commandLine = commandLine;
    }

    /** Starts a program with arguments. */
    public static ProcessStart of(List<String> command) {
        return new ProcessStart(CommandLine.join(command));
    }

    /** Starts what a command line says, quoted as the caller likes. */
    public static ProcessStart ofCommandLine(String commandLine) {
        return new ProcessStart(commandLine);
    }

    /** Which console it gets; that of this program unless said otherwise. */
    public ProcessStart console(Console wanted) {
        console = wanted;
        return this;
    }

    /** Holds the first thread before it has done anything. */
    public ProcessStart suspended() {
        suspended = true;
        return this;
    }

    /** Lets it have the handles of this program that may be inherited. */
    public ProcessStart inheritHandles() {
        inheritHandles = true;
        return this;
    }

    /** Asks it not to show its first window. */
    public ProcessStart hidden() {
        hidden = true;
        return this;
    }

    /** Current directory; that of this program unless said otherwise. */
    public ProcessStart folder(Path path) {
        folder = Optional.of(path);
        return this;
    }

    /** Writes what it says, on both streams, to a new file. */
    public ProcessStart output(Path file) {
        output = Optional.of(file);
        return this;
    }

    /** The whole environment; that of this program unless said otherwise. */
    public ProcessStart environment(Map<String, String> variables) {
        environment = Optional.of(Map.copyOf(variables));
        return this;
    }

    /** Starts it with this thread as its debugger. */
    ProcessStart debugged(boolean follow) {
        debugFlags = follow ? DEBUG_PROCESS : DEBUG_ONLY_THIS_PROCESS;
        return this;
    }

    /** Makes it a child of another process, whose handles and token it inherits. */
    public ProcessStart parent(long processId) {
        parentId = processId;
        return this;
    }

    /** How far it is trusted; as this program unless said otherwise. */
    public ProcessStart trust(Trust level) {
        trust = level;
        return this;
    }

    /**
     * Gives it the rights of the shell, which is not elevated, even when this program is. It then
     * gets no handles, and a console of its own.
     */
    public ProcessStart withoutElevation() {
        notElevated = true;
        return this;
    }

    /**
     * Starts it.
     *
     * @throws DriverException when it cannot be started; nothing is left behind then
     */
    public Started start() {
        long parent = 0;
        long file = 0;
        Memory attributes = null;
        try (var startup = new Memory(Structures.STARTUP_EX_SIZE);
                var parentValue = new Memory(8)) {
            startup.clear();
            boolean extended = parentId != 0;
            startup.setInt(0, extended ? Structures.STARTUP_EX_SIZE : Structures.STARTUP_SIZE);
            if (extended) {
                parent = Kernel32.OpenProcess(CREATE_PROCESS, false, (int) parentId);
                if (parent == 0) {
                    throw Failures.last("OpenProcess " + parentId + " (to be the parent)");
                }
                parentValue.setLong(0, parent);
                attributes = parentAttribute(parentValue);
                startup.setPointer(Structures.STARTUP_ATTRIBUTES, attributes);
            }
            if (output.isPresent()) {
                file = create(output.get());
            }
            int uses = (hidden ? USE_SHOW_WINDOW : 0) | (file != 0 ? USE_HANDLES : 0);
            startup.setInt(Structures.STARTUP_FLAGS, uses);
            startup.setLong(Structures.STARTUP_OUTPUT, file);
            startup.setLong(Structures.STARTUP_ERROR, file);
            return create(startup, flags(extended));
        } finally {
            if (attributes != null) {
                Kernel32.DeleteProcThreadAttributeList(attributes);
                attributes.close();
            }
            close(parent);
            close(file);
        }
    }

    private static void close(long handle) {
        if (handle != 0) {
            Kernel32.CloseHandle(handle);
        }
    }

    private int flags(boolean extended) {
        int flags =
                switch (console) {
                    case INHERITED -> 0;
                    case NEW -> NEW_CONSOLE;
                    case HIDDEN -> NO_WINDOW;
                    case NONE -> DETACHED;
                };
        flags |= suspended ? CREATE_SUSPENDED : 0;
        flags |= debugFlags;
        flags |= environment.isPresent() ? UNICODE_ENVIRONMENT : 0;
        return flags | (extended ? EXTENDED_STARTUP : 0);
    }

    private Started create(Memory startup, int flags) {
        try (var started = new Memory(Structures.STARTED_SIZE)) {
            started.clear();
            boolean good = create(startup, started, flags);
            if (!good) {
                throw Failures.last("CreateProcess " + commandLine);
            }
            Kernel32.CloseHandle(started.getLong(Structures.STARTED_THREAD));
            long processId = started.getInt(Structures.STARTED_PROCESS_ID) & 0xffffffffL;
            return new Started(
                    new WindowsProcess(processId, started.getLong(0)),
                    started.getInt(Structures.STARTED_THREAD_ID) & 0xffffffffL);
        }
    }

    private boolean create(Memory startup, Memory started, int flags) {
        char[] line = (commandLine + "\0").toCharArray();
        char[] variables = environment.map(ProcessStart::block).orElse(null);
        WString directory = folder.map(f -> new WString(f.toString())).orElse(null);
        boolean inherit = inheritHandles || output.isPresent();
        if (notElevated) {
            long token = StartTokens.ofShell();
            try {
                return Advapi32.CreateProcessWithTokenW(
                        token, 0, null, line, flags, variables, directory, startup, started);
            } finally {
                Kernel32.CloseHandle(token);
            }
        }
        if (trust != Trust.FULL) {
            long token = StartTokens.ofLevel(trust.level);
            try {
                return Advapi32.CreateProcessAsUserW(
                        token, null, line, null, null, inherit, flags, variables, directory,
                        startup, started);
            } finally {
                Kernel32.CloseHandle(token);
            }
        }
        return Kernel32.CreateProcessW(
                null, line, null, null, inherit, flags, variables, directory, startup, started);
    }

    private static Memory parentAttribute(Memory parentValue) {
        var size = new long[1];
        Kernel32.InitializeProcThreadAttributeList(null, 1, 0, size);
        var list = new Memory(Math.max(size[0], 64));
        try {
            Failures.check(
                    "InitializeProcThreadAttributeList",
                    Kernel32.InitializeProcThreadAttributeList(list, 1, 0, size));
            Failures.check(
                    "UpdateProcThreadAttribute",
                    Kernel32.UpdateProcThreadAttribute(
                            list, 0, PARENT_ATTRIBUTE, parentValue, 8, null, null));
            return list;
        } catch (DriverException e) {
            list.close();
            throw e;
        }
    }

    private static long create(Path file) {
        long handle =
                Kernel32.CreateFileW(
                        new WString(file.toString()), GENERIC_WRITE, 3, null, CREATE_ALWAYS, 0, 0);
        if (handle == -1) {
            throw Failures.last("CreateFile " + file);
        }
        if (!Kernel32.SetHandleInformation(handle, INHERITABLE, INHERITABLE)) {
            DriverException failure = Failures.last("SetHandleInformation");
            Kernel32.CloseHandle(handle);
            throw failure;
        }
        return handle;
    }

    /** {@code NAME=value} in the order that Windows wants: by name, in any case. */
    private static char[] block(Map<String, String> variables) {
        var sorted = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(variables);
        var block = new StringBuilder();
        sorted.forEach((name, value) -> block.append(name).append('=').append(value).append('\0'));
        if (block.isEmpty()) {
            block.append('\0');
        }
        return block.append('\0').toString().toCharArray();
    }
}
