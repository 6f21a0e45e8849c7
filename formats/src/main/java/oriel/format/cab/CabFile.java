package oriel.format.cab;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;

/**
 * A cabinet: folders of compressed blocks, and files that are parts of folders. Stored, MSZIP and
 * LZX folders are read; Quantum and cabinets that continue in another one are refused. Immutable,
 * safe for any thread.
 */
public final class CabFile {
    private static final long SIGNATURE = 0x4643534d;
    private static final int HEADER = 36;
    private static final int FOLDER = 8;
    private static final int FILE = 16;
    private static final int DATA = 8;
    private static final int HAS_PREVIOUS = 1;
    private static final int HAS_NEXT = 2;
    private static final int HAS_RESERVE = 4;
    private static final int LONGEST_NAME = 256;
    private static final int FIRST_SPANNING_FOLDER = 0xfffd;

    private final Bytes cabinet;
    private final List<CabFolder> folders;
    private final List<CabEntry> entries;
    private final int dataReserve;

    private CabFile(
            Bytes cabinet, List<CabFolder> folders, List<CabEntry> entries, int dataReserve) {
        this.cabinet = cabinet;
        this.folders = List.copyOf(folders);
        this.entries = List.copyOf(entries);
        this.dataReserve = dataReserve;
    }

    /** Whether bytes begin like a cabinet. */
    public static boolean looksLikeCabinet(Bytes bytes) {
        return bytes.contains(0, HEADER) && bytes.u32(0) == SIGNATURE;
    }

    /**
     * Reads the directory of a cabinet.
     *
     * @throws FormatException when it is not a cabinet or its directory is damaged
     */
    public static CabFile read(Bytes cabinet) {
        if (!looksLikeCabinet(cabinet)) {
            throw cabinet.error(0, "not a cabinet: does not begin with MSCF");
        }
        int folderCount = cabinet.u16(26);
        int fileCount = cabinet.u16(28);
        int flags = cabinet.u16(30);
        long at = HEADER;
        int folderReserve = 0;
        int dataReserve = 0;
        if ((flags & HAS_RESERVE) != 0) {
            folderReserve = cabinet.u8(at + 2);
            dataReserve = cabinet.u8(at + 3);
            at += 4 + cabinet.u16(at);
        }
        for (int flag = HAS_PREVIOUS; flag <= HAS_NEXT; flag++) {
            if ((flags & flag) != 0) {
                at = afterString(cabinet, afterString(cabinet, at));
            }
        }
        cabinet.checkedCount(folderCount, FOLDER + folderReserve, at);
        var folders = new ArrayList<CabFolder>(folderCount);
        for (int i = 0; i < folderCount; i++) {
            folders.add(new CabFolder(cabinet.u32(at), cabinet.u16(at + 4), cabinet.u16(at + 6)));
            at += FOLDER + folderReserve;
        }
        return new CabFile(cabinet, folders, entries(cabinet, fileCount), dataReserve);
    }

    /** The files, in the order of the directory. */
    public List<CabEntry> entries() {
        return entries;
    }

    /**
     * Writes the bytes of a file. Checks the checksum of every block it reads.
     *
     * @throws FormatException when the blocks are damaged or end before the file does; some bytes
     *     may have been written by then
     * @throws IOException when {@code to} refuses bytes
     */
    public void extract(CabEntry entry, OutputStream to) throws IOException {
        if (entry.folder() >= folders.size()) {
            throw cabinet.error(
                    0,
                    entry.folder() >= FIRST_SPANNING_FOLDER
                            ? entry.name() + " continues in another cabinet"
                            : entry.name()
                                    + " is in folder "
                                    + entry.folder()
                                    + ", which is not there");
        }
        CabFolder folder = folders.get(entry.folder());
        var buffer = new byte[BlockDecoder.MAX_BLOCK];
        long position = 0;
        long end = entry.folderOffset() + entry.sizeBytes();
        long at = folder.firstBlock();
        try (BlockDecoder decoder = folder.decoder(cabinet)) {
            for (int i = 0; i < folder.blockCount() && position < end; i++) {
                int stored = cabinet.u16(at + 4);
                int size = cabinet.u16(at + 6);
                Bytes block = cabinet.slice(at + DATA + dataReserve, stored);
                if (size == 0 || size > BlockDecoder.MAX_BLOCK) {
                    throw cabinet.error(at + 6, "block of " + size + " uncompressed bytes");
                }
                verify(at, stored);
                decoder.decode(block, buffer, size);
                long from = Math.max(0, entry.folderOffset() - position);
                long until = Math.min(size, end - position);
                if (from < until) {
                    to.write(buffer, (int) from, (int) (until - from));
                }
                position += size;
                at += DATA + dataReserve + stored;
            }
        }
        if (position < end) {
            throw cabinet.error(
                    at, entry.name() + " ends after " + position + " of " + end + " bytes");
        }
    }

    private static long afterString(Bytes cabinet, long at) {
        long end = at;
        while (cabinet.u8(end) != 0) {
            end++;
        }
        return end + 1;
    }

    private static List<CabEntry> entries(Bytes cabinet, int count) {
        long at = cabinet.u32(16);
        cabinet.checkedCount(count, FILE + 1, at);
        var entries = new ArrayList<CabEntry>(count);
        for (int i = 0; i < count; i++) {
            String name = cabinet.cString(at + FILE, LONGEST_NAME);
            entries.add(
                    new CabEntry(name, cabinet.u32(at), cabinet.u16(at + 8), cabinet.u32(at + 4)));
            at = afterString(cabinet, at + FILE);
        }
        return entries;
    }

    /** A checksum of 0 means that the writer made none. */
    private void verify(long at, int stored) {
        long expected = cabinet.u32(at);
        if (expected == 0) {
            return;
        }
        Bytes header = cabinet.slice(at + 4, 4L + dataReserve);
        Bytes data = cabinet.slice(at + DATA + dataReserve, stored);
        long actual = checksum(header, checksum(data, 0));
        if (actual != expected) {
            throw cabinet.error(
                    at,
                    "checksum of block is "
                            + Long.toHexString(actual)
                            + ", not "
                            + Long.toHexString(expected));
        }
    }

    /** Exclusive or of the words; of the last one to three bytes the first counts highest. */
    private static long checksum(Bytes data, long seed) {
        long sum = seed;
        long at = 0;
        for (; at + 4 <= data.size(); at += 4) {
            sum ^= data.u32(at);
        }
        long rest = 0;
        for (; at < data.size(); at++) {
            rest = rest << 8 | data.u8(at);
        }
        return sum ^ rest;
    }
}
