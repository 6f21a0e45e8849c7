package oriel.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import oriel.engine.kernel.KnownOffset.Origin;
import oriel.model.AddressRange;

/**
 * Completes a layout from what is in memory. The first process of the list is System with id 4;
 * dispatcher headers tell processes (3) and threads (6); lists are linked both ways; a thread
 * points to its process and holds its process id beside its own. A row of the table of builds must
 * pass the same checks. What passes none stays unknown.
 */
final class LayoutRecovery {
    private static final int PROCESS_OBJECT = 3;
    private static final int THREAD_OBJECT = 6;
    private static final int SYSTEM_ID = 4;

    /** The list of waiters behind type and state, in every dispatcher header. */
    private static final int WAIT_LIST = 8;

    private static final int LARGEST_PROCESS = 0x1000;
    private static final int LARGEST_THREAD = 0x1000;
    private static final int SAMPLES = 4;
    private static final int NAME_LENGTH = 15;
    private static final long HIGHEST_ID = 1 << 24;
    private static final byte[] SYSTEM = {'S', 'y', 's', 't', 'e', 'm', 0};

    private final KernelMemory memory;
    private final Map<KernelField, KnownOffset> offsets;
    private final int width;

    LayoutRecovery(KernelMemory memory, Map<KernelField, KnownOffset> offsets) {
        this.memory = memory;
        this.offsets = offsets;
        this.width = memory.pointerSize();
    }

    /** Completes from the list of processes. */
    void complete(long head, int build) {
        List<Long> entries = memory.list(head, SAMPLES).entries();
        if (entries.isEmpty()) {
            return;
        }
        Map<KernelField, Integer> row = BuildTable.row(memory.architecture(), build);
        processes(entries, row);
        KnownOffset links = offsets.get(KernelField.PROCESS_LINKS);
        if (links == null) {
            return;
        }
        var processes = new ArrayList<Long>();
        for (long entry : entries) {
            processes.add(entry - links.value());
        }
        name(processes, row);
        threads(processes, row);
        confirmed(KernelField.PROCESS_CREATED, row, at -> isTime(processes, at));
    }

    private interface Check {
        boolean holds(int offset);
    }

    /** Takes a row's offset when it passes a check and nothing better is known. */
    private void confirmed(KernelField field, Map<KernelField, Integer> row, Check check) {
        Integer offset = row.get(field);
        if (offset != null && !offsets.containsKey(field) && check.holds(offset)) {
            offsets.put(field, new KnownOffset(offset, Origin.TABLE));
        }
    }

    private void recovered(KernelField field, int offset) {
        offsets.putIfAbsent(field, new KnownOffset(offset, Origin.RECOVERED));
    }

    private int known(KernelField field, int otherwise) {
        KnownOffset offset = offsets.get(field);
        return offset == null ? otherwise : offset.value();
    }

    // Processes

    private void processes(List<Long> entries, Map<KernelField, Integer> row) {
        long system = entries.get(0);
        OptionalLong id = memory.pointer(system - width);
        boolean idBefore = id.isPresent() && id.getAsLong() == SYSTEM_ID;
        confirmed(
                KernelField.PROCESS_LINKS,
                row,
                at -> idBefore && isProcess(system - at) && isProcess(last(entries) - at));
        if (!offsets.containsKey(KernelField.PROCESS_LINKS) && idBefore) {
            for (int at = 0x60; at < LARGEST_PROCESS; at += width) {
                if (isProcess(system - at) && isProcess(last(entries) - at)) {
                    recovered(KernelField.PROCESS_LINKS, at);
                    break;
                }
            }
        }
        if (idBefore && offsets.containsKey(KernelField.PROCESS_LINKS)) {
            int links = known(KernelField.PROCESS_LINKS, 0);
            confirmed(KernelField.PROCESS_ID, row, at -> at == links - width);
            recovered(KernelField.PROCESS_ID, links - width);
            // All Windows have it there, and what is there was looked at.
            recovered(KernelField.PROCESS_DIRECTORY_TABLE, usualTable());
        }
    }

    /**
     * The head of the list of processes, told by System, its first: behind its id are its links.
     */
    static OptionalLong linksOf(KernelMemory memory, long system) {
        int width = memory.pointerSize();
        for (int at = 0x60; at < LARGEST_PROCESS; at += width) {
            OptionalLong id = memory.pointer(system + at - width);
            if (id.isPresent() && id.getAsLong() == SYSTEM_ID && memory.isListEntry(system + at)) {
                return memory.nonNull(system + at + width);
            }
        }
        return OptionalLong.empty();
    }

    private static long last(List<Long> entries) {
        return entries.get(entries.size() - 1);
    }

