package oriel.testkit.kd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import oriel.testkit.ByteWriter;

/**
 * A kernel that exists only as what a debugger can see of it: memory, contexts, breakpoints, and a
 * program that runs in a circle. Knows bodies of packets, not packets. For one thread.
 */
public final class ScriptedKernel {
    /** Where the instruction is that a break-in executes. */
    public static final long BREAK_VA = 0xfffff80080005000L;

    /** Where the kernel image begins. */
    public static final long BASE = 0xfffff80080000000L;

    /** PsLoadedModuleList, as the version says. */
    public static final long MODULES = BASE + 0x8000;

    /** DebuggerDataList, as the version says. */
    public static final long DATA_LIST = BASE + 0x8100;

    /** The KTHREAD that stops say. */
    public static final long THREAD = 0xffffe00089345080L;

    private static final int FAILED = 0xc0000001;
    private static final byte[] INT3 = {(byte) 0xcc};
    private static final byte[] BRK = {0, 0, 0x3e, (byte) 0xd4};

    /** PSTATE.SS in a context's cpsr. */
    private static final int SOFTWARE_STEP = 1 << 21;

    private final KernelKind kind;
    private final boolean is64;
    private final byte[] trap;
    private final ScriptedPages pages = new ScriptedPages();
    private final ScriptedPages physical = new ScriptedPages();
    private final ScriptedTraps traps;
    private final ScriptedWatches watches;
    private final Map<Long, Long> writes = new HashMap<>();
    private final Map<Long, Integer> exceptions = new HashMap<>();
    private final byte[][] contexts;
    private final Map<Integer, Long> msrs = new HashMap<>();
    private final Map<Long, Integer> ports = new HashMap<>();
    private final List<String> log = new ArrayList<>();
    private int processor;
    private int cap = 3944;
    private boolean refusesNewer;
    private int firstNumber = 1;
    private boolean contextSent;
    private int tells = 2;
    private long[] path = {};
    private int step;
    private byte @Nullable [] stop;
    private final Queue<Supplier<byte[]>> upcoming = new ArrayDeque<>();
    private boolean gone;

    /**
     * A kernel of Windows 10 on x64, or of Windows Server 2003 on x86.
     *
     * @param is64 x64, or else x86
     * @param processors how many
     */
    public ScriptedKernel(boolean is64, int processors) {
        this(is64 ? KernelKind.WINDOWS_10_X64 : KernelKind.SERVER_2003_X86, processors);
    }

    /** A kernel of one kind. */
    public ScriptedKernel(KernelKind kind, int processors) {
        this.kind = kind;
        this.is64 = kind.is64();
        this.trap = kind.isArm() ? BRK : INT3;
        this.traps = new ScriptedTraps(pages, trap);
        this.watches = new ScriptedWatches(is64);
        this.refusesNewer = !kind.hasNewerRequests();
        KernelKind.Registers registers = kind.registers;
        contexts = new byte[processors][registers.size()];
        for (int i = 0; i < processors; i++) {
            ByteWriter.put32(contexts[i], registers.flagsAt(), registers.flags());
            put(contexts[i], registers.pc(), BASE + 0x1000);
            put(contexts[i], registers.sp(), BASE + 0x7f00);
            put(contexts[i], registers.first(), 0x100 + i);
        }
        memory(wide(BASE), new byte[0x9000]);
        pages.write(wide(BREAK_VA), trap);
        msrs.put(0xc0000082, 0xfffff80000003000L);
        ports.put(0x70L, 0xa5);
    }

    /** What kind it is of. */
    KernelKind kind() {
        return kind;
    }

    private void put(byte[] context, int at, long value) {
        if (is64) {
            ByteWriter.put64(context, at, value);
        } else {
            ByteWriter.put32(context, at, value);
        }
    }

    /** Adds memory that is there. */
    public ScriptedKernel memory(long va, byte[] bytes) {
        pages.place(va, bytes);
        return this;
    }

    /** Adds physical memory that is there. */
    public ScriptedKernel physical(long pa, byte[] bytes) {
        physical.place(pa, bytes);
        return this;
    }

    /** Sets the most bytes of one answer to a read. */
    public ScriptedKernel cap(int bytes) {
        cap = bytes;
        return this;
    }

    /** Lets it refuse what ReactOS refuses: search, fill and other newer requests. */
    public ScriptedKernel refusingNewer() {
        refusesNewer = true;
        return this;
    }

