package oriel.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Writes kernel crash dumps by hand: the header with its letters PAGE where nothing is known, then
 * physical pages behind runs or bitmaps, or the lists of a small dump.
 */
public final class KernelDumpBuilder {
    private static final int PAGE = 4096;

    private final boolean is64;
    private final byte[] header;
    private final ByteWriter behind = new ByteWriter();
    private SortedMap<Long, byte[]> pages = new java.util.TreeMap<>();

    /** A dump of a machine: 0x8664, 0x14c, 0x1c4, 0xaa64. */
    public KernelDumpBuilder(boolean is64, int machine, int build) {
        this.is64 = is64;
        this.header = new byte[is64 ? 0x2000 : 0x1000];
        byte[] fill = "PAGE".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < header.length; i++) {
            header[i] = fill[i % 4];
        }
        text(4, is64 ? "DU64" : "DUMP");
        put(0x08, 4, 15);
        put(0x0c, 4, build);
        put(is64 ? 0x30 : 0x20, 4, machine);
        // The context and the exception are zeros unless they are told.
        Arrays.fill(header, is64 ? 0x348 : 0x320, is64 ? 0xf98 : 0x820, (byte) 0);
        if (is64) {
            Arrays.fill(header, 0xf00, 0xf98, (byte) 0);
        } else {
            put(0x5c, 1, 0);
        }
    }

    private void text(int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    /** Puts a number into the header. */
    public KernelDumpBuilder put(int at, int width, long value) {
        for (int i = 0; i < width; i++) {
            header[at + i] = (byte) (value >>> 8 * i);
        }
        return this;
    }

    private KernelDumpBuilder pointer(int at64, int at32, long value) {
        return put(is64 ? at64 : at32, is64 ? 8 : 4, value);
    }

    /** Number of processors. */
    public KernelDumpBuilder processors(int count) {
        return put(is64 ? 0x34 : 0x24, 4, count);
    }

    /** Root of the page tables. */
    public KernelDumpBuilder root(long cr3) {
        return pointer(0x10, 0x10, cr3);
    }

    /** PsLoadedModuleList, PsActiveProcessHead and KdDebuggerDataBlock. */
    public KernelDumpBuilder lists(long modules, long processes, long debuggerData) {
        return pointer(0x20, 0x18, modules)
                .pointer(0x28, 0x1c, processes)
                .pointer(0x80, 0x60, debuggerData);
    }

    /** PaeEnabled of a 32-bit dump. */
    public KernelDumpBuilder pae(boolean enabled) {
        return put(0x5c, 1, enabled ? 1 : 0);
    }

    /** Code and four parameters. */
    public KernelDumpBuilder bugCheck(long code, long... parameters) {
        put(is64 ? 0x38 : 0x28, 4, code);
        for (int i = 0; i < 4; i++) {
            long value = i < parameters.length ? parameters[i] : 0;
            pointer(0x40 + 8 * i, 0x2c + 4 * i, value);
        }
        return this;
    }

    /** The CONTEXT of the header. */
    public KernelDumpBuilder context(byte[] context) {
        System.arraycopy(context, 0, header, is64 ? 0x348 : 0x320, context.length);
        return this;
    }

    /** The exception record of the header. */
    public KernelDumpBuilder exception(long code, long address, long... parameters) {
        int at = is64 ? 0xf00 : 0x7d0;
        put(at, 4, code).put(at + (is64 ? 16 : 12), is64 ? 8 : 4, address);
        put(at + (is64 ? 24 : 16), 4, parameters.length);
        for (int i = 0; i < parameters.length; i++) {
            put(at + (is64 ? 32 + 8 * i : 20 + 4 * i), is64 ? 8 : 4, parameters[i]);
        }
        return this;
    }

    /** When it stopped, as FILETIME, and how long it ran, in 100 ns. */
    public KernelDumpBuilder times(long systemTime, long upTime) {
        return put(is64 ? 0xfa8 : 0xfc0, 8, systemTime).put(is64 ? 0x1030 : 0xfb8, 8, upTime);
    }

    /** DumpType. */
    public KernelDumpBuilder type(int type) {
        return put(is64 ? 0xf98 : 0xf88, 4, type);
    }

    /** The comment. */
    public KernelDumpBuilder comment(String text) {
        int at = is64 ? 0xfb0 : 0x820;
        Arrays.fill(header, at, at + 128, (byte) 0);
        text(at, text);
        return this;
    }

    /** The physical pages of the dump, by their numbers. */
    public KernelDumpBuilder pages(SortedMap<Long, byte[]> physical) {
        pages = physical;
        return this;
    }

    /** A blob of secondary data behind everything else, the last one followed by an empty one. */
    public KernelDumpBuilder blob(byte[] tag, byte[] data) {
        if (behind.at() == 0) {
            behind.u32(0x706d7544).u32(0x626f6c42).u32(16).u32(19041);
        }
        behind.u32(32).bytes(tag).u32(data.length).u32(0).u32(0).bytes(data);
        return this;
    }

    private byte[] withPages(byte[] before) {
        var out = new ByteWriter().bytes(before);
        pages.values().forEach(out::bytes);
        return withBlobs(out);
    }

    private byte[] withBlobs(ByteWriter out) {
        if (behind.at() > 0) {
            out.bytes(behind.toBytes()).zeros(32);
        }
        return out.toBytes();
    }

    /** A complete dump: runs in the header. */
    public byte[] full() {
        type(1);
        runs();
        return withPages(header);
    }

    private void runs() {
        var runs = new ArrayList<long[]>();
        for (long page : pages.keySet()) {
            long[] last = runs.isEmpty() ? new long[2] : runs.get(runs.size() - 1);
            if (!runs.isEmpty() && last[0] + last[1] == page) {
                last[1]++;
            } else {
                runs.add(new long[] {page, 1});
            }
        }
        int at = is64 ? 0x88 : 0x64;
        int width = is64 ? 8 : 4;
        put(at, width, runs.size());
        put(at + width, width, pages.size());
        for (int i = 0; i < runs.size(); i++) {
            put(at + width * (2 + 2 * i), width, runs.get(i)[0]);
            put(at + width * (3 + 2 * i), width, runs.get(i)[1]);
        }
    }

    private byte[] bits() {
        long highest = pages.isEmpty() ? 0 : pages.lastKey();
        var bits = new byte[(int) (highest / 8) + 1];
        for (long page : pages.keySet()) {
            bits[(int) (page / 8)] |= (byte) (1 << page % 8);
        }
        return Arrays.copyOf(bits, bits.length + 7 & ~7);
    }

    /**
     * A bitmap dump as Windows 8 and newer write it.
     *
     * @param signature SDMP of kernel memory, FDMP of all of it
     * @param dumpType DumpType: 5, 6 or 7
     */
    public byte[] bitmap(String signature, int dumpType) {
        type(dumpType);
        byte[] bits = bits();
        long first = header.length + 0x38 + bits.length + (PAGE - 1) & -PAGE;
        var out = new ByteWriter().bytes(header);
        out.bytes((signature + "DUMP").getBytes(StandardCharsets.US_ASCII)).zeros(0x18);
        out.u64(first).u64(pages.size()).u64(bits.length * 8L).bytes(bits);
        return withPages(out.padTo((int) first).toBytes());
    }

    /** A kernel dump as Windows 2000 to 7 write it. */
    public byte[] summary() {
        type(2);
        byte[] bits = bits();
        int head = is64 ? 0x28 : 0x20;
        long first = header.length + head + bits.length + (PAGE - 1) & -PAGE;
        var out = new ByteWriter().bytes(header);
        out.bytes("SDMPDUMP".getBytes(StandardCharsets.US_ASCII)).u32(0);
        out.u32(first).u32(bits.length * 8L).u32(pages.size());
        out.u32(bits.length * 8L);
        if (is64) {
            out.u32(0).u64(0);
        } else {
            out.u32(0);
        }
        return withPages(out.bytes(bits).padTo((int) first).toBytes());
    }

    /** A piece of virtual memory of a small dump. */
    public record Block(long va, byte[] bytes) {}

    /** A driver in the list of a small dump. */
    public record Driver(String path, long base, long size, long timestamp) {}

    /**
     * A small dump.
     *
     * @param stack from the stack pointer up
     * @param parts KPRCB, EPROCESS and ETHREAD; each may be empty
     * @param debuggerData KDDEBUGGER_DATA64 as it lay at the header's address
     */
    public byte[] triage(
            Block stack,
            Map<String, byte[]> parts,
            byte[] debuggerData,
            List<Driver> drivers,
            List<Block> blocks) {
        type(4);
        var out = new ByteWriter().bytes(header);
        int lists = out.at();
        out.zeros(0x100);
        var fields = new long[0x100 / 4];
        fields[0x0c / 4] = is64 ? 0x348 : 0x320;
        fields[0x10 / 4] = is64 ? 0xf00 : 0x7d0;
        fields[0x1c / 4] = part(out, parts, "prcb");
        fields[0x20 / 4] = part(out, parts, "process");
        fields[0x24 / 4] = part(out, parts, "thread");
        fields[0x28 / 4] = out.at();
        fields[0x2c / 4] = stack.bytes().length;
        out.bytes(stack.bytes());
        fields[0x34 / 4] = drivers.size();
        fields[0x48 / 4] = stack.va();
        if (is64) {
            fields[0x4c / 4] = stack.va() >>> 32;
        }
        long[] names = new long[drivers.size()];
        fields[0x38 / 4] = out.at();
        for (int i = 0; i < names.length; i++) {
            names[i] = out.at();
            out.u32(drivers.get(i).path().length()).utf16(drivers.get(i).path()).u16(0);
        }
        fields[0x3c / 4] = out.at() - fields[0x38 / 4];
        out.padTo(out.at() + 7 & ~7);
        fields[0x30 / 4] = out.at();
        for (int i = 0; i < names.length; i++) {
            driver(out, names[i], drivers.get(i));
        }
        int data = is64 ? 0x70 : 0x58;
        if (debuggerData.length > 0) {
            fields[data / 4] = out.at();
            fields[data / 4 + 1] = debuggerData.length;
            out.bytes(debuggerData);
        }
        if (!blocks.isEmpty()) {
            out.padTo(out.at() + 7 & ~7);
            fields[data / 4 + 2] = out.at();
            fields[data / 4 + 3] = blocks.size();
            long at = out.at() + 16L * blocks.size();
            for (Block block : blocks) {
                out.u64(block.va()).u32(at).u32(block.bytes().length);
                at += block.bytes().length;
            }
            blocks.forEach(block -> out.bytes(block.bytes()));
        }
        fields[0x08 / 4] = out.at();
        out.bytes("TRGD".getBytes(StandardCharsets.US_ASCII)).u32(0);
        fields[0x04 / 4] = out.at();
        byte[] file = withBlobs(out);
        for (int i = 0; i < fields.length; i++) {
            ByteWriter.put32(file, lists + 4 * i, fields[i]);
        }
        return file;
    }

    private static long part(ByteWriter out, Map<String, byte[]> parts, String name) {
        byte[] bytes = parts.get(name);
        if (bytes == null) {
            return 0;
        }
        long at = out.at();
        out.bytes(bytes);
        return at;
    }

    /** DUMP_DRIVER_ENTRY: the name's offset, then a loader entry of the system's own. */
    private void driver(ByteWriter out, long name, Driver driver) {
        int start = out.at();
        out.u32(name).u32(0);
        if (is64) {
            out.zeros(0x30).u64(driver.base()).u64(0).u32(driver.size());
            out.padTo(start + 0x88).u32(driver.timestamp()).padTo(start + 0x90);
        } else {
            out.padTo(start + 0x1c).u32(driver.base()).u32(0).u32(driver.size());
            out.padTo(start + 0x48).u32(driver.timestamp());
        }
    }
}
