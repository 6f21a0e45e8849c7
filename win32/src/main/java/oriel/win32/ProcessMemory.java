package oriel.win32;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.driver.DriverException;
import oriel.model.AddressRange;
import oriel.model.Memory;
import oriel.model.MemoryRegion;
import oriel.win32.raw.Failures;
import oriel.win32.raw.Kernel32;
import oriel.win32.raw.Structures;

/**
 * The memory of a process: read, written and managed from outside. Reading never consumes a guard
 * page: the system refuses such pages to other processes, and they count as missing. Works as long
 * as the process is open, even after it ended, when there is memory left. Safe for any thread.
 */
public final class ProcessMemory implements Memory {
    /** Bytes of a page on every processor that Windows runs on. */
    static final int PAGE = 0x1000;

    /**
     * Bytes that are asked for at once: more would push each other out of the processor's cache on
     * their way through Windows, this room and the caller's array.
     */
    private static final int CHUNK = 1 << 19;

    /** The same where nothing is copied once more. */
    private static final int DIRECT_CHUNK = 1 << 20;

    private static final int MEM_COMMIT = 0x1000;
    private static final int MEM_RESERVE = 0x2000;
    private static final int MEM_DECOMMIT = 0x4000;
    private static final int MEM_RELEASE = 0x8000;
    private static final int MEM_MAPPED = 0x40000;
    private static final int MEM_IMAGE = 0x1000000;
    private static final int MEM_PRIVATE = 0x20000;

    private final long process;

    /** Room that reads go through; one for each thread that reads. */
    private final ThreadLocal<com.sun.jna.Memory> room =
            ThreadLocal.withInitial(() -> new com.sun.jna.Memory(CHUNK));

    ProcessMemory(long process) {
        this.process = process;
    }

    // --- reading ------------------------------------------------------------------------------

    @Override
    public int read(long va, byte[] into, int offset, int length) {
        com.sun.jna.Memory buffer = room.get();
        int done = 0;
        while (done < length) {
            int part = Math.min(CHUNK, length - done);
            int got = readPart(va + done, buffer, part);
            buffer.read(0, into, offset + done, got);
            done += got;
            if (got < part) {
                return done;
            }
        }
        return done;
    }

    @Override
    public int read(long va, ByteBuffer into) {
        if (!into.isDirect() || into.isReadOnly()) {
            return Memory.super.read(va, into);
        }
        Pointer place = Native.getDirectBufferPointer(into).share(into.position());
        int done = 0;
        while (into.hasRemaining()) {
            int part = Math.min(DIRECT_CHUNK, into.remaining());
            int got = readPart(va + done, place.share(done), part);
            into.position(into.position() + got);
            done += got;
            if (got < part) {
                break;
            }
        }
        return done;
    }

    private int readPart(long va, Pointer into, int length) {
        var got = new long[1];
        if (Kernel32.ReadProcessMemory(process, va, into, length, got)) {
            return (int) Math.min(got[0], length);
        }
        if (length <= PAGE - (int) (va & PAGE - 1)) {
            return 0;
        }
        // Some page is missing. Read page by page up to it.
        int done = 0;
        while (done < length) {
            int toNext = PAGE - (int) (va + done & PAGE - 1);
            int part = Math.min(toNext, length - done);
            Pointer place = done == 0 ? into : into.share(done);
            if (!Kernel32.ReadProcessMemory(process, va + done, place, part, got)
                    || got[0] < part) {
                return done;
            }
            done += part;
        }
        return done;
    }

    /**
     * Text up to its terminator.
     *
     * @param wide whether it is UTF-16, not one byte a character
     * @param most longest text in characters; longer ones are cut
     * @return empty when the first character cannot be read
     */
    public Optional<String> text(long va, boolean wide, int most) {
        int width = wide ? 2 : 1;
        byte[] bytes = readUpTo(va, Math.multiplyExact(most, width));
        int end = 0;
        while (end + width <= bytes.length && (bytes[end] != 0 || wide && bytes[end + 1] != 0)) {
            end += width;
        }
        if (bytes.length < width) {
            return Optional.empty();
        }
        return Optional.of(
                new String(
                        bytes,
                        0,
                        end,
                        wide ? StandardCharsets.UTF_16LE : StandardCharsets.ISO_8859_1));
    }