    /** Sets the number of the first breakpoint in its table. */
    public ScriptedKernel numberingFrom(int first) {
        firstNumber = first;
        return this;
    }

    /**
     * Lets it tell less of itself.
     *
     * @param much 0 for nothing, 1 for the kernel's base and the list of drivers
     */
    public ScriptedKernel telling(int much) {
        tells = much;
        return this;
    }

    /** Sets the addresses that its program goes through, again and again. */
    public ScriptedKernel path(long... addresses) {
        path = addresses.clone();
        return this;
    }

    /** Lets the instruction at an address write to another, without changing what is there. */
    public ScriptedKernel writing(long instructionVa, long va) {
        writes.put(instructionVa, va);
        return this;
    }

    /** What happened, in words. */
    public synchronized List<String> log() {
        return List.copyOf(log);
    }

    private synchronized void log(String what) {
        log.add(what);
    }

    /** Bytes of its memory as they are. */
    public byte[] peek(long va, int count) {
        return pages.read(va, Math.min(count, cap));
    }

    /** Addresses of 32-bit targets are sign-extended on the wire, and so they are kept here. */
    private long pc() {
        byte[] c = contexts[processor];
        ByteBuffer in = ByteBuffer.wrap(c).order(ByteOrder.LITTLE_ENDIAN);
        int at = kind.registers.pc();
        return is64 ? in.getLong(at) : in.getInt(at);
    }

    private void pc(long va) {
        put(contexts[processor], kind.registers.pc(), va);
    }

    private static final int BREAKPOINT = 0x80000003;
    private static final int SINGLE_STEP = 0x80000004;

    /** The stop that a break-in makes. */
    public byte[] breakIn() {
        pc(wide(BREAK_VA));
        return exception(BREAKPOINT);
    }

    private long wide(long va) {
        return is64 ? va : (int) va;
    }

    private byte[] exception(int code) {
        long pc = pc();
        traps.liftAfter(pc);
        var out = new ByteWriter().u32(0x3030).u16(0x17).u16(processor).u32(contexts.length);
        out.u32(0).u64(wide(THREAD)).u64(pc);
        out.u32(code).u32(0).u64(0).u64(pc).u32(3).u32(0);
        out.padTo(184).u32(1).padTo(192);
        if (kind.isArm()) {
            out.u64(0).u64(0).u32(16);
        } else if (is64) {
            out.u64(0xffff0ff0L | watches.status()).u64(0x400).u32(0x246).u16(16).u16(3);
        } else {
            out.u32(0xffff0ff0L | watches.status()).u32(0x400).u16(16).u16(3);
        }
        out.bytes(Arrays.copyOf(peek(pc, 16), 16)).padTo(240);
        // ReactOS and old Windows add trace data.
        contextSent = false;
        stop = (kind.isReactOs() || kind == KernelKind.XP_X86 ? out.u32(0) : out).toBytes();
        return stop;
    }

    /** The stop at which an image is mapped. */
    public byte[] loadSymbols(String path, long base, long size) {
        traps.liftAfter(pc());
        var out = new ByteWriter().u32(0x3031).u16(0x17).u16(processor).u32(contexts.length);
        out.u32(0).u64(wide(THREAD)).u64(pc());
        out.u32(path.length() + 1L).u32(0).u64(base).u64(-1).u32(0x1234).u32(size).u8(0);
        stop = out.padTo(240).bytes(path.getBytes(StandardCharsets.ISO_8859_1)).u8(0).toBytes();
        return stop;
    }

    /**
     * Lets it map an image when it next runs. A kernel that maps itself has just begun: nobody has
     * set breakpoints in it.
     */
    public ScriptedKernel mapping(String path, long base, long size) {
        upcoming.add(
                () -> {
                    if (base == wide(BASE)) {
                        traps.liftAll();
                    }
                    return loadSymbols(path, base, size);
                });
        return this;
    }

    /** Lets an exception come when it next runs. */
    public ScriptedKernel raising(int code, boolean firstChance) {
        upcoming.add(
                () -> {
                    byte[] told = exception(code);
                    ByteWriter.put32(told, 184, firstChance ? 1 : 0);
                    return told;
                });
        return this;
    }

    /** Lets an exception come once, at its first chance, when its program comes to an address. */
    public ScriptedKernel raisingAt(long va, int code) {
        exceptions.put(wide(va), code);
        return this;
    }

    /** The last stop; a running kernel has none. */
    public byte @Nullable [] stop() {
        return stop;
    }

    /** Whether it has been restarted or crashed, and is gone. */
    public boolean isGone() {
        return gone;
    }

