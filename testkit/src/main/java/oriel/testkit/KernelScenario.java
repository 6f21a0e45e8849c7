package oriel.testkit;

import java.util.List;
import oriel.testkit.PagedImage.Tables;

/**
 * A system that a driver stopped: {@code mydrv.sys} read through a null pointer at DISPATCH_LEVEL
 * on processor 0 of two, in a thread of System; on processor 1 {@code app.exe} runs in user mode; a
 * thread of {@code smss.exe} waits.
 */
public final class KernelScenario {
    /** Build in the dump's header. */
    public static final int BUILD = 19041;

    /** Where the driver's image begins. */
    public static final long DRIVER = 0xfffff80013000000L;

    /** Where app.exe begins. */
    public static final long PROGRAM = 0x140000000L;

    /** 2026-03-01 06:00 UTC as FILETIME. */
    public static final long STOPPED = 134168184000000000L;

    private static final long PEB = 0x7ff600000000L - 0x10000;
    private static final int X64 = 0x8664;

    private final SyntheticKernel kernel;
    private final long crashingThread;
    private final long trapFrame;
    private final byte[] context;
    private final long system;
    private final long app;

    /** A system with page tables of four levels, or of five. */
    public KernelScenario(Tables tables) {
        this(tables, KernelOffsets.x64());
    }

    /** The same with structures laid out otherwise. */
    public KernelScenario(Tables tables, KernelOffsets offsets) {
        kernel = new SyntheticKernel(tables, X64, offsets);
        long nt = kernel.kernelBase();
        kernel.driver(kernelImage(), nt, "\\SystemRoot\\system32\\ntoskrnl.exe");
        kernel.driver(driverImage(), DRIVER, "\\??\\C:\\drivers\\mydrv.sys");
        PagedImage memory = kernel.memory();
        long root = memory.kernelRoot();
        system = kernel.process(4, 0, "System", root, STOPPED - 36_000_000_000L);
        long smss =
                kernel.process(0x1a4, 4, "smss.exe", memory.newSpace(), STOPPED - 35_000_000_000L);
        long space = memory.newSpace();
        app = kernel.process(0x5f8, 0x1a4, "app.exe", space, STOPPED - 10_000_000_000L);
        kernel.peb(app, PEB);
        crashingThread = kernel.thread(system, 0x3c, nt + 0x1600);
        long sleeping = kernel.thread(system, 0x40, nt + 0x1600);
        long other = kernel.thread(smss, 0x1a8, 0x7ff712340000L);
        long user = kernel.thread(app, 0x5fc, PROGRAM + 0x1000);
        sleep(sleeping, nt);
        sleep(other, nt);
        long stack = kernel.stackEnd(crashingThread) - 0x800;
        trapFrame = stack + 8 + 0x138 + 8;
        crashStack(stack, nt);
        context = context(nt + 0x1000, stack);
        kernel.processor(crashingThread, 0, 2, context);
        kernel.processor(user, 0, 0, context(PROGRAM + 0x1010, 0x14ff00));
        kernel.bugCheckData(0xd1, 0x10, 2, 0, DRIVER + 0x1004);
        kernel.debugPrints("mydrv: loaded\nmydrv: about to read\n");
        memory.use(space);
        kernel.userModules(
                PEB,
                List.of(
                        new SyntheticImage(X64, "app.exe", 0x8000, 0x65000001),
                        new SyntheticImage(X64, "ntdll.dll", 0x8000, 0x65000002)),
                List.of(PROGRAM, 0x7ffa00000000L));
        memory.put(0x14ff00, 8, 0x1122334455667788L).text(0x20000, "only in app.exe");
        memory.use(root);
    }

    private static SyntheticImage kernelImage() {
        return new SyntheticImage(X64, "ntoskrnl.exe", 0x10000, 0x5f000001)
                .function("KeBugCheckEx", 0x1000, 0x1080, 0)
                .code(0x1000, 0x48, 0x89, 0x4c, 0x24, 0x08)
                // sub rsp, 138h
                .function("KiBugCheckDispatch", 0x1100, 0x1180, 7, 0x0107, 0x27)
                // machine frame with error code, push rbp, sub rsp, 158h
                .function("KiPageFault", 0x1200, 0x1300, 8, 0x0108, 0x2b, 0x5001, 0x1a00)
                .function("IofCallDriver", 0x1400, 0x1480, 4, 0x6204)
                .function("PspSystemThreadStartup", 0x1600, 0x1680, 4, 0x4204)
                .function("KiSwapThread", 0x1a00, 0x1a80, 4, 0x8204)
                .function("KeWaitForSingleObject", 0x1c00, 0x1c80, 4, 0xa204);
    }