    /** A dispatcher header of a process, with a page-aligned root and lists that are lists. */
    private boolean isProcess(long va) {
        OptionalLong type = memory.unsigned(va, 1);
        if (type.isEmpty() || (type.getAsLong() & 0x7f) != PROCESS_OBJECT) {
            return false;
        }
        int table = known(KernelField.PROCESS_DIRECTORY_TABLE, usualTable());
        OptionalLong root = memory.pointer(va + table);
        // The low bits hold a PCID, or the place of the four entries of PAE.
        return root.isPresent()
                && (root.getAsLong() & -0x1000L) != 0
                && (width == 4 || root.getAsLong() >>> 52 == 0)
                && memory.isListEntry(va + WAIT_LIST);
    }

    private int usualTable() {
        return width == 8 ? 0x28 : 0x18;
    }

    private void name(List<Long> processes, Map<KernelField, Integer> row) {
        confirmed(KernelField.PROCESS_NAME, row, at -> isName(processes, at));
        if (offsets.containsKey(KernelField.PROCESS_NAME)) {
            return;
        }
        byte[] bytes = memory.memory().readUpTo(processes.get(0), LARGEST_PROCESS);
        for (int at = 0; at + NAME_LENGTH <= bytes.length; at += 4) {
            if (begins(bytes, at) && isName(processes, at)) {
                recovered(KernelField.PROCESS_NAME, at);
                return;
            }
        }
    }

