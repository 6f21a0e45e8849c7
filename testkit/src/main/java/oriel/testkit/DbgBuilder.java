package oriel.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * DBG files written by hand from winnt.h and the CodeView 4 specification: an x86 image with {@code
 * .text} at 0x1000 and {@code .data} at 0x3000.
 */
public final class DbgBuilder {
    private static final int HEADER = 48;
    private static final int SECTION = 40;
    private static final int ENTRY = 28;

    private final long timestamp;
    private final List<Integer> kinds = new ArrayList<>();
    private final List<byte[]> contents = new ArrayList<>();

    /** A file for an image of 0x5000 bytes. */
    public DbgBuilder(long timestamp) {
        this.timestamp = timestamp;
    }

    /** Adds an entry of the debug directory. */
    public DbgBuilder entry(int kind, byte[] data) {
        kinds.add(kind);
        contents.add(data);
        return this;
    }

    /** The whole file. */
    public byte[] toBytes() {
        var out = new ByteWriter();
        out.u16(0x4944).u16(0).u16(0x14c).u16(0x10e);
        out.u32(timestamp).u32(0x12345).u32(0x1000000).u32(0x5000);
        out.u32(2).u32(8).u32((long) ENTRY * kinds.size()).u32(0x1000).u32(0).u32(0);
        section(out, ".text", 0x1000, 0x1000, 0x60000020);
        section(out, ".data", 0x800, 0x3000, 0xc0000040L);
        out.cString("exports");
        int at = HEADER + 2 * SECTION + 8 + ENTRY * kinds.size();
        for (int i = 0; i < kinds.size(); i++) {
            out.u32(0).u32(timestamp).u16(0).u16(0).u32(kinds.get(i));
            out.u32(contents.get(i).length).u32(0).u32(at);
            at += contents.get(i).length;
        }
        contents.forEach(out::bytes);
        return out.toBytes();
    }

    private static void section(
            ByteWriter out, String name, int size, int rva, long characteristics) {
        out.bytes(Arrays.copyOf(name.getBytes(StandardCharsets.UTF_8), 8));
        out.u32(size).u32(rva).u32(size).u32(0x400).zeros(12).u32(characteristics);
    }

    /**
     * COFF symbols: {@code main} at 0x1000 of a.c with lines 10 and 12, {@code _helper} at 0x1040
     * of b.c with line 7, {@code _counter} at 0x3004.
     *
     * @param relative whether values count from the section
     */
    public static byte[] coff(boolean relative) {
        int text = relative ? 0 : 0x1000;
        int data = relative ? 0 : 0x3000;
        var symbols = new ByteWriter();
        symbol(symbols, ".file", 0, -2, 0, 103, 1);
        symbols.bytes(Arrays.copyOf("a.c".getBytes(StandardCharsets.UTF_8), 18));
        symbol(symbols, ".text", text, 1, 0, 3, 1);
        symbols.u32(0x30).u16(0).u16(2).zeros(10);
        symbol(symbols, "_main", text, 1, 0x20, 2, 0);
        symbol(symbols, ".file", 0, -2, 0, 103, 1);
        symbols.bytes(Arrays.copyOf("b.c".getBytes(StandardCharsets.UTF_8), 18));
        symbols.u32(0).u32(4).u32(text + 0x40).u16(1).u16(0x20).u8(2).u8(0);
        symbol(symbols, "_counter", data + 4, 2, 0, 2, 0);
        int count = symbols.at() / 18;
        var names = new ByteWriter().cString("_a_helper_with_a_long_name");
        var lines = new ByteWriter();
        lines.u32(4).u16(0).u32(0x1000).u16(10).u32(0x1010).u16(12);
        lines.u32(7).u16(0).u32(0x1040).u16(7);
        var out = new ByteWriter();
        out.u32(count).u32(32 + lines.at()).u32(lines.at() / 6).u32(32);
        out.u32(0x1000).u32(0x2000).u32(0x3000).u32(0x3800);
        out.bytes(lines.toBytes()).bytes(symbols.toBytes());
        return out.u32(4 + names.at()).bytes(names.toBytes()).toBytes();
    }

    private static void symbol(
            ByteWriter out, String name, long value, int section, int type, int kind, int more) {
        out.bytes(Arrays.copyOf(name.getBytes(StandardCharsets.UTF_8), 8));
        out.u32(value).u16(section).u16(type).u8(kind).u8(more);
    }

    /**
     * CodeView of the kind NB09: a function {@code run} of 0x20 bytes at 0x1000 with lines 3 and 5
     * of run.c, a variable {@code total}, and the linker's names of both.
     */
    public static byte[] codeView() {
        var module = new ByteWriter().u32(1);
        record(
                module,
                0x0205,
                w -> w.zeros(12).u32(0x20).u32(4).u32(0x1c).u32(0).u16(1).u16(0x1001).u8(0),
                "run");
        record(module, 0x0202, w -> w.u32(8).u16(2).u16(0x74), "total");
        var names = new ByteWriter();
        record(names, 0x0203, w -> w.u32(0).u16(1).u16(0), "_run@8");
        record(names, 0x1009, w -> w.u32(0).u32(0x40).u16(1), "?late@@YAXXZ");
        var publics = new ByteWriter().u16(0).u16(0).u32(names.at()).u32(0).u32(0);
        publics.bytes(names.toBytes());
        var lines = new ByteWriter().u16(1).u16(1).u32(18).u32(0).u32(0x20).u16(1);
        lines.u16(1).u16(0).u32(44).u32(0).u32(0x20).u8(5);
        lines.bytes("run.c".getBytes(StandardCharsets.UTF_8)).padTo(44);
        lines.u16(1).u16(2).u32(0).u32(0x10).u16(3).u16(5);
        byte[][] parts = {module.toBytes(), publics.toBytes(), lines.toBytes()};
        int[] kinds = {0x125, 0x12a, 0x127};
        var out = new ByteWriter().bytes("NB09".getBytes(StandardCharsets.UTF_8)).u32(8);
        out.u16(16).u16(12).u32(parts.length).u32(0).u32(0);
        int at = 24 + 12 * parts.length;
        for (int i = 0; i < parts.length; i++) {
            out.u16(kinds[i]).u16(1).u32(at).u32(parts[i].length);
            at += parts[i].length;
        }
        for (byte[] part : parts) {
            out.bytes(part);
        }
        return out.toBytes();
    }

    private interface Fields {
        void write(ByteWriter out);
    }

    private static void record(ByteWriter out, int kind, Fields fields, String name) {
        var record = new ByteWriter().u16(kind);
        fields.write(record);
        record.u8(name.length()).bytes(name.getBytes(StandardCharsets.UTF_8));
        out.u16(record.at()).bytes(record.toBytes());
    }

    /** One FPO_DATA record: 8 bytes of parameters, 4 of locals, ebx saved. */
    public static byte[] fpo(long rva, int size) {
        return new ByteWriter().u32(rva).u32(size).u32(1).u16(2).u16(1 << 8 | 3).toBytes();
    }

    /** Pairs of addresses. */
    public static byte[] omap(long... pairs) {
        var out = new ByteWriter();
        for (long value : pairs) {
            out.u32(value);
        }
        return out.toBytes();
    }

    /** A name of the file, as images have it in their debug directory. */
    public static byte[] misc(String name) {
        byte[] text = Arrays.copyOf(name.getBytes(StandardCharsets.UTF_8), name.length() + 1);
        return new ByteWriter().u32(1).u32(12 + text.length).u32(0).bytes(text).toBytes();
    }
}
