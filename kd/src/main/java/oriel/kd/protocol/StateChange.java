package oriel.kd.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import oriel.bytes.Bytes;
import oriel.model.Architecture;

/**
 * A stop: DBGKD_ANY_WAIT_STATE_CHANGE. Addresses are as the target sent them: those of 32-bit
 * targets are sign-extended.
 *
 * @param processor that stopped
 * @param processors how many there are
 * @param threadVa its KTHREAD
 * @param pc its program counter
 * @param event why it stopped
 * @param control the control report, whose layout depends on the architecture
 */
public record StateChange(
        int processor, long processors, long threadVa, long pc, Event event, Bytes control) {
    /** Bytes before the text that may follow. */
    public static final int SIZE = 240;

    private static final int EXCEPTION = 0x3030;
    private static final int LOAD_SYMBOLS = 0x3031;
    private static final int COMMAND_STRING = 0x3032;
    private static final int ALTERNATE = 0x10000;
    private static final int UNION = 32;
    private static final int CONTROL = 192;
    private static final int MAX_PARAMETERS = 15;
    private static final int MAX_TEXT = 4096;

    /** Why a target stopped. */
    public sealed interface Event {}

    /**
     * An exception.
     *
     * @param code NTSTATUS
     * @param flags of the record
     * @param nestedVa record that was being handled; 0 for none
     * @param address where, as the record says; some targets are off by one here
     * @param parameters at most 15
     * @param firstChance whether nothing has handled it yet
     */
    public record ExceptionEvent(
            int code,
            int flags,
            long nestedVa,
            long address,
            List<Long> parameters,
            boolean firstChance)
            implements Event {
        /** STATUS_BREAKPOINT. */
        public static final int BREAKPOINT = 0x80000003;

        /** STATUS_SINGLE_STEP. */
        public static final int SINGLE_STEP = 0x80000004;

        /** STATUS_WX86_BREAKPOINT: the same in a 32-bit program of a 64-bit system. */
        public static final int WOW64_BREAKPOINT = 0x4000001f;

        /** STATUS_WX86_SINGLE_STEP. */
        public static final int WOW64_SINGLE_STEP = 0x4000001e;

        /** Copies the list. */
        public ExceptionEvent {
            parameters = List.copyOf(parameters);
        }
    }

    /**
     * An image was mapped or unmapped.
     *
     * @param path as the target has it
     * @param baseVa first address
     * @param sizeBytes unsigned 32 bits
     * @param checksum of the image, unsigned 32 bits
     * @param unload whether it is going
     */
    public record SymbolsEvent(
            String path, long baseVa, long sizeBytes, long checksum, boolean unload)
            implements Event {
        /** Whether the target says that all images go, as before it restarts. */
        public boolean isUnloadAll() {
            return unload && (baseVa == -1 || baseVa == 0xffffffffL);
        }
    }

    /** The target wants the debugger to run a command. */
    public record CommandEvent(String name, String command) implements Event {}

    /** A kind of stop that nobody has documented. */
    public record OtherEvent(int state) implements Event {}

    /**
     * Reads the body of a packet. Data after what is known is ignored: some targets add traces.
     * Those of one architecture only may leave away the end of the control report.
     *
     * @throws oriel.bytes.FormatException when it is too short
     */
    public static StateChange read(Bytes packet) {
        Bytes body = packet;
        if (packet.size() < SIZE) {
            packet.u64(24);
            byte[] padded = Arrays.copyOf(packet.copy(0, (int) packet.size()), SIZE);
            body = Bytes.of(padded, packet.source());
        }
        int state = body.s32(0) & ~ALTERNATE;
        Event event =
                switch (state) {
                    case EXCEPTION -> exception(body);
                    case LOAD_SYMBOLS -> symbols(body, packet);
                    case COMMAND_STRING -> command(body);
                    default -> new OtherEvent(state);
                };
        return new StateChange(
                body.u16(6),
                body.u32(8),
                body.u64(16),
                body.u64(24),
                event,
                body.slice(CONTROL, SIZE - CONTROL));
    }

    private static ExceptionEvent exception(Bytes body) {
        int count = (int) Math.min(MAX_PARAMETERS, body.u32(UNION + 24));
        var parameters = new ArrayList<Long>(count);
        for (int i = 0; i < count; i++) {
            parameters.add(body.u64(UNION + 32 + 8L * i));
        }
        return new ExceptionEvent(
                body.s32(UNION),
                body.s32(UNION + 4),
                body.u64(UNION + 8),
                body.u64(UNION + 16),
                parameters,
                body.u32(UNION + 152) != 0);
    }

    private static SymbolsEvent symbols(Bytes body, Bytes packet) {
        long length = body.u32(UNION);
        boolean counted = length > 0 && length <= packet.size() - UNION - 40;
        long at = counted ? packet.size() - length : SIZE;
        String path = at < packet.size() ? text(packet, at) : "";
        return new SymbolsEvent(
                path,
                body.u64(UNION + 8),
                body.u32(UNION + 28),
                body.u32(UNION + 24),
                body.u8(UNION + 32) != 0);
    }

    private static CommandEvent command(Bytes body) {
        if (body.size() <= SIZE) {
            return new CommandEvent("", "");
        }
        String name = text(body, SIZE);
        long next = SIZE + name.length() + 1L;
        return new CommandEvent(name, next < body.size() ? text(body, next) : "");
    }

    private static String text(Bytes body, long at) {
        int length = 0;
        int most = (int) Math.min(MAX_TEXT, body.size() - at);
        while (length < most && body.s8(at + length) != 0) {
            length++;
        }
        return new String(body.copy(at, length), StandardCharsets.ISO_8859_1);
    }

    /** The debug control register at the stop; 0x400, its state at rest, where there is none. */
    public long dr7(Architecture architecture) {
        long dr7 =
                switch (architecture) {
                    case X86 -> control.u32(4);
                    case X64 -> control.u64(8);
                    case ARM, ARM64 -> 0;
                };
        return dr7 == 0 ? 0x400 : dr7;
    }

    /** The debug status register at the stop: which debug registers stopped it. */
    public long dr6(Architecture architecture) {
        return switch (architecture) {
            case X86 -> control.u32(0);
            case X64 -> control.u64(0);
            case ARM, ARM64 -> 0;
        };
    }

    /** The first bytes at the program counter, without breakpoints; at most 16. */
    public byte[] instructionBytes(Architecture architecture) {
        int countAt;
        int bytesAt;
        switch (architecture) {
            case X86 -> {
                countAt = 8;
                bytesAt = 12;
            }
            case X64 -> {
                countAt = 20;
                bytesAt = 24;
            }
            case ARM -> {
                countAt = 4;
                bytesAt = 8;
            }
            case ARM64 -> {
                countAt = 16;
                bytesAt = 20;
            }
            default -> throw new IllegalStateException();
        }
        return control.copy(bytesAt, Math.min(16, control.u16(countAt)));
    }
}
