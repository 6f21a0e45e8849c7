package oriel.engine.kernel;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import oriel.model.Architecture;

/**
 * KDDEBUGGER_DATA64, the block in which a kernel tells debuggers where its tables are (layout:
 * wdbgexts.h). Immutable.
 */
public final class DebuggerData {
    static final int MOST_BYTES = 0x400;
    private static final int SMALLEST = 0x208;
    private static final int TAG = 0x4742444b;

    private final long va;
    private final byte[] bytes;
    private final Architecture architecture;
    private final Form form;

    /** How the block was found. */
    public enum Form {
        PLAIN("plain"),
        DECODED("encoded, decoded with keys from symbols");

        private final String text;

        Form(String text) {
            this.text = text;
        }

        /** In words. */
        public String text() {
            return text;
        }
    }

    private DebuggerData(long va, byte[] bytes, Architecture architecture, Form form) {
        this.va = va;
        this.bytes = bytes;
        this.architecture = architecture;
        this.form = form;
    }

    /** A block as a small dump saved it; empty when the bytes are none. */
    public static Optional<DebuggerData> of(byte[] bytes, long va, Architecture architecture) {
        return of(va, bytes, architecture, Form.PLAIN);
    }

    /** A block in plain text; empty when the bytes are none. */
    static Optional<DebuggerData> of(long va, byte[] bytes, Architecture architecture, Form form) {
        if (bytes.length < SMALLEST || (int) KernelMemory.number(bytes, 16, 4) != TAG) {
            return Optional.empty();
        }
        long size = KernelMemory.number(bytes, 20, 4);
        if (size < SMALLEST || size > 0x1000) {
            return Optional.empty();
        }
        int length = (int) Math.min(size, bytes.length);
        return Optional.of(
                new DebuggerData(va, java.util.Arrays.copyOf(bytes, length), architecture, form));
    }

    /** Where the block lies. */
    public long va() {
        return va;
    }

    /** Bytes of the block: 0x340 of Windows 7, 0x360 of 8.1, 0x368 and more since. */
    public int sizeBytes() {
        return bytes.length;
    }

    /** How it was found. */
    public Form form() {
        return form;
    }

    /** An address that the block holds; empty for 0 and for blocks too old to have it. */
    public OptionalLong address(Item item) {
        if (item.offset + 8 > bytes.length) {
            return OptionalLong.empty();
        }
        long value = KernelMemory.number(bytes, item.offset, 8) & architecture.addressMask();
        return value == 0 ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /**
     * An offset or size in a structure. Empty for blocks too old to have it and for 0, which stands
     * for unknown but for the few members that do begin a structure.
     */
    public OptionalInt offset(Offset offset) {
        if (offset.at + offset.width > bytes.length) {
            return OptionalInt.empty();
        }
        int value = (int) KernelMemory.number(bytes, offset.at, offset.width);
        boolean absent = value == 0 || offset.width == 2 && value == 0xffff || value < 0;
        return absent ? OptionalInt.empty() : OptionalInt.of(value);
    }

    /** Addresses of variables. */
    public enum Item {
        KERNEL_BASE(0x18, ""),
        BREAKPOINT_WITH_STATUS(0x20, ""),
        LOADED_MODULES(0x48, "PsLoadedModuleList"),
        ACTIVE_PROCESSES(0x50, "PsActiveProcessHead"),
        CID_TABLE(0x58, "PspCidTable"),
        BUG_CHECK_DATA(0x88, "KiBugCheckData"),
        PRINT_BUFFER(0x1e0, ""),
        PRINT_BUFFER_END(0x1e8, ""),
        PRINT_WRITE_POINTER(0x1f0, ""),
        PRINT_ROLLOVER_COUNT(0x1f8, ""),
        BUILD_LAB(0x208, "NtBuildLab"),
        PROCESSOR_BLOCK(0x218, "KiProcessorBlock"),
        UNLOADED_DRIVERS(0x220, "MmUnloadedDrivers"),
        LAST_UNLOADED_DRIVER(0x228, "MmLastUnloadedDriver"),
        SERVICE_PACK(0x268, "CmNtCSDVersion"),
        PRINT_BUFFER_POINTER(0x2c8, ""),
        PRINT_BUFFER_SIZE(0x2d0, "");

        private final int offset;
        private final String symbol;

        Item(int offset, String symbol) {
            this.offset = offset;
            this.symbol = symbol;
        }

        /** The variable whose address it is, where symbols name it; may be empty. */
        String symbol() {
            return symbol;
        }
    }

    /** Offsets in structures, and sizes of them. */
    public enum Offset {
        THREAD_TEB(0x29a, 2),
        THREAD_KERNEL_STACK(0x29c, 2),
        THREAD_INITIAL_STACK(0x29e, 2),
        THREAD_APC_PROCESS(0x2a0, 2),
        THREAD_STATE(0x2a2, 2),
        PROCESS_SIZE(0x2a8, 2),
        PROCESS_PEB(0x2aa, 2),
        PROCESS_PARENT(0x2ac, 2),
        PROCESS_DIRECTORY_TABLE(0x2ae, 2),
        PRCB_SIZE(0x2b0, 2),
        PRCB_CURRENT_THREAD(0x2b4, 2),
        PRCB_MHZ(0x2b6, 2),
        PRCB_VENDOR(0x2ba, 2),
        PRCB_CONTEXT_FRAME(0x2bc, 2),
        PRCB_NUMBER(0x2be, 2),
        THREAD_SIZE(0x2c0, 2),
        PCR_SIZE(0x2e0, 2),
        PCR_PRCB(0x2e6, 2),
        PRCB_SPECIAL_REGISTERS(0x2f2, 2),
        PRCB_CONTEXT_POINTER(0x338, 2),
        THREAD_STACK_LIMIT(0x340, 4),
        THREAD_STACK_BASE(0x344, 4),
        PRCB_IDLE_THREAD(0x350, 2),
        THREAD_WAIT_REASON(0x35c, 2);

        private final int at;
        private final int width;

        Offset(int at, int width) {
            this.at = at;
            this.width = width;
        }
    }
}
