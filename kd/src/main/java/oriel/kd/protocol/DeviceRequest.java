package oriel.kd.protocol;

import java.nio.ByteBuffer;

/** Requests about I/O ports and buses. */
public sealed interface DeviceRequest extends ManipulateRequest {
    /** Reads 1, 2 or 4 bytes from an I/O port. */
    record ReadIo(long port, int size) implements DeviceRequest {
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
    record WriteIo(long port, int size, int value) implements DeviceRequest {
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
            implements DeviceRequest {
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

    /** Reads configuration data of a device. */
    record GetBusData(int type, int bus, int slot, int offset, int length)
            implements DeviceRequest {
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
            implements DeviceRequest {
        @Override
        public int api() {
            return Api.SET_BUS_DATA;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putInt(type).putInt(bus).putInt(slot).putInt(offset).putInt(data.length);
        }
    }
}