    private static boolean begins(byte[] bytes, int at) {
        for (int i = 0; i < SYSTEM.length; i++) {
            if (bytes[at + i] != SYSTEM[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean isName(List<Long> processes, int at) {
        for (int i = 0; i < processes.size(); i++) {
            String text = memory.text(processes.get(i) + at, NAME_LENGTH).orElse("");
            boolean plain = !text.isEmpty();
            for (int c = 0; c < text.length(); c++) {
                plain &= text.charAt(c) >= ' ' && text.charAt(c) < 0x7f;
            }
            if (!plain || i == 0 && !text.equals("System")) {
                return false;
            }
        }
        return true;
    }

    /** FILETIMEs of this century but for System, which may have none. */
    private boolean isTime(List<Long> processes, int at) {
        for (int i = 1; i < processes.size(); i++) {
            OptionalLong time = memory.unsigned(processes.get(i) + at, 8);
            if (time.isEmpty()
                    || time.getAsLong() >>> 52 != 0x1d && time.getAsLong() >>> 52 != 0x1c) {
                return false;
            }
        }
        return processes.size() > 1;
    }

    // Threads

    private void threads(List<Long> processes, Map<KernelField, Integer> row) {
        confirmed(
                KernelField.PROCESS_THREADS,
                row,
                at -> entryOffset(processes.get(0), at).isPresent());
        OptionalInt entry = OptionalInt.empty();
        if (offsets.containsKey(KernelField.PROCESS_THREADS)) {
            entry = entryOffset(processes.get(0), known(KernelField.PROCESS_THREADS, 0));
        } else {
            for (int at = 2 * width; at < 0x100 && entry.isEmpty(); at += width) {
                entry = entryOffset(processes.get(0), at);
                if (entry.isPresent()) {
                    recovered(KernelField.PROCESS_THREADS, at);
                }
            }
        }
        if (entry.isEmpty()) {
            return;
        }
        int found = entry.getAsInt();
        confirmed(KernelField.THREAD_LINKS, row, at -> at == found);
        recovered(KernelField.THREAD_LINKS, found);
        var samples = new ArrayList<Sample>();
        for (long process : processes) {
            long list = process + known(KernelField.PROCESS_THREADS, 0);
            OptionalLong id = memory.pointer(process + known(KernelField.PROCESS_ID, 0));
            for (long thread : memory.list(list, SAMPLES).entries()) {
                samples.add(new Sample(thread - known(KernelField.THREAD_LINKS, 0), id.orElse(0)));
            }
        }
        confirmed(KernelField.THREAD_ID, row, at -> isClientId(samples, at));
        for (int at = 0x100; at < LARGEST_THREAD; at += width) {
            if (!offsets.containsKey(KernelField.THREAD_ID) && isClientId(samples, at)) {
                recovered(KernelField.THREAD_ID, at);
            }
        }
        confirmed(KernelField.THREAD_START, row, at -> isCode(samples, at));
        confirmed(KernelField.THREAD_WIN32_START, row, at -> isCode(samples, at));
    }

    /** A thread and the id of its process. */
    private record Sample(long va, long processId) {}

    /** Where the list entry lies in the threads of a list; empty when it is no list of threads. */
    private OptionalInt entryOffset(long process, int list) {
        if (!memory.isListEntry(process + list)) {
            return OptionalInt.empty();
        }
        List<Long> entries = memory.list(process + list, 2).entries();
        if (entries.isEmpty()) {
            return OptionalInt.empty();
        }
        KnownOffset symbols = offsets.get(KernelField.THREAD_LINKS);
        if (symbols != null) {
            return OptionalInt.of(symbols.value());
        }
        for (int at = 0x80; at < LARGEST_THREAD; at += width) {
            boolean all = true;
            for (long entry : entries) {
                all &= isThread(entry - at, process);
            }
            if (all) {
                return OptionalInt.of(at);
            }
        }
        return OptionalInt.empty();
    }

    private boolean isThread(long va, long process) {
        OptionalLong type = memory.unsigned(va, 1);
        if (type.isEmpty() || (type.getAsLong() & 0x7f) != THREAD_OBJECT) {
            return false;
        }
        KnownOffset apc = offsets.get(KernelField.THREAD_APC_PROCESS);
        if (apc != null) {
            OptionalLong owner = memory.pointer(va + apc.value());
            return owner.isPresent() && owner.getAsLong() == process;
        }
        return memory.findPointer(new AddressRange(va + 0x20, 0x280), process).isPresent();
    }

    /** The process's id, followed by ids that differ from thread to thread. */
    private boolean isClientId(List<Sample> samples, int at) {
        var ids = new ArrayList<Long>();
        for (Sample sample : samples) {
            OptionalLong process = memory.pointer(sample.va + at);
            OptionalLong thread = memory.pointer(sample.va + at + width);
            if (process.isEmpty()
                    || thread.isEmpty()
                    || process.getAsLong() != sample.processId
                    || thread.getAsLong() % 4 != 0
                    || thread.getAsLong() <= 0
                    || thread.getAsLong() > HIGHEST_ID
                    || ids.contains(thread.getAsLong())) {
                return false;
            }
            ids.add(thread.getAsLong());
        }
        return ids.size() > 1;
    }

    /** Addresses, of the kernel for those of System at least. */
    private boolean isCode(List<Sample> samples, int at) {
        boolean any = false;
        for (Sample sample : samples) {
            if (sample.processId == SYSTEM_ID) {
                OptionalLong start = memory.pointer(sample.va + at);
                if (start.isEmpty() || !memory.isKernel(start.getAsLong())) {
                    return false;
                }
                any = true;
            }
        }
        return any;
    }

    // Small dumps: a thread and its process, and no lists

    /**
     * Completes from one thread and its process, which is all that small dumps have: the process's
     * id stands before a list entry in the process and before the thread's id in the thread.
     */
    void completeFrom(long thread, long process) {
        for (int at = 0x80; at < LARGEST_PROCESS; at += width) {
            OptionalLong id = memory.pointer(process + at);
            if (id.isEmpty() || !isId(id.getAsLong()) || !isLinks(process + at + width)) {
                continue;
            }
            OptionalInt client = clientId(thread, id.getAsLong());
            if (client.isPresent()) {
                recovered(KernelField.PROCESS_ID, at);
                recovered(KernelField.PROCESS_LINKS, at + width);
                recovered(KernelField.THREAD_ID, client.getAsInt());
                nameOf(process, at);
                return;
            }
        }
    }

    private static boolean isId(long id) {
        return id > 0 && id % 4 == 0 && id <= HIGHEST_ID;
    }

    private boolean isLinks(long va) {
        OptionalLong next = memory.pointer(va);
        OptionalLong previous = memory.pointer(va + width);
        return next.isPresent()
                && previous.isPresent()
                && memory.isKernel(next.getAsLong())
                && memory.isKernel(previous.getAsLong());
    }

    private OptionalInt clientId(long thread, long processId) {
        OptionalInt found = OptionalInt.empty();
        for (int at = 0x180; at < LARGEST_THREAD; at += width) {
            OptionalLong process = memory.pointer(thread + at);
            OptionalLong own = memory.pointer(thread + at + width);
            if (process.isPresent()
                    && own.isPresent()
                    && process.getAsLong() == processId
                    && isId(own.getAsLong())) {
                if (found.isPresent()) {
                    return OptionalInt.empty();
                }
                found = OptionalInt.of(at);
            }
        }
        return found;
    }

    /** The name of a program is the only text of its kind in a process. */
    private void nameOf(long process, int from) {
        byte[] bytes = memory.memory().readUpTo(process, LARGEST_PROCESS);
        for (int at = from; at + NAME_LENGTH <= bytes.length; at += 4) {
            String text = memory.text(process + at, NAME_LENGTH).orElse("");
            boolean program =
                    text.length() > 4 && text.endsWith(".exe")
                            || text.equals("System")
                            || text.equals("Registry");
            if (program && text.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
                recovered(KernelField.PROCESS_NAME, at);
                return;
            }
        }
    }
}
