package oriel.kd;

import java.util.Arrays;
import java.util.OptionalLong;
import oriel.bytes.Bytes;
import oriel.kd.protocol.DeviceRequest.GetBusData;
import oriel.kd.protocol.DeviceRequest.ReadIo;
import oriel.kd.protocol.DeviceRequest.WriteIo;
import oriel.kd.protocol.ManipulateReply;
import oriel.kd.protocol.ManipulateRequest;
import oriel.kd.protocol.MemoryRequest.Fill;
import oriel.kd.protocol.MemoryRequest.QueryMemory;
import oriel.kd.protocol.MemoryRequest.Search;
import oriel.kd.protocol.RegisterRequest.GetContext;
import oriel.kd.protocol.RegisterRequest.GetContextEx;
import oriel.kd.protocol.RegisterRequest.ReadControlSpace;
import oriel.kd.protocol.RegisterRequest.ReadMsr;
import oriel.kd.protocol.RegisterRequest.SetContext;
import oriel.kd.protocol.RegisterRequest.SetContextEx;
import oriel.kd.protocol.RegisterRequest.WriteControlSpace;
import oriel.kd.protocol.RegisterRequest.WriteMsr;
import oriel.kd.protocol.SpecialRegisters;
import oriel.model.Architecture;

/**
 * What a stopped target has besides memory: contexts, control space, model-specific registers, I/O
 * ports, buses; and what it can do with memory by itself. For the thread of its session.
 */
public final class TargetRegisters {
    private static final int X86_SPECIAL_OFFSET = 0x2cc;
    private static final int X86_SPECIAL_SIZE = 84;
    private static final int X64_SPECIAL_SELECTOR = 2;
    private static final int X64_SPECIAL_SIZE = 0xe0;
    private static final int X64_SPECIAL_SIZE_2003 = 0xd8;
    private static final int CONTEXT_PIECE = 1024;

    private final KdConnection connection;
    private final KdSession session;

    TargetRegisters(KdConnection connection, KdSession session) {
        this.connection = connection;
        this.session = session;
    }

    /** Sends a request to the current processor, and takes a failure for an exception. */
    public ManipulateReply ask(ManipulateRequest request) {
        return ask(request, session.stop().processor());
    }

    private ManipulateReply ask(ManipulateRequest request, int processor) {
        ManipulateReply reply = connection.request(request, processor);
        if (!reply.isSuccess()) {
            throw new KdRefusedException(reply.api(), reply.status());
        }
        return reply;
    }

    /** The bytes of a context; none when the target refuses. */
    byte[] context(int processor, int size) {
        ManipulateReply reply = connection.request(new GetContext(), processor);
        if (reply.isSuccess() && reply.data().size() > 0) {
            return bytes(reply.data());
        }
        var whole = new byte[size];
        int done = 0;
        while (done < size) {
            int part = Math.min(CONTEXT_PIECE, size - done);
            reply = connection.request(new GetContextEx(done, part), processor);
            int got = (int) Math.min(Math.min(reply.union().u32(8), part), reply.data().size());
            if (!reply.isSuccess() || got == 0) {
                break;
            }
            reply.data().copy(0, whole, done, got);
            done += got;
        }
        return Arrays.copyOf(whole, done);
    }

    /**
     * Sets a context.
     *
     * @throws KdRefusedException when the target refuses
     */
    void setContext(int processor, int flags, byte[] context) {
        ManipulateReply reply = connection.request(new SetContext(flags, context), processor);
        if (reply.isSuccess()) {
            return;
        }
        for (int done = 0; done < context.length; done += CONTEXT_PIECE) {
            int part = Math.min(CONTEXT_PIECE, context.length - done);
            ask(new SetContextEx(done, Arrays.copyOfRange(context, done, done + part)), processor);
        }
    }

    /** Reads control space: an offset on x86, the number of a structure on x64. */
    public byte[] controlSpace(int processor, long address, int count) {
        ManipulateReply reply = ask(new ReadControlSpace(address, count), processor);
        return bytes(reply.data(reply.union().u32(12), count));
    }

    /** Writes control space. */
    public void writeControlSpace(int processor, long address, byte[] bytes) {
        ask(new WriteControlSpace(address, bytes), processor);
    }

    /** A pointer of x64's control space: 0 KPCR, 1 KPRCB, 3 KTHREAD. */
    public OptionalLong controlPointer(int processor, int selector) {
        ManipulateReply reply = connection.request(new ReadControlSpace(selector, 8), processor);
        return reply.isSuccess() && reply.data().size() >= 8
                ? OptionalLong.of(reply.data().u64(0))
                : OptionalLong.empty();
    }

    /** Control registers and descriptor tables of a processor; none where there are none. */
    public SpecialRegisters special(int processor) {
        byte[] bytes = specialBytes(processor);
        return SpecialRegisters.read(session.architecture(), Bytes.of(bytes, "special registers"));
    }