    /**
     * Runs on, after a request let it, until something stops it. Null when nothing does: then only
     * a break-in will.
     */
    public byte @Nullable [] run() {
        stop = null;
        Supplier<byte[]> soon = upcoming.poll();
        if (soon != null) {
            return soon.get();
        }
        if (Arrays.equals(peek(pc(), trap.length), trap)) {
            return exception(BREAKPOINT);
        }
        if (traced || kind.isArm() && (contexts[processor][6] & SOFTWARE_STEP >> 16) != 0) {
            traced = false;
            Long written = writes.get(pc());
            pc(next());
            if (written != null) {
                watches.written(written);
            }
            return exception(SINGLE_STEP);
        }
        for (int i = 0; i < path.length; i++) {
            Long written = writes.get(pc());
            pc(next());
            if (written != null && watches.written(written) || watches.executed(pc())) {
                return exception(SINGLE_STEP);
            }
            if (traps.isAt(pc())) {
                return exception(BREAKPOINT);
            }
            Integer raised = exceptions.remove(pc());
            if (raised != null) {
                return exception(raised);
            }
        }
        return null;
    }

    private long next() {
        if (path.length == 0) {
            return pc() + trap.length;
        }
        step++;
        return wide(path[step % path.length]);
    }

    private boolean traced;

    /** Answers a request; null when there is no answer. Sets {@link #isRunning}. */
    public byte @Nullable [] answer(byte[] request) {
        ByteBuffer in = ByteBuffer.wrap(request).order(ByteOrder.LITTLE_ENDIAN);
        int api = in.getInt(0);
        byte[] data = Arrays.copyOfRange(request, Math.min(56, request.length), request.length);
        byte[] reply = Arrays.copyOf(request, 56);
        ByteBuffer out = ByteBuffer.wrap(reply).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(8, 0);
        int cpu = Math.min(in.getShort(6) & 0xffff, contexts.length - 1);
        log(Integer.toHexString(api));
        byte[] extra = {};
        if (!knows(api, in)) {
            out.putInt(8, FAILED);
            return reply;
        }
        switch (api) {
            case 0x3130, 0x313d -> {
                long count = in.getInt(24) & 0xffffffffL;
                ScriptedPages from = api == 0x3130 ? pages : physical;
                extra = from.read(in.getLong(16), Math.min(count, cap));
                out.putInt(8, extra.length < Math.min(count, cap) ? FAILED : 0);
                out.putInt(28, extra.length);
            }
            case 0x3131 -> {
                int wrote = pages.write(in.getLong(16), data);
                out.putInt(8, wrote < data.length ? FAILED : 0).putInt(28, wrote);
            }
            case 0x313e -> {
                physical.place(in.getLong(16), data);
                out.putInt(28, data.length);
            }
            case 0x3132 -> {
                extra = contexts[cpu].clone();
                contextSent = true;
            }
            case 0x3133 -> contexts[cpu] = Arrays.copyOf(data, contexts[cpu].length);
            case 0x3160 -> {
                System.arraycopy(data, 0, contexts[cpu], in.getInt(16), data.length);
                out.putInt(24, data.length);
            }
            case 0x315f -> {
                contextSent = true;
                int from = in.getInt(16);
                int to = Math.min(contexts[cpu].length, from + in.getInt(20));
                extra = Arrays.copyOfRange(contexts[cpu], from, to);
                out.putInt(24, extra.length);
            }
            case 0x3134 -> {
                int handle = traps.set(in.getLong(16));
                out.putInt(24, handle).putInt(8, handle == 0 ? FAILED : 0);
            }
            case 0x3135 -> {
                out.putInt(8, traps.lift(in.getInt(16)) ? 0 : FAILED);
            }
            case 0x3136 -> {
                resume(in.getInt(16), false);
                return null;
            }
            case 0x313c -> {
                watches.control(is64 ? in.getLong(24) : in.getInt(24));
                resume(in.getInt(16), in.getInt(20) == 1);
                return null;
            }
            case 0x3137 -> {
                extra = controlSpace(in.getLong(16), cpu);
                extra = Arrays.copyOf(extra, Math.min(extra.length, in.getInt(24)));
                out.putInt(8, extra.length == 0 ? FAILED : 0).putInt(28, extra.length);
            }
            case 0x3138 -> {
                watches.write(data);
                out.putInt(28, data.length);
            }
            case 0x3139 -> out.putInt(28, ports.getOrDefault(in.getLong(16), 0xff));
            case 0x313a -> ports.put(in.getLong(16), in.getInt(28));
            case 0x313b, 0x3149 -> {
                gone = true;
                return null;
            }
            case 0x315a -> {
                return null;
            }
            case 0x3146 -> version(out);
            case 0x3150 -> {
                processor = cpu;
                exception(0x80000007);
                return null;
            }
            case 0x3152 -> {
                Long value = msrs.get(in.getInt(16));
                out.putInt(8, value == null ? 0xc000000e : 0);
                out.putLong(20, value == null ? 0 : value);
            }
            case 0x3153 -> msrs.put(in.getInt(16), in.getLong(20));
            case 0x3156 -> search(in, data, out);
            case 0x315b -> {
                var filled = new byte[in.getInt(24)];
                for (int i = 0; i < filled.length; i++) {
                    filled[i] = data[i % data.length];
                }
                out.putInt(8, refusesNewer ? FAILED : 0);
                if (!refusesNewer) {
                    pages.write(in.getLong(16), filled);
                }
            }
            case 0x315c -> out.putInt(32, 2).putInt(36, 7);
            default -> out.putInt(8, FAILED);
        }
        return new ByteWriter().bytes(reply).bytes(extra).toBytes();
    }

