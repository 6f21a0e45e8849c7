package oriel.win32;

import com.sun.jna.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import oriel.driver.DriverException;
import oriel.model.AddressRange;
import oriel.win32.raw.Kernel32;
import oriel.win32.raw.Structures;

/**
 * A block of a heap.
 *
 * @param range what the program may use of it
 * @param isUsed whether it is handed out, not free
 */
public record HeapBlock(AddressRange range, boolean isUsed) {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int FREE = 2;

    // PROCESS_HEAP_ENTRY
    private static final int BUSY = 4;
    private static final int NO_BLOCK = 1 | 2;

    private static final int RECORD = 16;
    private static final int RECORDS = 0x60;
    private static final int FIRST_ROOM = 1 << 16;
    private static final int MOST_ROOM = 1 << 24;

    /**
     * Walks a heap with its lock taken. The parameter points to: HeapWalk, the heap, room in
     * records, count of records, HeapLock, HeapUnlock, a PROCESS_HEAP_ENTRY, and from 0x60 on the
     * records: lpData; cbData, cbOverhead, iRegionIndex and wFlags as they lie there.
     */
    private static final byte[] WALK_64 =
            HexFormat.of()
                    .parseHex(
                            // push rbx; sub rsp,0x20; mov rbx,rcx
                            "53"
                                    + "4883ec20"
                                    + "4889cb"
                                    // mov rcx,[rbx+8]; call [rbx+0x20]; test eax,eax; jz end
                                    + "488b4b08"
                                    + "ff5320"
                                    + "85c0"
                                    + "743d"
                                    // next: mov rcx,[rbx+8]; lea rdx,[rbx+0x30]; call [rbx]
                                    + "488b4b08"
                                    + "488d5330"
                                    + "ff13"
                                    // test eax,eax; jz unlock
                                    + "85c0"
                                    + "7428"
                                    // mov rax,[rbx+0x18]; cmp rax,[rbx+0x10]; jae unlock
                                    + "488b4318"
                                    + "483b4310"
                                    + "731e"
                                    // shl rax,4; lea rax,[rbx+rax+0x60]
                                    + "48c1e004"
                                    + "488d440360"
                                    // mov rcx,[rbx+0x30]; mov [rax],rcx
                                    + "488b4b30"
                                    + "488908"
                                    // mov rcx,[rbx+0x38]; mov [rax+8],rcx
                                    + "488b4b38"
                                    + "48894808"
                                    // inc qword [rbx+0x18]; jmp next
                                    + "48ff4318"
                                    + "ebca"
                                    // unlock: mov rcx,[rbx+8]; call [rbx+0x28]
                                    + "488b4b08"
                                    + "ff5328"
                                    // end: mov eax,[rbx+0x18]; add rsp,0x20; pop rbx; ret
                                    + "8b4318"
                                    + "4883c420"
                                    + "5b"
                                    + "c3");

    /** The same for x86: six pointers of 4 bytes, the entry from 0x18 on. */
    private static final byte[] WALK_32 =
            HexFormat.of()
                    .parseHex(
                            // push ebx; mov ebx,[esp+8]
                            "53"
                                    + "8b5c2408"
                                    // push [ebx+4]; call [ebx+0x10]; test eax,eax; jz end
                                    + "ff7304"
                                    + "ff5310"
                                    + "85c0"
                                    + "7438"
                                    // next: lea eax,[ebx+0x18]; push eax; push [ebx+4]; call [ebx]
                                    + "8d4318"
                                    + "50"
                                    + "ff7304"
                                    + "ff13"
                                    // test eax,eax; jz unlock
                                    + "85c0"
                                    + "7425"
                                    // mov eax,[ebx+0xc]; cmp eax,[ebx+8]; jae unlock
                                    + "8b430c"
                                    + "3b4308"
                                    + "731d"
                                    // shl eax,4; lea eax,[ebx+eax+0x60]
                                    + "c1e004"
                                    + "8d440360"
                                    // mov ecx,[ebx+0x18]; mov [eax],ecx
                                    + "8b4b18"
                                    + "8908"
                                    // mov ecx,[ebx+0x1c]; mov [eax+8],ecx
                                    + "8b4b1c"
                                    + "894808"
                                    // mov ecx,[ebx+0x20]; mov [eax+0xc],ecx
                                    + "8b4b20"
                                    + "89480c"
                                    // inc dword [ebx+0xc]; jmp next
                                    + "ff430c"
                                    + "ebce"
                                    // unlock: push [ebx+4]; call [ebx+0x14]
                                    + "ff7304"
                                    + "ff5314"
                                    // end: mov eax,[ebx+0xc]; pop ebx; ret 4
                                    + "8b430c"
                                    + "5b"
                                    + "c20400");