    private static SyntheticImage driverImage() {
        return new SyntheticImage(X64, "mydrv.sys", 0x8000, 0x64000001)
                .function("ReadThing", 0x1000, 0x1040, 4, 0x4204)
                // sub rsp, 28h; mov rax, [rcx+10h]; add rsp, 28h; ret
                .code(
                        0x1000, 0x48, 0x83, 0xec, 0x28, 0x48, 0x8b, 0x41, 0x10, 0x48, 0x83, 0xc4,
                        0x28, 0xc3);
    }

    /** KeBugCheckEx, KiBugCheckDispatch, KiPageFault, the driver, IofCallDriver, the thread. */
    private void crashStack(long stack, long nt) {
        PagedImage memory = kernel.memory();
        memory.put(stack, 8, nt + 0x1169);
        memory.put(stack + 8 + 0x138, 8, nt + 0x1246);
        long interrupted = trapFrame + 0x168 + 40;
        memory.put(trapFrame + 0x30, 8, 0x1111).put(trapFrame + 0x38, 8, 0);
        memory.put(trapFrame + 0x158, 8, 0x2222).put(trapFrame + 0x160, 8, 0);
        memory.put(trapFrame + 0x168, 8, DRIVER + 0x1004).put(trapFrame + 0x170, 8, 0x10);
        memory.put(trapFrame + 0x178, 8, 0x10246).put(trapFrame + 0x180, 8, interrupted);
        memory.put(trapFrame + 0x188, 8, 0x18);
        memory.put(interrupted + 0x28, 8, nt + 0x1420);
        memory.put(interrupted + 0x28 + 8 + 0x38, 8, nt + 0x1612);
    }

    /** What a context switch leaves: the return address, then the callers' frames. */
    private void sleep(long thread, long nt) {
        long at = kernel.stackEnd(thread) - 0x200;
        PagedImage memory = kernel.memory();
        memory.put(at + 0x38, 8, nt + 0x1a10);
        memory.put(at + 0x40 + 0x48, 8, nt + 0x1c20);
        memory.put(at + 0x40 + 0x48 + 8 + 0x58, 8, nt + 0x1630);
        kernel.waiting(thread, at);
    }

    /** A CONTEXT of x64. */
    public static byte[] context(long rip, long rsp) {
        byte[] context = new byte[0x4d0];
        ByteWriter.put32(context, 0x30, 0x10000f);
        ByteWriter.put32(context, 0x38, rip < 0 ? 0x10 : 0x33);
        ByteWriter.put32(context, 0x44, 0x246);
        ByteWriter.put64(context, 0x98, rsp);
        ByteWriter.put64(context, 0xf8, rip);
        return context;
    }

    /** The system. */
    public SyntheticKernel kernel() {
        return kernel;
    }

    /** ETHREAD of the thread that the driver ran in. */
    public long crashingThread() {
        return crashingThread;
    }

    /** EPROCESS of System. */
    public long systemProcess() {
        return system;
    }

    /** EPROCESS of app.exe. */
    public long program() {
        return app;
    }

    /** KTRAP_FRAME of the fault. */
    public long trapFrame() {
        return trapFrame;
    }

    /** CONTEXT of the processor that stopped. */
    public byte[] context() {
        return context.clone();
    }

    /** A dump of it for 0xD1, without saying yet of which kind. */
    public KernelDumpBuilder dump() {
        return dump(0xd1, 0x10, 2, 0, DRIVER + 0x1004);
    }

    /** The same for another bug check. */
    public KernelDumpBuilder dump(long code, long... parameters) {
        return kernel.dump(BUILD)
                .bugCheck(code, parameters)
                .context(context)
                .exception(0x80000003L, kernel.kernelBase() + 0x1000)
                .times(STOPPED, 36_000_000_000L);
    }
}