    // --- writing ------------------------------------------------------------------------------

    /**
     * Writes all bytes where the pages may be written as they are.
     *
     * @throws DriverException when not all could be written
     */
    public void write(long va, byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        int done = writePart(va, bytes, 0, bytes.length);
        if (done < bytes.length) {
            throw Failures.last(
                    "WriteProcessMemory at 0x"
                            + Long.toHexString(va)
                            + " ("
                            + done
                            + " of "
                            + bytes.length
                            + " bytes written)");
        }
    }

    /**
     * Writes all bytes, making pages writable for the moment where they are not. Each page has its
     * old protection afterwards, whether or not the writing succeeded. The processor's instruction
     * cache is told.
     *
     * @throws DriverException when not all could be written
     */
    public void overwrite(long va, byte[] bytes) {
        int done = 0;
        while (done < bytes.length) {
            long at = va + done;
            int part = Math.min(PAGE - (int) (at & PAGE - 1), bytes.length - done);
            if (writePart(at, bytes, done, part) < part) {
                overwritePage(at, bytes, done, part);
            }
            done += part;
        }
        Kernel32.FlushInstructionCache(process, va, bytes.length);
    }

    private void overwritePage(long va, byte[] bytes, int offset, int length) {
        Optional<MemoryRegion> region = query(va);
        int now = region.map(MemoryRegion::protection).orElse(0);
        int writable = (now & 0xf0) != 0 ? Protection.EXECUTE_READ_WRITE : Protection.READ_WRITE;
        if (region.isPresent() && region.get().type() == MemoryRegion.Type.IMAGE) {
            writable = (now & 0xf0) != 0 ? Protection.EXECUTE_WRITE_COPY : Protection.WRITE_COPY;
        }
        int old = protect(va, length, writable);
        try {
            if (writePart(va, bytes, offset, length) < length) {
                throw Failures.last("WriteProcessMemory at 0x" + Long.toHexString(va));
            }
        } finally {
            var ignored = new int[1];
            Kernel32.VirtualProtectEx(process, va, length, old, ignored);
        }
    }

    private int writePart(long va, byte[] bytes, int offset, int length) {
        var done = new long[1];
        int all = 0;
        com.sun.jna.Memory buffer = room.get();
        while (all < length) {
            int part = Math.min(CHUNK, length - all);
            buffer.write(0, bytes, offset + all, part);
            boolean good = Kernel32.WriteProcessMemory(process, va + all, buffer, part, done);
            if (!good) {
                return all;
            }
            all += part;
        }
        return all;
    }

    /** Writes a little-endian number of 1, 2, 4 or 8 bytes. */
    public void writeNumber(long va, long value, int width) {
        byte[] bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
        write(va, java.util.Arrays.copyOf(bytes, width));
    }

    // --- the map ------------------------------------------------------------------------------

    /** The run of pages with equal attributes that begins at the page of an address. */
    public Optional<MemoryRegion> query(long va) {
        try (var answer = new com.sun.jna.Memory(Structures.REGION_SIZE)) {
            return query(va, answer);
        }
    }

    private Optional<MemoryRegion> query(long va, com.sun.jna.Memory answer) {
        if (Kernel32.VirtualQueryEx(process, va, answer, Structures.REGION_SIZE) == 0) {
            return Optional.empty();
        }
        int state = answer.getInt(Structures.REGION_STATE);
        int type = answer.getInt(Structures.REGION_TYPE);
        boolean free = state != MEM_COMMIT && state != MEM_RESERVE;
        return Optional.of(
                new MemoryRegion(
                        new AddressRange(
                                answer.getLong(0), answer.getLong(Structures.REGION_LENGTH)),
                        free
                                ? OptionalLong.empty()
                                : OptionalLong.of(
                                        answer.getLong(Structures.REGION_ALLOCATION_BASE)),
                        switch (state) {
                            case MEM_COMMIT -> MemoryRegion.State.COMMITTED;
                            case MEM_RESERVE -> MemoryRegion.State.RESERVED;
                            default -> MemoryRegion.State.FREE;
                        },
                        state == MEM_COMMIT ? answer.getInt(Structures.REGION_PROTECT) : 0,
                        free ? 0 : answer.getInt(Structures.REGION_ALLOCATION_PROTECT),
                        switch (type) {
                            case MEM_IMAGE -> MemoryRegion.Type.IMAGE;
                            case MEM_MAPPED -> MemoryRegion.Type.MAPPED;
                            case MEM_PRIVATE -> MemoryRegion.Type.PRIVATE;
                            default -> MemoryRegion.Type.UNKNOWN;
                        }));
    }

