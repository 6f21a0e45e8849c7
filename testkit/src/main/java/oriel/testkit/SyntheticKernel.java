package oriel.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import oriel.testkit.PagedImage.Tables;

/**
 * The memory of a small Windows kernel, laid out by hand: images, PsLoadedModuleList, a debugger
 * data block, processors, processes and threads with their stacks.
 */
public final class SyntheticKernel {
    private static final int THREAD_TYPE = 6;
    private static final int PROCESS_TYPE = 3;

    private final PagedImage memory;
    private final KernelOffsets at;
    private final int width;
    private final int machine;
    private final List<Long> processes = new ArrayList<>();
    private final long data;
    private final long kernelBase;
    private long nextVa;
    private int processors;

    /** A kernel of a machine: 0x8664, 0x14c, 0x1c4, 0xaa64. */
    public SyntheticKernel(Tables tables, int machine, KernelOffsets offsets) {
        this.memory = new PagedImage(tables);
        this.at = offsets;
        this.machine = machine;
        this.width = tables == Tables.X86 || tables == Tables.PAE || tables == Tables.ARM ? 4 : 8;
        this.kernelBase = width == 8 ? 0xfffff80012400000L : 0x82800000L;
        this.data = kernelBase + 0x6000;
        this.nextVa = width == 8 ? 0xffff8a0000010000L : 0x88010000L;
        // The upper half must be there before other spaces share it.
        memory.map(data, 0x3000).map(nextVa, 0x1000).map(sharedData(), 0x1000);
        if (width == 8) {
            memory.map(0xfffff80013000000L, 0x1000);
        }
        emptyList(modulesHead());
        emptyList(processesHead());
        memory.text(data + 0x800, "19041.1.synthetic.vb_release.191206-1406");
        debuggerData();
    }

    private long sharedData() {
        return switch (machine) {
            case 0x14c -> 0xffdf0000L;
            case 0x1c4 -> 0xffff9000L;
            default -> 0xfffff78000000000L;
        };
    }

    /** Its memory. */
    public PagedImage memory() {
        return memory;
    }

    /** Where the kernel's image begins. */
    public long kernelBase() {
        return kernelBase;
    }

    /** PsLoadedModuleList. */
    public long modulesHead() {
        return data + 0x400;
    }

    /** PsActiveProcessHead. */
    public long processesHead() {
        return data + 0x420;
    }

    /** KdDebuggerDataBlock. */
    public long debuggerDataVa() {
        return data;
    }

    private long processorBlock() {
        return data + 0x440;
    }

    private void pointer(long va, long value) {
        memory.put(va, width, value);
    }

    private void emptyList(long head) {
        pointer(head, head);
        pointer(head + width, head);
    }

    /** Puts an entry at the end of a list. */
    private void link(long head, long entry) {
        long last = pointerAt(head + width);
        pointer(entry, head);
        pointer(entry + width, last);
        pointer(last, entry);
        pointer(head + width, entry);
    }

    private long pointerAt(long va) {
        return memory.number(va, width);
    }

    /** Zeroed memory of the kernel. */
    public long allocate(int size) {
        long va = nextVa;
        memory.map(va, size);
        nextVa += size + 0x1fff & ~0xfff;
        return va;
    }

    // KDDEBUGGER_DATA64

    private void debuggerData() {
        memory.put(data + 0x10, 4, 0x4742444b).put(data + 0x14, 4, 0x380);
        address(0x18, kernelBase);
        address(0x48, modulesHead());
        address(0x50, processesHead());
        address(0x88, data + 0x500);
        address(0x208, data + 0x800);
        address(0x218, processorBlock());
        u16(0x29a, at.teb());
        u16(0x29c, at.kernelStack());
        u16(0x29e, at.initialStack());
        u16(0x2a0, at.apcProcess());
        u16(0x2a2, at.state());
        u16(0x2a8, 0x800);
        u16(0x2aa, at.peb());
        u16(0x2ac, at.parent());
        u16(0x2ae, at.directoryTable());
        u16(0x2b4, at.prcbThread());
        u16(0x2bc, at.prcbContext());
        u16(0x2be, at.prcbNumber());
        u16(0x2c0, 0x800);
        u16(0x2f2, at.prcbSpecial());
        u16(0x338, at.prcbContextPointer());
        memory.put(data + 0x340, 4, at.stackLimit()).put(data + 0x344, 4, at.stackBase());
    }

    private void address(int offset, long value) {
        // Addresses of 32-bit systems are sign-extended.
        memory.put(data + offset, 8, width == 4 ? (int) value : value);
    }

    private void u16(int offset, int value) {
        memory.put(data + offset, 2, value);
    }

    /** KiBugCheckData. */
    public SyntheticKernel bugCheckData(long... words) {
        for (int i = 0; i < words.length; i++) {
            pointer(data + 0x500 + (long) i * width, words[i]);
        }
        return this;
    }

    /** The ring of debug prints: what was printed, and how far. */
    public SyntheticKernel debugPrints(String text) {
        long ring = allocate(0x1000);
        long pointers = data + 0x560;
        memory.text(ring, text);
        pointer(pointers, ring);
        memory.put(pointers + 8, 4, 0x1000);
        pointer(pointers + 16, ring + text.length());
        address(0x1f0, pointers + 16);
        address(0x2c8, pointers);
        address(0x2d0, pointers + 8);
        return this;
    }

    // Images

