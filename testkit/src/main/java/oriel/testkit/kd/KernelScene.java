package oriel.testkit.kd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import oriel.testkit.ByteWriter;

/**
 * What a debugger finds in a kernel, laid out by hand in the memory of a {@link ScriptedKernel}:
 * images with exports, the list of drivers, the debugger data block, processes with threads and
 * page tables, the buffer of debug prints. Of Windows 10 19041 on x64, of Windows Server 2003 on
 * x86. Addresses are as the target has them; 32-bit ones come sign-extended.
 */
public final class KernelScene {
    /** Id of the program's process. */
    public static final long PROGRAM_ID = 0x1234;

    /** Where the program's memory begins. */
    public static final long PROGRAM_VA = 0x401000;

    /** What is there. */
    public static final String PROGRAM_TEXT = "a user's page";

    /** What drivers printed before. */
    public static final String PRINTS = "driver: first line\ndriver: second line\n";

    private static final long PROGRAM_ROOT = 0x2aa000;
    private static final long PROGRAM_PA = 0x300000;
    private static final int EXPORTS = 0x800;
    private static final int INITIAL_PROCESS = 0x7000;

    /** Where KiWaitNever lies in the kernel; KiWaitAlways and KdpDataBlockEncoded follow it. */
    public static final int KEYS_RVA = 0x7100;

    private static final long WAIT_NEVER = 0x0123456789abcdefL;
    private static final long WAIT_ALWAYS = 0xfedcba9876543210L;

    private final ScriptedKernel kernel;
    private final KernelKind kind;
    private final KernelKind.Layout at;
    private final boolean is64;
    private final int width;
    private final long base;
    private long next;

    private KernelScene(KernelKind kind, int processors) {
        this.kind = kind;
        this.at = kind.layout;
        this.is64 = kind.is64();
        this.width = is64 ? 8 : 4;
        this.kernel = new ScriptedKernel(kind, processors);
        this.base = wide(ScriptedKernel.BASE);
        this.next = wide(is64 ? 0xffffe00000000000L : 0x89000000L);
    }

    private long wide(long va) {
        return is64 ? va : (int) va;
    }

    /** A kernel of x64 or x86 with everything in it. */
    public static ScriptedKernel of(boolean is64, int processors) {
        return of(is64 ? KernelKind.WINDOWS_10_X64 : KernelKind.SERVER_2003_X86, processors);
    }

    /** A kernel of some kind with everything in it. */
    public static ScriptedKernel of(KernelKind kind, int processors) {
        var scene = new KernelScene(kind, processors);
        scene.images();
        scene.tables(processors);
        scene.program();
        int last = kind.isArm() ? 0x1008 : 0x1009;
        return scene.kernel.path(scene.base + 0x1000, scene.base + 0x1004, scene.base + last);
    }

    /**
     * The same with its debugger data block as Windows 8 and newer keep it that were started
     * without debugger: each 64-bit word mixed with two secrets and the address of a flag.
     */
    public static ScriptedKernel encoded(KernelKind kind, int processors) {
        ScriptedKernel kernel = of(kind, processors);
        var scene = new KernelScene(kind, processors);
        long keys = scene.base + KEYS_RVA;
        kernel.memory(keys, scene.pointers(WAIT_NEVER, WAIT_ALWAYS, 1));
        long block = word(kernel, scene.wide(ScriptedKernel.DATA_LIST));
        for (long at = block; at < block + 0x368; at += 8) {
            long mixed = Long.reverseBytes(word(kernel, at) ^ WAIT_ALWAYS) ^ keys + 16;
            long stored = Long.rotateRight(mixed, (int) (WAIT_NEVER & 0x3f)) ^ WAIT_NEVER;
            kernel.memory(at, scene.pointers(stored));
        }
        return kernel;
    }

