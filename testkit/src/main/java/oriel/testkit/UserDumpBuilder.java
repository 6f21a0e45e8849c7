package oriel.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes legacy full user dumps by hand, from crash.h and not from the parser: header, contexts,
 * modules, regions, debug event, threads, version information, then the bytes of the regions.
 */
public final class UserDumpBuilder {
    private final boolean is64;
    private final int machine;
    private final List<byte[]> contexts = new ArrayList<>();
    private final List<byte[]> threads = new ArrayList<>();
    private final List<byte[]> modules = new ArrayList<>();
    private final List<byte[]> regions = new ArrayList<>();
    private final ByteWriter data = new ByteWriter();
    private byte[] event = new byte[0];
    private byte[] version = new byte[0];

    /** A dump of a machine: 0x8664, 0x14c and so on. */
    public UserDumpBuilder(boolean is64, int machine) {
        this.is64 = is64;
        this.machine = machine;
    }

    /** A thread. */
    public UserDumpBuilder thread(long id, long teb, byte[] context) {
        var in = new ByteWriter().u32(id).u32(1).u32(0x20).u32(9);
        pointer(in, teb);
        for (int i = 0; i < 7; i++) {
            pointer(in, 0);
        }
        threads.add(in.toBytes());
        contexts.add(context);
        return this;
    }

    /** A module. */
    public UserDumpBuilder module(long base, long size, String path) {
        var in = new ByteWriter();
        pointer(in, base);
        modules.add(in.u32(size).u32(path.length() + 1L).cString(path).toBytes());
        return this;
    }

    /** A committed region with its bytes; of a guard page they may be left out. */
    public UserDumpBuilder region(long va, int protection, long size, byte[] bytes) {
        var in = new ByteWriter();
        pointer(in, va);
        pointer(in, va);
        in.u32(4);
        if (is64) {
            in.u32(0);
        }
        pointer(in, size);
        in.u32(0x1000).u32(protection).u32(0x20000);
        if (is64) {
            in.u32(0);
        }
        regions.add(in.toBytes());
        data.bytes(bytes);
        return this;
    }

    /** The exception for which the dump was written, at its second chance. */
    public UserDumpBuilder exception(
            long process, long thread, long code, long address, long... parameters) {
        var in = new ByteWriter().u32(1).u32(process).u32(thread);
        if (is64) {
            in.u32(0);
        }
        in.u32(code).u32(0);
        pointer(in, 0);
        pointer(in, address);
        in.u32(parameters.length);
        if (is64) {
            in.u32(0);
        }
        for (int i = 0; i < 15; i++) {
            pointer(in, i < parameters.length ? parameters[i] : 0);
        }
        event = in.u32(0).u32(0).toBytes();
        return this;
    }

    /** CRASHDUMP_VERSION_INFO. */
    public UserDumpBuilder version(boolean guardPagesLeftOut) {
        version = new ByteWriter().u32(guardPagesLeftOut ? 1 : 0).u32(is64 ? 64 : 32).toBytes();
        return this;
    }

    /** The file. */
    public byte[] build() {
        int at = is64 ? 96 : 64;
        long[] offsets = new long[7];
        offsets[0] = at;
        at += size(contexts);
        offsets[1] = at;
        at += size(modules);
        offsets[3] = at;
        at += size(regions);
        offsets[4] = event.length == 0 ? 0 : at;
        at += event.length;
        offsets[5] = at;
        at += size(threads);
        offsets[6] = version.length == 0 ? 0 : at;
        at += version.length;
        offsets[2] = at;
        var out = new ByteWriter().u32(0x52455355).u32(is64 ? 0x34365544 : 0x504d5544);
        out.u32(5).u32(0).u32(machine);
        out.u32(threads.size()).u32(modules.size()).u32(regions.size());
        for (long offset : offsets) {
            pointer(out, offset);
        }
        pointer(out, 0);
        contexts.forEach(out::bytes);
        modules.forEach(out::bytes);
        regions.forEach(out::bytes);
        out.bytes(event);
        threads.forEach(out::bytes);
        return out.bytes(version).bytes(data.toBytes()).toBytes();
    }

    private void pointer(ByteWriter out, long value) {
        if (is64) {
            out.u64(value);
        } else {
            out.u32(value);
        }
    }

    private static int size(List<byte[]> parts) {
        return parts.stream().mapToInt(part -> part.length).sum();
    }
}
