package oriel.engine.python;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import oriel.engine.eval.Label;
import oriel.engine.eval.Labels;
import oriel.model.LoadedModule;
import oriel.model.Target;

/**
 * The CPython of a target: versions 3.11 to 3.14, of 64-bit and 32-bit programs, with the global
 * lock. Found by the exports of its library alone.
 *
 * <pre>{@code
 * PythonRuntime python = PythonRuntime.find(stop, stop.labels()).orElseThrow();
 * for (PythonThread thread : python.threads()) {
 *     thread.frames().forEach(System.out::println);
 * }
 * }</pre>
 */
public final class PythonRuntime {
    private static final int MOST_THREADS = 10_000;
    private static final int MOST_FRAMES = 10_000;
    private static final int MOST_TABLE = 1 << 20;
    private static final int MOST_LOCALS = 10_000;

    /** From this owner on a frame is one of C code (Include/internal/pycore_frame.h). */
    private static final int OWNED_BY_C = 3;

    private static final int OWNED_BY_GENERATOR = 1;
    private static final int HIDDEN = 0x10;
    private static final int CELL_OR_FREE = 0xc0;

    private final long runtimeVa;
    private final PythonLayout layout;
    private final PythonObjects objects;

    private PythonRuntime(long runtimeVa, PythonLayout layout) {
        this.runtimeVa = runtimeVa;
        this.layout = layout;
        this.objects = new PythonObjects(layout);
    }

    /**
     * Looks for a CPython.
     *
     * @param labels of the target; exports suffice
     * @return empty when there is none of a version that is known
     */
    public static Optional<PythonRuntime> find(Target target, Labels labels) {
        for (LoadedModule module : target.modules()) {
            if (module.label().toLowerCase(Locale.ROOT).startsWith("python")) {
                OptionalLong runtime = labels.find(Label.of(module.label(), "_PyRuntime", 0));
                OptionalLong version = labels.find(Label.of(module.label(), "Py_Version", 0));
                if (runtime.isPresent()) {
                    long number =
                            version.isPresent()
                                    ? target.memory().unsigned(version.getAsLong(), 4).orElse(0)
                                    : 0;
                    return of(target, runtime.getAsLong(), number);
                }
            }
        }
        return Optional.empty();
    }

    static Optional<PythonRuntime> of(Target target, long runtimeVa, long version) {
        return PythonLayout.of(target.memory(), target.architecture(), runtimeVa, version)
                .map(layout -> new PythonRuntime(runtimeVa, layout));
    }

    /** The version, as 3.13. */
    public String version() {
        return "3." + layout.minor();
    }

    /** The objects of the program. */
    public PythonObjects objects() {
        return objects;
    }

    /** All threads of all interpreters. */
    public List<PythonThread> threads() {
        var threads = new ArrayList<PythonThread>();
        Set<Long> seen = new HashSet<>();
        long interpreter = layout.pointer(runtimeVa, PythonField.INTERPRETERS);
        while (interpreter != 0 && seen.add(interpreter) && threads.size() < MOST_THREADS) {
            long thread = layout.pointer(interpreter, PythonField.THREADS);
            while (thread != 0 && seen.add(thread) && threads.size() < MOST_THREADS) {
                long id = layout.number(layout.at(thread, PythonField.THREAD_ID), 4);
                threads.add(new PythonThread(id, frames(thread)));
                thread = layout.pointer(thread, PythonField.THREAD_NEXT);
            }
            interpreter = layout.pointer(interpreter, PythonField.INTERPRETER_NEXT);
        }
        return threads;
    }

    /** The thread with an id of the system's; empty when it runs no Python code. */
    public Optional<PythonThread> thread(long threadId) {
        return threads().stream().filter(t -> t.threadId() == threadId).findFirst();
    }

    private List<PythonFrame> frames(long thread) {
        long frame = layout.pointer(thread, PythonField.THREAD_FRAME);
        if (layout.minor() == 11) {
            frame = layout.pointer(frame + layout.pointerSize());
        } else if (layout.minor() == 12) {
            frame = layout.pointer(frame);
        }
        return framesFrom(frame);
    }

    /** The calls from one of CPython's own frames outwards, innermost first. */
    public List<PythonFrame> framesFrom(long frameVa) {
        var frames = new ArrayList<PythonFrame>();
        Set<Long> seen = new HashSet<>();
        long frame = frameVa;
        while (frame != 0 && seen.add(frame) && seen.size() < MOST_FRAMES) {
            frame(frame).ifPresent(frames::add);
            frame = layout.pointer(frame, PythonField.FRAME_PREVIOUS);
        }
        return frames;
    }

    private Optional<PythonFrame> frame(long va) {
        long owner = layout.number(layout.at(va, PythonField.FRAME_OWNER), 1);
        long code = layout.reference(layout.pointer(va, PythonField.FRAME_CODE));
        if (layout.minor() > 11 && owner >= OWNED_BY_C || !objects.typeName(code).equals("code")) {
            return Optional.empty();
        }
        long codeBytes = layout.at(code, PythonField.CODE_BYTES);
        long offset = layout.pointer(va, PythonField.FRAME_INSTRUCTION) - codeBytes;
        // A frame that is being set up has not come to the first instruction that tracing shows.
        long first = 2 * layout.number(codeBytes - 2L * layout.pointerSize(), 4);
        if (owner != OWNED_BY_GENERATOR && offset < first) {
            return Optional.empty();
        }
        long firstLine = layout.number(layout.at(code, PythonField.CODE_FIRST_LINE), 4);
        byte[] lines = data(layout.pointer(code, PythonField.CODE_LINES));
        return Optional.of(
                new PythonFrame(
                        va,
                        objects.string(layout.pointer(code, PythonField.CODE_FILE)),
                        objects.string(layout.pointer(code, PythonField.CODE_NAME)),
                        LocationTable.line(lines, (int) firstLine, offset),
                        locals(va, code)));
    }

    /** What an object of bytes holds. */
    private byte[] data(long va) {
        return layout.bytes(layout.at(va, PythonField.BYTES_DATA), layout.size(va), MOST_TABLE);
    }

    private Map<String, Long> locals(long frame, long code) {
        var locals = new LinkedHashMap<String, Long>();
        byte[] kinds = data(layout.pointer(code, PythonField.CODE_LOCAL_KINDS));
        long names = layout.pointer(code, PythonField.CODE_LOCAL_NAMES);
        long slots = layout.at(frame, PythonField.FRAME_LOCALS);
        for (int i = 0; i < Math.min(kinds.length, MOST_LOCALS); i++) {
            long slot = layout.pointer(slots + (long) i * layout.pointerSize());
            long value = layout.reference(slot);
            if ((kinds[i] & CELL_OR_FREE) != 0 && objects.typeName(value).equals("cell")) {
                value = layout.pointer(value + 2L * layout.pointerSize());
            }
            if (value != 0 && (kinds[i] & HIDDEN) == 0) {
                long name =
                        layout.pointer(
                                layout.at(names, PythonField.TUPLE_ITEMS)
                                        + (long) i * layout.pointerSize());
                locals.put(objects.string(name), value);
            }
        }
        return locals;
    }
}