    /** The whole map, by address, free regions included. The process may change it any time. */
    public List<MemoryRegion> map() {
        var regions = new ArrayList<MemoryRegion>();
        long va = 0;
        try (var answer = new com.sun.jna.Memory(Structures.REGION_SIZE)) {
            while (true) {
                Optional<MemoryRegion> region = query(va, answer);
                if (region.isEmpty()) {
                    return regions;
                }
                regions.add(region.get());
                long next = region.get().range().end();
                if (AddressRange.compare(next, va) <= 0) {
                    return regions;
                }
                va = next;
            }
        }
    }

    /** Name of the file that is mapped at an address, as a path with a drive where it has one. */
    public Optional<String> mappedFile(long va) {
        var name = new char[1 << 10];
        int length = Kernel32.K32GetMappedFileNameW(process, va, name, name.length);
        return length == 0
                ? Optional.empty()
                : Optional.of(DevicePaths.withDrive(new String(name, 0, length)));
    }

    /** Whether every byte of a range may be read. */
    public boolean isReadable(AddressRange range) {
        return all(range, MemoryRegion::isReadable);
    }

    /** Whether every byte of a range may be written. */
    public boolean isWritable(AddressRange range) {
        return all(range, MemoryRegion::isWritable);
    }

    /** Whether every byte of a range may be executed. */
    public boolean isExecutable(AddressRange range) {
        return all(range, MemoryRegion::isExecutable);
    }

    private boolean all(AddressRange range, java.util.function.Predicate<MemoryRegion> test) {
        long va = range.start();
        long left = range.sizeBytes();
        while (left > 0) {
            Optional<MemoryRegion> region = query(va);
            if (region.isEmpty() || !test.test(region.get())) {
                return false;
            }
            long part = region.get().range().end() - va;
            left -= part;
            va += part;
        }
        return true;
    }

    // --- managing -----------------------------------------------------------------------------

    /**
     * Reserves and commits pages.
     *
     * @param va where; 0 lets the system choose
     * @param protection one of {@link Protection}
     * @return where they are
     * @throws DriverException when there is no room
     */
    public long allocate(long va, long sizeBytes, int protection) {
        long at =
                Kernel32.VirtualAllocEx(
                        process, va, sizeBytes, MEM_COMMIT | MEM_RESERVE, protection);
        if (at == 0) {
            throw Failures.last("VirtualAllocEx");
        }
        return at;
    }

    /** Commits pages of an allocation that only reserved them. */
    public void commit(long va, long sizeBytes, int protection) {
        if (Kernel32.VirtualAllocEx(process, va, sizeBytes, MEM_COMMIT, protection) == 0) {
            throw Failures.last("VirtualAllocEx");
        }
    }

    /** Gives back the contents of pages and keeps their addresses reserved. */
    public void decommit(long va, long sizeBytes) {
        Failures.check(
                "VirtualFreeEx", Kernel32.VirtualFreeEx(process, va, sizeBytes, MEM_DECOMMIT));
    }

    /** Gives back a whole allocation by its first address. */
    public void free(long va) {
        Failures.check("VirtualFreeEx", Kernel32.VirtualFreeEx(process, va, 0, MEM_RELEASE));
    }

    /** Changes the protection of pages and returns that of the first one before. */
    public int protect(long va, long sizeBytes, int protection) {
        var old = new int[1];
        Failures.check(
                "VirtualProtectEx",
                Kernel32.VirtualProtectEx(process, va, sizeBytes, protection, old));
        return old[0];
    }
}
