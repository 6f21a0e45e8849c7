package oriel.kd.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A request to a stopped target: DBGKD_MANIPULATE_STATE64. Addresses of 32-bit targets are passed
 * sign-extended.
 */
public sealed interface ManipulateRequest {
    /** Bytes before the data of a request or answer. */
    int HEADER = 56;

    /** Where the fields of each request begin. */
    int UNION = 16;

    /** The number of the request. */
    int api();

    /** Writes the fields into 40 bytes. */
    default void fields(ByteBuffer union) {}

    /** What follows the fields. */
    default byte[] data() {
        return new byte[0];
    }

    /** Whether the target answers at all. */
    default boolean isAnswered() {
        return true;
    }

    /** Whether asking twice does no harm, as when the first answer was lost. */
    default boolean mayRepeat() {
        return true;
    }

    /** The body of the packet, for a processor. */
    default byte[] encode(int processor) {
        byte[] data = data();
        var body = new byte[HEADER + data.length];
        ByteBuffer out = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0, api());
        out.putShort(6, (short) processor);
        fields(ByteBuffer.wrap(body, UNION, HEADER - UNION).slice().order(ByteOrder.LITTLE_ENDIAN));
        System.arraycopy(data, 0, body, HEADER, data.length);
        return body;
    }

    /** Reads virtual memory of the current context. */
    record ReadVirtual(long va, int count) implements ManipulateRequest {
        @Override
        public int api() {
            return Api.READ_VIRTUAL;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putLong(va).putInt(count);
        }
    }

    /** Writes virtual memory of the current context. */
    record WriteVirtual(long va, byte[] data) implements ManipulateRequest {
        @Override
        public int api() {
            return Api.WRITE_VIRTUAL;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putLong(va).putInt(data.length);
        }
    }

    /** How physical memory is mapped while it is read or written. */
    enum Caching {
        DEFAULT,
        CACHED,
        UNCACHED,
        WRITE_COMBINED
    }

    /** Reads physical memory. */
    record ReadPhysical(long pa, int count, Caching caching) implements ManipulateRequest {
        @Override
        public int api() {
            return Api.READ_PHYSICAL;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putLong(pa).putInt(count).putInt(caching.ordinal());
        }
    }

    /** Writes physical memory. */
    record WritePhysical(long pa, byte[] data, Caching caching) implements ManipulateRequest {
        @Override
        public int api() {
            return Api.WRITE_PHYSICAL;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putLong(pa).putInt(data.length).putInt(caching.ordinal());
        }
    }

    /** Asks for the registers of a processor. */
    record GetContext() implements ManipulateRequest {
        @Override
        public int api() {
            return Api.GET_CONTEXT;
        }
    }

    /** Sets the registers of a processor; some targets want to have been asked for them before. */
    record SetContext(int flags, byte[] data) implements ManipulateRequest {
        @Override
        public int api() {
            return Api.SET_CONTEXT;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putInt(flags);
        }
    }

    /** Asks for a part of the registers of a processor. */
    record GetContextEx(int offset, int count) implements ManipulateRequest {
        @Override
        public int api() {
            return Api.GET_CONTEXT_EX;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putInt(offset).putInt(count);
        }
    }

    /** Sets a part of the registers of a processor. */
    record SetContextEx(int offset, byte[] data) implements ManipulateRequest {
        @Override
        public int api() {
            return Api.SET_CONTEXT_EX;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putInt(offset).putInt(data.length);
        }
    }

    /** Lets the target put a breakpoint into its code; the answer has its handle. */
    record WriteBreakpoint(long va) implements ManipulateRequest {
        @Override
        public int api() {
            return Api.WRITE_BREAKPOINT;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putLong(va);
        }

        @Override
        public boolean mayRepeat() {
            return false;
        }
    }

    /** Lets the target take a breakpoint out again. */
    record RestoreBreakpoint(int handle) implements ManipulateRequest {
        @Override
        public int api() {
            return Api.RESTORE_BREAKPOINT;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putInt(handle);
        }
    }

    /** Lets the target run. */
    record Continue(int status) implements ManipulateRequest {
        @Override
        public int api() {
            return Api.CONTINUE;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putInt(status);
        }

        @Override
        public boolean isAnswered() {
            return false;
        }
    }

    /** Lets the target run, with the registers that control tracing. */
    record Continue2(int status, ControlSet control) implements ManipulateRequest {
        @Override
        public int api() {
            return Api.CONTINUE_2;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putInt(status);
            control.write(union);
        }

        @Override
        public boolean isAnswered() {
            return false;
        }
    }

    /** Reads registers that are not in the context. */
    record ReadControlSpace(long address, int count) implements ManipulateRequest {
        @Override
        public int api() {
            return Api.READ_CONTROL_SPACE;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putLong(address).putInt(count);
        }
    }

    /** Writes registers that are not in the context. */
    record WriteControlSpace(long address, byte[] data) implements ManipulateRequest {
        @Override
        public int api() {
            return Api.WRITE_CONTROL_SPACE;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putLong(address).putInt(data.length);
        }
    }

    /** Reads 1, 2 or 4 bytes from an I/O port. */
    record ReadIo(long port, int size) implements ManipulateRequest {
        @Override
        public int api() {
            return Api.READ_IO;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putLong(port).putInt(size);
        }

        @Override
        public boolean mayRepeat() {
            return false;
        }
    }

    /** Writes 1, 2 or 4 bytes to an I/O port. */
    record WriteIo(long port, int size, int value) implements ManipulateRequest {
        @Override
        public int api() {
            return Api.WRITE_IO;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putLong(port).putInt(size).putInt(value);
        }

        @Override
        public boolean mayRepeat() {
            return false;
        }
    }

    /**
     * Reads from or writes to the I/O space of a bus.
     *
     * @param write whether {@code value} is written
     */
    record IoExtended(
            boolean write,
            int size,
            int interfaceType,
            int bus,
            int addressSpace,
            long address,
            int value)
            implements ManipulateRequest {
        @Override
        public int api() {
            return write ? Api.WRITE_IO_EXTENDED : Api.READ_IO_EXTENDED;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putInt(size).putInt(interfaceType).putInt(bus).putInt(addressSpace);
            union.putLong(address).putInt(value);
        }

        @Override
        public boolean mayRepeat() {
            return false;
        }
    }

    /** A request that has no fields. */
    record Plain(int api) implements ManipulateRequest {
        /** Restarts the machine. */
        public static final Plain REBOOT = new Plain(Api.REBOOT);

        /** Asks what the target is. */
        public static final Plain GET_VERSION = new Plain(Api.GET_VERSION);

        /** Crashes the target with bug check e2. */
        public static final Plain CAUSE_BUG_CHECK = new Plain(Api.CAUSE_BUG_CHECK);

        /** Turns to another processor; a stop of that processor is the answer. */
        public static final Plain SWITCH_PROCESSOR = new Plain(Api.SWITCH_PROCESSOR);

        /** Asks whether memory below 4 GB has been written where it must not be. */
        public static final Plain CHECK_LOW_MEMORY = new Plain(Api.CHECK_LOW_MEMORY);

        /** Removes all breakpoints that count calls. */
        public static final Plain CLEAR_ALL_INTERNAL_BREAKPOINTS =
                new Plain(Api.CLEAR_ALL_INTERNAL_BREAKPOINTS);

        @Override
        public boolean isAnswered() {
            return api != Api.REBOOT
                    && api != Api.CAUSE_BUG_CHECK
                    && api != Api.SWITCH_PROCESSOR
                    && api != Api.CLEAR_ALL_INTERNAL_BREAKPOINTS;
        }
    }

    /** Reads a model-specific register. */
    record ReadMsr(int msr) implements ManipulateRequest {
        @Override
        public int api() {
            return Api.READ_MSR;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putInt(msr);
        }
    }

    /** Writes a model-specific register. */
    record WriteMsr(int msr, long value) implements ManipulateRequest {
        @Override
        public int api() {
            return Api.WRITE_MSR;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putInt(msr).putLong(value);
        }
    }

    /** Looks for bytes in virtual memory. */
    record Search(long va, long length, byte[] data) implements ManipulateRequest {
        @Override
        public int api() {
            return Api.SEARCH;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putLong(va).putLong(length).putInt(data.length);
        }
    }

    /** Fills memory with repeated bytes. */
    record Fill(long address, int length, boolean physical, byte[] data)
            implements ManipulateRequest {
        @Override
        public int api() {
            return Api.FILL;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putLong(address).putInt(length);
            union.putShort((short) (physical ? 2 : 1)).putShort((short) data.length);
        }
    }

    /** Asks what kind of memory an address is. */
    record QueryMemory(long va) implements ManipulateRequest {
        @Override
        public int api() {
            return Api.QUERY_MEMORY;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putLong(va);
        }
    }

    /** Reads configuration data of a device. */
    record GetBusData(int type, int bus, int slot, int offset, int length)
            implements ManipulateRequest {
        @Override
        public int api() {
            return Api.GET_BUS_DATA;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putInt(type).putInt(bus).putInt(slot).putInt(offset).putInt(length);
        }
    }

    /** Writes configuration data of a device. */
    record SetBusData(int type, int bus, int slot, int offset, byte[] data)
            implements ManipulateRequest {
        @Override
        public int api() {
            return Api.SET_BUS_DATA;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putInt(type).putInt(bus).putInt(slot).putInt(offset).putInt(data.length);
        }
    }

    /** Turns to another part of a partitioned machine. */
    record SwitchPartition(int partition) implements ManipulateRequest {
        @Override
        public int api() {
            return Api.SWITCH_PARTITION;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putInt(partition);
        }
    }

    /** Puts an instruction of the host's choice in the place of a breakpoint. */
    record WriteCustomBreakpoint(long va, long instruction, int size, int alignment)
            implements ManipulateRequest {
        @Override
        public int api() {
            return Api.WRITE_CUSTOM_BREAKPOINT;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putLong(va).putLong(instruction).putInt(0);
            union.put((byte) size).put((byte) alignment);
        }

        @Override
        public boolean mayRepeat() {
            return false;
        }
    }

    /** Sets a breakpoint that counts calls. */
    record SetInternalBreakpoint(long va, int flags) implements ManipulateRequest {
        @Override
        public int api() {
            return Api.SET_INTERNAL_BREAKPOINT;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putLong(va).putInt(flags);
        }
    }

    /** Asks how often a breakpoint that counts calls was passed. */
    record GetInternalBreakpoint(long va) implements ManipulateRequest {
        @Override
        public int api() {
            return Api.GET_INTERNAL_BREAKPOINT;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putLong(va);
        }
    }

    /** A request in numbers: what has no record of its own. */
    record Other(int api, byte[] union, byte[] data) implements ManipulateRequest {
        @Override
        public void fields(ByteBuffer out) {
            out.put(union, 0, Math.min(union.length, HEADER - UNION));
        }

        @Override
        public boolean mayRepeat() {
            return false;
        }
    }
}
