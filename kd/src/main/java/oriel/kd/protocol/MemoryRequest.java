package oriel.kd.protocol;

import java.nio.ByteBuffer;

/** Requests about memory. */
public sealed interface MemoryRequest extends ManipulateRequest {
    /** Reads virtual memory of the current context. */
    record ReadVirtual(long va, int count) implements MemoryRequest {
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
    record WriteVirtual(long va, byte[] data) implements MemoryRequest {
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
    record ReadPhysical(long pa, int count, Caching caching) implements MemoryRequest {
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
    record WritePhysical(long pa, byte[] data, Caching caching) implements MemoryRequest {
        @Override
        public int api() {
            return Api.WRITE_PHYSICAL;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putLong(pa).putInt(data.length).putInt(caching.ordinal());
        }
    }

    /** Looks for bytes in virtual memory. */
    record Search(long va, long length, byte[] data) implements MemoryRequest {
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
    record Fill(long address, int length, boolean physical, byte[] data) implements MemoryRequest {
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
    record QueryMemory(long va) implements MemoryRequest {
        @Override
        public int api() {
            return Api.QUERY_MEMORY;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putLong(va);
        }
    }

    /** Turns to another part of a partitioned machine. */
    record SwitchPartition(int partition) implements MemoryRequest {
        @Override
        public int api() {
            return Api.SWITCH_PARTITION;
        }

        @Override
        public void fields(ByteBuffer union) {
            union.putInt(partition);
        }
    }
}