    private static long word(ScriptedKernel kernel, long va) {
        return ByteBuffer.wrap(kernel.peek(va, 8)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    private long place(byte[] bytes) {
        long at = next;
        kernel.memory(at, bytes);
        next += bytes.length + 0xfL & -0x10;
        return at;
    }

    private ByteWriter pointer(ByteWriter out, long value) {
        return is64 ? out.u64(value) : out.u32(value);
    }

    private byte[] pointers(long... values) {
        var out = new ByteWriter();
        for (long value : values) {
            pointer(out, value);
        }
        return out.toBytes();
    }

    /** A UNICODE_STRING. */
    private void string(ByteWriter out, String text) {
        long buffer = place(text.getBytes(StandardCharsets.UTF_16LE));
        out.u16(text.length() * 2).u16(text.length() * 2);
        pointer(is64 ? out.u32(0) : out, buffer);
    }

    // Images

    private void images() {
        kernel.memory(
                base,
                image(
                        "ntoskrnl.exe",
                        0x9000,
                        new Export("DbgBreakPointWithStatus", 0x5000),
                        new Export("PsInitialSystemProcess", INITIAL_PROCESS)));
        long hal = wide(is64 ? 0xfffff80080800000L : 0x80800000L);
        kernel.memory(hal, image("hal.dll", 0x2000, new Export("HalReturnToFirmware", 0x1000)));
        long head = wide(ScriptedKernel.MODULES);
        var entries = new ArrayList<Long>();
        entries.add(entry(base, 0x9000, "\\SystemRoot\\system32\\ntoskrnl.exe", "ntoskrnl.exe"));
        entries.add(entry(hal, 0x2000, "\\SystemRoot\\system32\\hal.dll", "hal.dll"));
        link(head, entries);
    }

    /** A driver in a kernel's memory, with one export. It is not in the kernel's list. */
    public static void driver(
            ScriptedKernel kernel, long base, String name, String export, int rva) {
        kernel.memory(base, new byte[0x2000]);
        kernel.memory(
                base,
                new KernelScene(kernel.kind(), 1).image(name, 0x2000, new Export(export, rva)));
    }

    /** KLDR_DATA_TABLE_ENTRY. */
    private long entry(long image, int size, String path, String name) {
        var out = new ByteWriter().padTo(is64 ? 0x30 : 0x18);
        pointer(out, image).padTo(is64 ? 0x40 : 0x20).u32(size).padTo(is64 ? 0x48 : 0x24);
        string(out, path);
        string(out, name);
        return place(out.padTo(0xa0).toBytes());
    }

    /** What an image gives to others. */
    private record Export(String name, int rva) {}

    /** Headers, exports in the order of their names, and the record that names the PDB. */
    private byte[] image(String name, int size, Export... exports) {
        var out = new ByteWriter().u16(0x5a4d).padTo(0x3c).u32(0x80).padTo(0x80);
        out.u32(0x4550).u16(kind.machine).u16(1).u32(0x5f000000L).u32(0).u32(0);
        out.u16(is64 ? 0xf0 : 0xe0).u16(0x22);
        int optional = out.at();
        out.u16(is64 ? 0x20b : 0x10b).padTo(optional + 0x20).u32(0x1000).u32(0x200);
        out.padTo(optional + 0x38).u32(size).u32(0x400).u32(0x1234);
        out.padTo(optional + (is64 ? 0x6c : 0x5c)).u32(16);
        out.u32(EXPORTS).u32(0x100).padTo(optional + (is64 ? 0x70 : 0x60) + 48);
        out.u32(0x600).u32(28).padTo(optional + (is64 ? 0xf0 : 0xe0));
        out.bytes(new byte[] {'.', 't', 'e', 'x', 't', 0, 0, 0}).u32(size - 0x1000L).u32(0x1000);
        out.u32(size - 0x1000L).u32(0x1000).zeros(12).u32(0x60000020).padTo(0x600);
        byte[] pdb =
                (name.substring(0, name.indexOf('.')) + ".pdb").getBytes(StandardCharsets.US_ASCII);
        out.u32(0).u32(0).u32(0).u32(2).u32(25L + pdb.length).u32(0x640).u32(0x640);
        out.padTo(0x640).u32(0x53445352).u32(0x11223344).zeros(12).u32(1).bytes(pdb).u8(0);
        int count = exports.length;
        int ordinals = EXPORTS + 0x28 + 8 * count;
        out.padTo(EXPORTS).u32(0).u32(0).u32(0).u32(EXPORTS + 0x60).u32(1);
        out.u32(count).u32(count).u32(EXPORTS + 0x28).u32(EXPORTS + 0x28 + 4L * count);
        out.u32(ordinals);
        for (Export each : exports) {
            out.u32(each.rva);
        }
        for (int i = 0; i < count; i++) {
            out.u32(EXPORTS + 0x80 + 0x20L * i);
        }
        for (int i = 0; i < count; i++) {
            out.u16(i);
        }
        out.padTo(EXPORTS + 0x60).cString(name);
        for (int i = 0; i < count; i++) {
            out.padTo(EXPORTS + 0x80 + 0x20 * i).cString(exports[i].name);
        }
        return out.padTo(0x1000).toBytes();
    }

    /** Links entries of a list to their head and to each other. */
    private void link(long head, List<Long> entries) {
        for (int i = -1; i < entries.size(); i++) {
            long at = i < 0 ? head : entries.get(i);
            long after = i + 1 < entries.size() ? entries.get(i + 1) : head;
            long before =
                    i < 0 ? entries.get(entries.size() - 1) : i == 0 ? head : entries.get(i - 1);
            kernel.memory(at, pointers(after, before));
        }
    }

    // Tables

    private void tables(int processors) {
        long system = process("System", 4, 0x1aa000, 0, 0);
        long program = process("program.exe", PROGRAM_ID, PROGRAM_ROOT, 4, 0x7ff000);
        kernel.memory(base + INITIAL_PROCESS, pointers(system));
        long processHead = place(new byte[16]);
        int links = at.processId() + width;
        link(processHead, List.of(system + links, program + links));
        threads(system, 4, wide(ScriptedKernel.THREAD), 0x20, 2);
        threads(program, PROGRAM_ID, 0, 0x1300, 5);
        long[] blocks = new long[processors];
        for (int i = 0; i < processors; i++) {
            blocks[i] = place(new byte[0x40]);
            kernel.memory(blocks[i] + width, pointers(wide(ScriptedKernel.THREAD), 0, 1));
        }
        long processorBlock = place(pointers(blocks));
        block(processHead, processorBlock);
    }

    private long process(String name, long id, long root, long parent, long peb) {
        var out = new ByteWriter();
        byte[] bytes = out.zeros(at.processSize()).toBytes();
        long va = place(bytes);
        kernel.memory(va, new byte[] {3});
        kernel.memory(va + 8, pointers(va + 8, va + 8));
        kernel.memory(va + at.directory(), pointers(root));
        kernel.memory(va + at.processId(), pointers(id));
        kernel.memory(va + at.parent(), pointers(parent));
        kernel.memory(va + at.peb(), pointers(peb));
        kernel.memory(va + at.name(), name.getBytes(StandardCharsets.US_ASCII));
        return va;
    }

    /** Two threads, the first where it is wanted. */
    private void threads(long process, long processId, long first, long firstId, int state) {
        var entries = new ArrayList<Long>();
        for (int i = 0; i < 2; i++) {
            long va = i == 0 && first != 0 ? first : place(new byte[0x500]);
            kernel.memory(va, new byte[0x500]);
            kernel.memory(va, new byte[] {6});
            kernel.memory(va + at.apcProcess(), pointers(process));
            kernel.memory(va + at.clientId(), pointers(processId, firstId + 4L * i));
            kernel.memory(va + at.state(), new byte[] {(byte) (i == 0 ? state : 5)});
            kernel.memory(va + at.start(), pointers(base + 0x1000));
            entries.add(va + at.entry());
        }
        link(process + at.threads(), entries);
    }

    /** KDDEBUGGER_DATA64, and the list that leads to it. */
    private void block(long processHead, long processorBlock) {
        byte[] ring = PRINTS.getBytes(StandardCharsets.US_ASCII);
        long prints = place(java.util.Arrays.copyOf(ring, 0x100));
        long write = place(pointers(prints + ring.length));
        long lab =
                place(
                        "19041.1.amd64fre.vb_release.191206-1406\0"
                                .getBytes(StandardCharsets.US_ASCII));
        int size = kind.build < 6000 ? 0x318 : 0x368;
        var out = new ByteWriter().zeros(0x10).u32(0x4742444b).u32(size);
        out.u64(base).padTo(0x48).u64(wide(ScriptedKernel.MODULES)).u64(processHead);
        out.padTo(0x1e0).u64(prints).u64(prints + 0x100).u64(write).u64(place(new byte[8]));
        out.padTo(0x208).u64(lab).u64(0).u64(processorBlock).padTo(0x29a);
        out.u16(at.teb()).u16(at.stack()).u16(is64 ? 0x28 : 0x18);
        out.u16(at.apcProcess()).u16(at.state()).padTo(0x2a8);
        out.u16(at.processSize()).u16(at.peb()).u16(at.parent());
        out.u16(at.directory()).padTo(0x2b4).u16(width).padTo(size);
        long block = place(out.toBytes());
        long head = wide(ScriptedKernel.DATA_LIST);
        kernel.memory(head, pointers(block, block));
        kernel.memory(block, pointers(head, head));
    }

    // The program's memory

    /** Tables of four levels on x64; of two, without PAE, on x86. */
    private void program() {
        long va = PROGRAM_VA;
        if (is64) {
            tableEntry(PROGRAM_ROOT, va >>> 39, 0x2ab000);
            tableEntry(0x2ab000, va >>> 30, 0x2ac000);
            tableEntry(0x2ac000, va >>> 21, 0x2ad000);
            tableEntry(0x2ad000, va >>> 12, PROGRAM_PA);
        } else {
            kernel.physical(PROGRAM_ROOT + (va >>> 22) * 4, pointers(0x2ad067));
            kernel.physical(0x2ad000 + (va >>> 12 & 0x3ff) * 4, pointers(PROGRAM_PA | 0x67));
        }
        kernel.physical(PROGRAM_PA, PROGRAM_TEXT.getBytes(StandardCharsets.US_ASCII));
    }

    private void tableEntry(long table, long index, long to) {
        kernel.physical(table + (index & 0x1ff) * 8, pointers(to | (kind.isArm() ? 0x403 : 0x67)));
    }
}