    /** The blocks by Toolhelp; empty where the system does not tell. */
    static List<HeapBlock> byToolhelp(long processId, long heap) {
        var found = new ArrayList<HeapBlock>();
        if (SystemFacts.isWine()) {
            // It has the function by name only, and ends a program that calls it.
            return found;
        }
        try (var entry = new Memory(Structures.HEAP_ENTRY_SIZE)) {
            entry.clear();
            entry.setLong(0, Structures.HEAP_ENTRY_SIZE);
            boolean more = Kernel32.Heap32First(entry, (int) processId, heap);
            while (more && found.size() < MOST_ROOM) {
                long va = entry.getLong(Structures.HEAP_ENTRY_ADDRESS);
                long size = entry.getLong(Structures.HEAP_ENTRY_LENGTH);
                int flags = entry.getInt(Structures.HEAP_ENTRY_FLAGS);
                found.add(new HeapBlock(new AddressRange(va, size), (flags & FREE) == 0));
                more = Kernel32.Heap32Next(entry);
            }
        }
        return found;
    }

    /** Has the process walk its heap itself, by HeapWalk on a thread of its own. */
    static List<HeapBlock> byWalking(WindowsProcess process, long heap) {
        for (int room = FIRST_ROOM; ; room = Math.min(room * 16, MOST_ROOM)) {
            List<HeapBlock> found = walk(process, heap, room);
            if (found.size() < room || room == MOST_ROOM) {
                return found.stream().filter(b -> b.range().sizeBytes() > 0).toList();
            }
        }
    }

    private static List<HeapBlock> walk(WindowsProcess process, long heap, int room) {
        int word = process.architecture().pointerSize();
        ProcessMemory memory = process.memory();
        var head = ByteBuffer.allocate(RECORDS).order(ByteOrder.LITTLE_ENDIAN);
        long[] values = {
            RemoteCode.systemFunction(process, "kernel32", "HeapWalk"),
            heap,
            room,
            0,
            RemoteCode.systemFunction(process, "kernel32", "HeapLock"),
            RemoteCode.systemFunction(process, "kernel32", "HeapUnlock")
        };
        for (int i = 0; i < values.length; i++) {
            if (word == 8) {
                head.putLong(i * word, values[i]);
            } else {
                head.putInt(i * word, (int) values[i]);
            }
        }
        long at = memory.allocate(0, RECORDS + (long) room * RECORD, Protection.READ_WRITE);
        boolean ended = false;
        try {
            memory.write(at, head.array());
            byte[] code = word == 8 ? WALK_64 : WALK_32;
            long count = RemoteCode.run(process, code, at, PATIENCE).result();
            ended = true;
            return read(memory, at + RECORDS, (int) Math.min(count, room), word);
        } catch (DriverException e) {
            ended = !RemoteCode.mayStillRun(e);
            throw e;
        } finally {
            if (ended) {
                memory.free(at);
            }
        }
    }

    private static List<HeapBlock> read(ProcessMemory memory, long va, int count, int word) {
        var bytes =
                ByteBuffer.wrap(memory.readFully(va, count * RECORD))
                        .order(ByteOrder.LITTLE_ENDIAN);
        var found = new ArrayList<HeapBlock>(count);
        for (int at = 0; at < count * RECORD; at += RECORD) {
            long start = word == 8 ? bytes.getLong(at) : bytes.getInt(at) & 0xffffffffL;
            long size = bytes.getInt(at + 8) & 0xffffffffL;
            int flags = bytes.getShort(at + 14) & 0xffff;
            // Regions and what is not committed are told too, without a size that counts.
            boolean block = (flags & NO_BLOCK) == 0;
            found.add(
                    new HeapBlock(new AddressRange(start, block ? size : 0), (flags & BUSY) != 0));
        }
        return found;
    }
}