    /** Whether it does what is asked at all, or breaks down of it. */
    private boolean knows(int api, ByteBuffer in) {
        return switch (api) {
            case 0x3132 -> kind.hasWholeContexts();
            case 0x3133 -> kind.hasWholeContexts() && contextSent && lacksNothing(in, 0x3133);
            case 0x315f -> kind.hasPartsOfContexts();
            case 0x3160 -> kind.hasPartsOfContexts() && contextSent;
            case 0x3137 -> !kind.isArm() && lacksNothing(in, 0x3137);
            case 0x315c -> kind != KernelKind.XP_X86;
            default -> true;
        };
    }

    /** ReactOS asserts what others check: it is gone then. */
    private boolean lacksNothing(ByteBuffer in, int api) {
        if (!kind.isReactOs()) {
            return true;
        }
        boolean good =
                api == 0x3133
                        ? in.capacity() == 56 + kind.registers.size()
                        : !is64 || Long.compareUnsigned(in.getLong(16), 3) <= 0;
        gone |= !good;
        return good;
    }

    private void resume(int status, boolean trace) {
        log("goes on with " + Integer.toHexString(status));
        stop = null;
        traced = trace && status >= 0;
    }

    /** Whether the last request let it run. */
    public boolean isRunning() {
        return stop == null;
    }

    private byte[] controlSpace(long address, int cpu) {
        var out = new ByteWriter();
        if (!is64) {
            out.bytes(contexts[cpu]).u32(0x80000031L).u32(0xbad00000L).u32(0x39000).u32(0x6d8);
            return Arrays.copyOfRange(out.zeros(200).toBytes(), (int) address, (int) address + 84);
        }
        switch ((int) address) {
            case 0 -> out.u64(BASE + 0x6000 + cpu * 0x100L);
            case 1 -> out.u64(BASE + 0x6180 + cpu * 0x100L);
            case 2 -> out.u64(0x80050031L).u64(0xbad0000L).u64(0x1aa000).u64(0x6f8).zeros(0xb8);
            case 3 -> out.u64(THREAD + cpu);
            default -> {
                // Nothing else is there.
            }
        }
        return out.toBytes();
    }

    private void version(ByteBuffer out) {
        out.putShort(16, (short) 0xf).putShort(18, (short) kind.build);
        out.put(20, (byte) 6).put(21, (byte) kind.secondary);
        out.putShort(22, (short) kind.flags).putShort(24, (short) kind.machine);
        out.put(26, (byte) 12).put(27, (byte) 3).put(28, (byte) kind.maxManipulate);
        if (tells > 0) {
            out.putLong(32, wide(BASE)).putLong(40, wide(MODULES));
        }
        out.putLong(48, tells > 1 ? wide(DATA_LIST) : 0);
    }

    private void search(ByteBuffer in, byte[] pattern, ByteBuffer out) {
        if (refusesNewer) {
            out.putInt(8, FAILED);
            return;
        }
        long start = in.getLong(16);
        for (long at = start; at + pattern.length <= start + in.getLong(24); at++) {
            if (Arrays.equals(pages.read(at, pattern.length), pattern)) {
                out.putLong(16, at);
                return;
            }
        }
        out.putInt(8, 0xc0000225);
    }
}
