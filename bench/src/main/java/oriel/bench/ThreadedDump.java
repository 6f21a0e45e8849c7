package oriel.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A minidump of an x86 process with many threads, each with a stack of its own, made up in memory:
 * a crash in the first, and in all of them a chain of frame pointers through one module.
 */
final class ThreadedDump {
    private static final int CONTEXT_BYTES = 716;
    private static final int STACK_BYTES = 4096;
    private static final int CODE_BYTES = 64 * 1024;
    private static final int MODULE_BASE = 0x400000;
    private static final int CODE_VA = MODULE_BASE + 0x1000;
    private static final int STACKS_VA = 0x10000000;
    private static final int STREAMS = 5;

    private final int threads;
    private final int frames;
    private final ByteBuffer out;

    private ThreadedDump(int threads, int frames) {
        this.threads = threads;
        this.frames = frames;
        int perThread = 48 + 16 + CONTEXT_BYTES + STACK_BYTES;
        this.out = ByteBuffer.allocate(threads * perThread + CODE_BYTES + 4096);
        out.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The bytes of a dump with so many threads of so many frames (at most 100) each. */
    static byte[] of(int threads, int frames) {
        var dump = new ThreadedDump(threads, frames);
        int size = dump.write();
        var bytes = new byte[size];
        dump.out.get(0, bytes);
        return bytes;
    }

    private int write() {
        int directory = 32;
        int system = directory + STREAMS * 12;
        int name = system + 56;
        int exception = name + 32;
        int modules = exception + 168;
        int threadList = modules + 4 + 108;
        int memoryList = threadList + 4 + threads * 48;
        int contexts = memoryList + 4 + (threads + 1) * 16;
        int code = contexts + threads * CONTEXT_BYTES;
        int stacks = code + CODE_BYTES;

        out.putInt(0, 0x504d444d).putInt(4, 0xa793).putInt(8, STREAMS).putInt(12, directory);
        entry(0, 7, 56, system);
        entry(1, 6, 168, exception);
        entry(2, 4, 4 + 108, modules);
        entry(3, 3, 4 + threads * 48, threadList);
        entry(4, 5, 4 + (threads + 1) * 16, memoryList);
        out.put(system + 6, (byte) 4).putInt(system + 8, 10).putInt(system + 16, 19045);
        out.putInt(system + 20, 2);
        byte[] path = "app.exe".getBytes(StandardCharsets.UTF_16LE);
        out.putInt(name, path.length).put(name + 4, path);
        out.putInt(exception, 1).putInt(exception + 8, 0xc0000005);
        out.putLong(exception + 24, CODE_VA).putInt(exception + 32, 2);
        out.putLong(exception + 40, 1).putLong(exception + 48, 0x45);
        out.putInt(exception + 160, CONTEXT_BYTES).putInt(exception + 164, contexts);
        out.putInt(modules, 1).putLong(modules + 4, MODULE_BASE).putInt(modules + 12, 0x100000);
        out.putInt(modules + 20, 1).putInt(modules + 24, name);
        out.putInt(threadList, threads).putInt(memoryList, threads + 1);
        range(memoryList + 4, CODE_VA, CODE_BYTES, code);
        // Nothing but calls, so that every fifth address is one to return to.
        for (int at = 0; at + 5 <= CODE_BYTES; at += 5) {
            out.put(code + at, (byte) 0xe8);
        }
        for (int i = 0; i < threads; i++) {
            int va = STACKS_VA + i * 0x10000;
            int stack = stacks + i * STACK_BYTES;
            int context = contexts + i * CONTEXT_BYTES;
            int thread = threadList + 4 + i * 48;
            out.putInt(thread, i + 1);
            range(thread + 24, va, STACK_BYTES, stack);
            out.putInt(thread + 40, CONTEXT_BYTES).putInt(thread + 44, context);
            range(memoryList + 4 + (i + 1) * 16, va, STACK_BYTES, stack);
            out.putInt(context, 0x10007).putInt(context + 180, va);
            out.putInt(context + 184, CODE_VA + i * 5).putInt(context + 196, va);
            for (int k = 0; k < frames; k++) {
                int at = stack + k * 32;
                out.putInt(at, k + 1 == frames ? 0 : va + (k + 1) * 32);
                out.putInt(at + 4, k + 1 == frames ? 0 : CODE_VA + 5 * (1 + i * 101 + k));
            }
        }
        return stacks + threads * STACK_BYTES;
    }

    private void entry(int index, int type, int size, int at) {
        int offset = 32 + index * 12;
        out.putInt(offset, type).putInt(offset + 4, size).putInt(offset + 8, at);
    }

    private void range(int offset, int va, int size, int at) {
        out.putLong(offset, va & 0xffffffffL).putInt(offset + 8, size).putInt(offset + 12, at);
    }
}
