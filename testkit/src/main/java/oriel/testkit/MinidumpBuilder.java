package oriel.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes minidumps by hand, from minidumpapiset.h and not from the parser. Parts are put into the
 * file in the order of the calls; the lists and the directory come last.
 */
public final class MinidumpBuilder {
    private static final int HEADER = 32;

    private final ByteWriter body = new ByteWriter();
    private final List<byte[]> threads = new ArrayList<>();
    private final List<byte[]> modules = new ArrayList<>();
    private final List<byte[]> memory = new ArrayList<>();
    private final List<long[]> directory = new ArrayList<>();
    private final List<long[]> memory64 = new ArrayList<>();
    private final ByteWriter memory64Data = new ByteWriter();

    /** Puts bytes into the file. Returns their file offset. */
    public int blob(byte[] bytes) {
        int at = HEADER + body.at();
        body.bytes(bytes);
        return at;
    }

    /** Puts a MINIDUMP_STRING into the file. Returns its file offset. */
    public int string(String text) {
        var string = new ByteWriter().u32(text.length() * 2L).utf16(text).u16(0);
        return blob(string.toBytes());
    }

    /** Puts a string of Crashpad into the file. Returns its file offset. */
    public int utf8(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return blob(new ByteWriter().u32(bytes.length).bytes(bytes).u8(0).toBytes());
    }

    /** Adds a stream of any kind. */
    public MinidumpBuilder stream(long type, byte[] bytes) {
        return streamAt(type, bytes.length, blob(bytes));
    }

    /** Adds an entry of the directory that says what it is told to. */
    public MinidumpBuilder streamAt(long type, long size, long offset) {
        directory.add(new long[] {type, size, offset});
        return this;
    }

    /** SystemInfoStream of Windows 10 build 19041 with 4 processors. */
    public MinidumpBuilder systemInfo(int processor) {
        return systemInfo(processor, 2);
    }

    /** SystemInfoStream of some platform. */
    public MinidumpBuilder systemInfo(int processor, int platform) {
        var in = new ByteWriter().u16(processor).u16(6).u16(0x5e03).u8(4).u8(1);
        in.u32(10).u32(0).u32(19041).u32(platform).u32(0).u32(0);
        in.bytes("GenuineIntel".getBytes(StandardCharsets.US_ASCII)).u32(0x506e3).u32(7).u32(0);
        return stream(7, in.toBytes());
    }

    /** A thread with a stack that is only with the thread, not in the memory list. */
    public MinidumpBuilder thread(long id, long teb, long stackVa, byte[] stack, byte[] context) {
        int stackAt = stack.length == 0 ? 0 : blob(stack);
        int contextAt = blob(context);
        var in = new ByteWriter().u32(id).u32(1).u32(0x20).u32(8).u64(teb);
        in.u64(stackVa).u32(stack.length).u32(stackAt).u32(context.length).u32(contextAt);
        threads.add(in.toBytes());
        return this;
    }

    /** A module with version 1.2.3.4. */
    public MinidumpBuilder module(long base, long size, long timestamp, String path, byte[] cv) {
        int nameAt = string(path);
        int cvAt = cv.length == 0 ? 0 : blob(cv);
        var in = new ByteWriter().u64(base).u32(size).u32(0x1111).u32(timestamp).u32(nameAt);
        in.u32(0xfeef04bdL).u32(0x10000).u32(0x10002).u32(0x30004).u32(0x50006).u32(0x70008);
        in.u32(0x3f).u32(0).u32(0x40004).u32(2).u32(0).u32(0).u32(0);
        in.u32(cv.length).u32(cvAt).u32(0).u32(0).u64(0).u64(0);
        modules.add(in.toBytes());
        return this;
    }

    /** A range of the memory list. */
    public MinidumpBuilder memory(long va, byte[] bytes) {
        return memoryAt(va, bytes.length, blob(bytes));
    }

    /** An entry of the memory list that says what it is told to. */
    public MinidumpBuilder memoryAt(long va, long size, long offset) {
        memory.add(new ByteWriter().u64(va).u32(size).u32(offset).toBytes());
        return this;
    }

    /** A range of the list for dumps of all memory. */
    public MinidumpBuilder memory64(long va, byte[] bytes) {
        memory64.add(new long[] {va, bytes.length});
        memory64Data.bytes(bytes);
        return this;
    }

    /** ExceptionStream. */
    public MinidumpBuilder exception(
            long thread, long code, long address, byte[] context, long... parameters) {
        int contextAt = context.length == 0 ? 0 : blob(context);
        var in = new ByteWriter().u32(thread).u32(0).u32(code).u32(0).u64(0).u64(address);
        in.u32(parameters.length).u32(0);
        for (int i = 0; i < 15; i++) {
            in.u64(i < parameters.length ? parameters[i] : 0);
        }
        return stream(6, in.u32(context.length).u32(contextAt).toBytes());
    }

    /** An RSDS record. */
    public static byte[] rsds(byte[] guid, long age, String name) {
        return new ByteWriter().u32(0x53445352).bytes(guid).u32(age).cString(name).toBytes();
    }

    /** A CONTEXT of x64 with some registers; the others are zero. */
    public static byte[] x64Context(long rip, long rsp, long rbx) {
        var context = new byte[1232];
        ByteWriter.put32(context, 0x30, 0x10000f);
        ByteWriter.put32(context, 0x38, 0x33);
        ByteWriter.put32(context, 0x44, 0x246);
        ByteWriter.put64(context, 0x90, rbx);
        ByteWriter.put64(context, 0x98, rsp);
        ByteWriter.put64(context, 0xf8, rip);
        return context;
    }

    /** A CONTEXT of x86 with some registers; the others are zero. */
    public static byte[] x86Context(long eip, long esp, long ebx) {
        var context = new byte[716];
        ByteWriter.put32(context, 0, 0x1003f);
        ByteWriter.put32(context, 164, ebx);
        ByteWriter.put32(context, 184, eip);
        ByteWriter.put32(context, 188, 0x23);
        ByteWriter.put32(context, 192, 0x246);
        ByteWriter.put32(context, 196, esp);
        return context;
    }

    /** The file. */
    public byte[] build() {
        list(3, threads);
        list(4, modules);
        list(5, memory);
        if (!memory64.isEmpty()) {
            var in = new ByteWriter().u64(memory64.size()).u64(0);
            for (long[] range : memory64) {
                in.u64(range[0]).u64(range[1]);
            }
            byte[] stream = in.toBytes();
            ByteWriter.put64(stream, 8, HEADER + body.at() + (long) stream.length);
            stream(9, stream);
            blob(memory64Data.toBytes());
        }
        var out = new ByteWriter().u32(0x504d444d).u16(0xa793).u16(0x1234);
        out.u32(directory.size()).u32(HEADER + (long) body.at()).u32(0).u32(0x60000000).u64(0x21);
        out.bytes(body.toBytes());
        for (long[] entry : directory) {
            out.u32(entry[0]).u32(entry[1]).u32(entry[2]);
        }
        return out.toBytes();
    }

    private void list(int type, List<byte[]> records) {
        if (!records.isEmpty()) {
            var in = new ByteWriter().u32(records.size());
            records.forEach(in::bytes);
            stream(type, in.toBytes());
        }
    }
}
