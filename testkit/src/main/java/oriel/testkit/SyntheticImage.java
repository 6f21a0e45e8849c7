package oriel.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A small PE image as it lies in memory: headers, code, exports, a debug directory with a PDB's id,
 * and unwind data of x64 functions. Written by hand from the PE specification.
 */
public final class SyntheticImage {
    private static final int EXPORTS = 0x3100;
    private static final int FUNCTIONS = 0x4000;
    private static final int UNWIND = 0x4800;

    private final int machine;
    private final boolean is64;
    private final String name;
    private final int sizeBytes;
    private final byte[] guid;
    private final long timestamp;
    private final Map<Integer, byte[]> code = new TreeMap<>();
    private final List<int[]> functions = new ArrayList<>();
    private final List<byte[]> unwind = new ArrayList<>();
    private final Map<String, Integer> exports = new TreeMap<>();

    /** An image of some size with a PDB of the same name. */
    public SyntheticImage(int machine, String name, int sizeBytes, long timestamp) {
        this.machine = machine;
        this.is64 = machine == 0x8664 || machine == 0xaa64;
        this.name = name;
        this.sizeBytes = sizeBytes;
        this.timestamp = timestamp;
        this.guid = new byte[16];
        for (int i = 0; i < 16; i++) {
            guid[i] = (byte) (name.hashCode() >>> i);
        }
    }

    /** Its file name. */
    public String name() {
        return name;
    }

    /** SizeOfImage. */
    public int sizeBytes() {
        return sizeBytes;
    }

    /** TimeDateStamp. */
    public long timestamp() {
        return timestamp;
    }

    /**
     * An exported function of x64 with its unwind codes, last instruction of the prologue first.
     */
    public SyntheticImage function(
            String export, int start, int end, int prologue, int... unwindCodes) {
        if (!export.isEmpty()) {
            exports.put(export, start);
        }
        var info = new ByteWriter().u8(1).u8(prologue).u8(unwindCodes.length).u8(0);
        for (int slot : unwindCodes) {
            info.u16(slot);
        }
        functions.add(new int[] {start, end});
        unwind.add(info.padTo(info.at() + 3 & ~3).toBytes());
        return this;
    }

    /** Bytes of code. */
    public SyntheticImage code(int rva, int... bytes) {
        var part = new byte[bytes.length];
        for (int i = 0; i < part.length; i++) {
            part[i] = (byte) bytes[i];
        }
        code.put(rva, part);
        return this;
    }

    /** Puts the image into memory. */
    public SyntheticImage into(PagedImage memory, long base) {
        memory.put(base, headers());
        memory.map(base + 0x1000, 0x2000);
        code.forEach((rva, bytes) -> memory.put(base + rva, bytes));
        var pdb = new ByteWriter().u32(0x53445352).bytes(guid).u32(1);
        pdb.cString(name.replaceFirst("\\.[a-z]+$", ".pdb"));
        byte[] record = pdb.toBytes();
        var debug = new ByteWriter().u32(0).u32(timestamp).u32(0).u32(2);
        debug.u32(record.length).u32(0x3040).u32(0x3040);
        memory.put(base + 0x3000, debug.toBytes()).put(base + 0x3040, record);
        if (!exports.isEmpty()) {
            memory.put(base + EXPORTS, exportDirectory());
        }
        var table = new ByteWriter();
        int at = UNWIND;
        for (int i = 0; i < functions.size(); i++) {
            table.u32(functions.get(i)[0]).u32(functions.get(i)[1]).u32(at);
            memory.put(base + at, unwind.get(i));
            at += unwind.get(i).length;
        }
        memory.put(base + FUNCTIONS, table.toBytes());
        return this;
    }

    private byte[] exportDirectory() {
        int count = exports.size();
        int addresses = EXPORTS + 40;
        int names = addresses + 4 * count;
        int ordinals = names + 4 * count;
        int strings = ordinals + 2 * count;
        var out = new ByteWriter().u32(0).u32(timestamp).u32(0).u32(strings).u32(1);
        out.u32(count).u32(count).u32(addresses).u32(names).u32(ordinals);
        exports.values().forEach(out::u32);
        int at = strings + name.length() + 1;
        for (String export : exports.keySet()) {
            out.u32(at);
            at += export.length() + 1;
        }
        for (int i = 0; i < count; i++) {
            out.u16(i);
        }
        out.cString(name);
        exports.keySet().forEach(out::cString);
        return out.toBytes();
    }

    private byte[] headers() {
        var out = new ByteWriter().bytes("MZ".getBytes(StandardCharsets.US_ASCII));
        out.padTo(0x3c).u32(0x80).padTo(0x80).u32(0x4550);
        int optionalSize = (is64 ? 0x70 : 0x60) + 16 * 8;
        out.u16(machine).u16(3).u32(timestamp).u32(0).u32(0).u16(optionalSize).u16(0x22);
        int optional = out.at();
        out.u16(is64 ? 0x20b : 0x10b).u16(0).u32(0x2000).u32(0x2000).u32(0).u32(0).u32(0x1000);
        if (is64) {
            out.u64(0);
        } else {
            out.u32(0x3000).u32(0);
        }
        out.u32(0x1000).u32(0x200).u16(10).u16(0).u16(10).u16(0).u16(10).u16(0).u32(0);
        out.u32(sizeBytes).u32(0x400).u32(0x12345).u16(1).u16(0);
        out.padTo(optional + (is64 ? 0x6c : 0x5c)).u32(16);
        int directories = out.at();
        out.u32(exports.isEmpty() ? 0 : EXPORTS).u32(exports.isEmpty() ? 0 : 0x800);
        out.padTo(directories + 24).u32(FUNCTIONS).u32(12L * functions.size());
        out.padTo(directories + 48).u32(0x3000).u32(28).padTo(directories + 128);
        section(out, ".text", 0x1000, 0x2000, 0x60000020);
        section(out, ".rdata", 0x3000, 0x1000, 0x40000040);
        section(out, ".pdata", 0x4000, sizeBytes - 0x4000, 0x40000040);
        return out.toBytes();
    }

    private static void section(ByteWriter out, String name, int rva, int size, long flags) {
        int at = out.at();
        out.bytes(name.getBytes(StandardCharsets.US_ASCII)).padTo(at + 8);
        out.u32(size).u32(rva).u32(size).u32(rva).zeros(12).u32(flags);
    }
}