    /** Loads an image; the kernel's own goes first. */
    public SyntheticKernel driver(SyntheticImage image, long base, String path) {
        image.into(memory, base);
        long entry = allocate(0x100);
        loaderEntry(entry, image, base, path, entry + 0xb0);
        link(modulesHead(), entry);
        return this;
    }

    private void loaderEntry(
            long entry, SyntheticImage image, long base, String path, long strings) {
        boolean wide = width == 8;
        pointer(entry + (wide ? 0x30 : 0x18), base);
        memory.put(entry + (wide ? 0x40 : 0x20), 4, image.sizeBytes());
        unicode(entry + (wide ? 0x48 : 0x24), path, allocate(path.length() * 2));
        unicode(entry + (wide ? 0x58 : 0x2c), image.name(), strings);
    }

    private void unicode(long at, String text, long buffer) {
        memory.put(at, 2, text.length() * 2).put(at + 2, 2, text.length() * 2);
        pointer(at + width, buffer);
        memory.put(buffer, text.getBytes(StandardCharsets.UTF_16LE));
    }

    // Processes and threads

    /** A process with a root of its page tables; its EPROCESS. */
    public long process(long id, long parent, String name, long root, long created) {
        long va = allocate(0x1000);
        memory.put(va, 1, PROCESS_TYPE);
        emptyList(va + 8);
        pointer(va + at.directoryTable(), root);
        emptyList(va + at.threads());
        pointer(va + at.links() - width, id);
        pointer(va + at.parent(), parent);
        memory.put(va + at.name(), name.getBytes(StandardCharsets.US_ASCII));
        memory.put(va + at.created(), 8, created);
        link(processesHead(), va + at.links());
        processes.add(va);
        return va;
    }

    /** Says where the PEB of a process is. */
    public SyntheticKernel peb(long process, long peb) {
        pointer(process + at.peb(), peb);
        return this;
    }

    /** A thread of a process with a stack of its own; its ETHREAD. */
    public long thread(long process, long id, long start) {
        long va = allocate(0x1000);
        long stack = allocate(0x6000);
        memory.put(va, 1, THREAD_TYPE);
        emptyList(va + 8);
        pointer(va + at.stackBase(), stack + 0x6000);
        pointer(va + at.initialStack(), stack + 0x6000);
        pointer(va + at.stackLimit(), stack);
        pointer(va + at.apcProcess(), process);
        pointer(va + at.cid(), pointerAt(process + at.links() - width));
        pointer(va + at.cid() + width, id);
        pointer(va + at.start(), start);
        pointer(va + at.win32Start(), start);
        memory.put(va + at.state(), 1, 5);
        link(process + at.threads(), va + at.entry());
        return va;
    }

    /** The end of a thread's stack. */
    public long stackEnd(long thread) {
        return pointerAt(thread + at.stackBase());
    }

    /** Says where a thread that does not run left its registers. */
    public SyntheticKernel waiting(long thread, long kernelStack) {
        pointer(thread + at.kernelStack(), kernelStack);
        return this;
    }

    /** A processor that runs a thread; {@code context} is a CONTEXT of the machine. */
    public long processor(long thread, long idleThread, int irql, byte[] context) {
        long prcb = allocate(0x2000);
        memory.put(prcb + at.prcbNumber(), width == 8 ? 4 : 1, processors);
        pointer(prcb + at.prcbThread(), thread);
        pointer(prcb + at.prcbThread() + 2L * width, idleThread);
        if (at.prcbContextPointer() != 0) {
            long apart = allocate(0x1000);
            pointer(prcb + at.prcbContextPointer(), apart);
            memory.put(apart, context);
        } else {
            memory.put(prcb + at.prcbContext(), context);
        }
        pointer(prcb + at.prcbSpecial(), 0x80050033L);
        pointer(prcb + at.prcbSpecial() + 2L * width, memory.kernelRoot());
        if (width == 8) {
            memory.put(prcb + at.prcbSpecial() + 0xa0, 8, irql);
        }
        if (thread != 0) {
            memory.put(thread + at.state(), 1, 2);
        }
        pointer(processorBlock() + (long) width * processors++, prcb);
        return prcb;
    }

    // The user half of a process

    /**
     * Writes a PEB with the loader's list into the space in use.
     *
     * @param bases where the images begin, in the order of the list
     */
    public SyntheticKernel userModules(long peb, List<SyntheticImage> images, List<Long> bases) {
        boolean wide = width == 8;
        long loader = peb + 0x400;
        long head = loader + (wide ? 0x10 : 0xc);
        memory.map(peb, 0x2000);
        pointer(peb + (wide ? 0x18 : 0xc), loader);
        emptyList(head);
        for (int i = 0; i < images.size(); i++) {
            SyntheticImage image = images.get(i);
            image.into(memory, bases.get(i));
            long entry = peb + 0x600 + 0x300L * i;
            pointer(entry + (wide ? 0x30 : 0x18), bases.get(i));
            memory.put(entry + (wide ? 0x40 : 0x20), 4, image.sizeBytes());
            unicode(entry + (wide ? 0x48 : 0x24), "C:\\app\\" + image.name(), entry + 0x100);
            unicode(entry + (wide ? 0x58 : 0x2c), image.name(), entry + 0x200);
            link(head, entry);
        }
        return this;
    }

    /** A dump builder that knows the lists and the pages of this kernel. */
    public KernelDumpBuilder dump(int build) {
        return new KernelDumpBuilder(width == 8, machine, build)
                .processors(processors)
                .root(memory.kernelRoot())
                .lists(modulesHead(), processesHead(), data)
                .pages(memory.pages());
    }
}