    /** KSPECIAL_REGISTERS of a processor; none where there are none. */
    byte[] specialBytes(int processor) {
        return switch (session.architecture()) {
            case X86 -> controlSpace(processor, X86_SPECIAL_OFFSET, X86_SPECIAL_SIZE);
            case X64 -> specialX64(processor);
            case ARM, ARM64 -> new byte[0];
        };
    }

    /** Changes KSPECIAL_REGISTERS of a processor from its beginning on. */
    void setSpecialBytes(int processor, byte[] bytes) {
        boolean wide = session.architecture() == Architecture.X64;
        writeControlSpace(processor, wide ? X64_SPECIAL_SELECTOR : X86_SPECIAL_OFFSET, bytes);
    }

    private byte[] specialX64(int processor) {
        ManipulateReply reply =
                connection.request(
                        new ReadControlSpace(X64_SPECIAL_SELECTOR, X64_SPECIAL_SIZE), processor);
        if (reply.isSuccess()) {
            return bytes(reply.data(reply.union().u32(12), X64_SPECIAL_SIZE));
        }
        // Windows Server 2003 has a shorter one and may refuse more.
        return controlSpace(processor, X64_SPECIAL_SELECTOR, X64_SPECIAL_SIZE_2003);
    }

    /** Reads a model-specific register. */
    public long msr(int number) {
        ManipulateReply reply = ask(new ReadMsr(number));
        return reply.union().u32(4) | reply.union().u32(8) << 32;
    }

    /** Writes a model-specific register. */
    public void writeMsr(int number, long value) {
        ask(new WriteMsr(number, value));
    }

    /** Reads 1, 2 or 4 bytes from an I/O port. */
    public long port(long port, int size) {
        long value = ask(new ReadIo(port, size)).union().u32(12);
        return size == 4 ? value : value & (1L << 8 * size) - 1;
    }

    /** Writes 1, 2 or 4 bytes to an I/O port. */
    public void writePort(long port, int size, int value) {
        ask(new WriteIo(port, size, value));
    }

    /** Reads configuration data of a device. */
    public byte[] busData(int type, int bus, int slot, int offset, int length) {
        ManipulateReply reply = ask(new GetBusData(type, bus, slot, offset, length));
        return bytes(reply.data(reply.union().u32(16), length));
    }

    /** What the target says of an address: 0 process, 1 session, 2 kernel; and access bits. */
    public MemoryKind memoryKind(long va) {
        ManipulateReply reply = ask(new QueryMemory(session.toWire(va)));
        return new MemoryKind((int) reply.union().u32(16), (int) reply.union().u32(20));
    }

    /**
     * A kind of memory.
     *
     * @param space 0 of the process, 1 of the session, 2 of the kernel
     * @param flags 1 readable, 2 writable, 4 executable, 8 fixed
     */
    public record MemoryKind(int space, int flags) {}

    /**
     * Lets the target look for bytes, and looks itself where the target cannot.
     *
     * @return where they are first
     */
    public OptionalLong search(long va, long length, byte[] pattern) {
        ManipulateReply reply =
                connection.request(
                        new Search(session.toWire(va), length, pattern),
                        session.stop().processor());
        long mask = session.architecture().addressMask();
        boolean notFound = reply.status() == 0xc0000225 || reply.status() == 0x80000005;
        if (reply.isSuccess() && !notFound) {
            return OptionalLong.of(reply.union().u64(0) & mask);
        }
        return notFound ? OptionalLong.empty() : searchByReading(va, length, pattern);
    }

    private OptionalLong searchByReading(long va, long length, byte[] pattern) {
        var window = new byte[1 << 14];
        long done = 0;
        while (done + pattern.length <= length) {
            int want = (int) Math.min(window.length, length - done);
            int got = session.stop().memory().read(va + done, window, 0, want);
            for (int i = 0; i + pattern.length <= got; i++) {
                if (Arrays.equals(window, i, i + pattern.length, pattern, 0, pattern.length)) {
                    return OptionalLong.of(va + done + i);
                }
            }
            boolean hole = got < want;
            long next = (va + done + got | 0xfff) + 1 - va;
            done = hole ? next : done + Math.max(1, got - pattern.length + 1);
        }
        return OptionalLong.empty();
    }

    /** Fills virtual memory, by the target where it can, else by writing. */
    public void fill(long va, int length, byte[] pattern) {
        session.stop().forgetMemory();
        ManipulateReply reply =
                connection.request(
                        new Fill(session.toWire(va), length, false, pattern),
                        session.stop().processor());
        if (reply.isSuccess()) {
            return;
        }
        var bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = pattern[i % pattern.length];
        }
        session.writeMemory(va, bytes);
    }

    private static byte[] bytes(Bytes from) {
        return from.copy(0, (int) from.size());
    }
}
