package oriel.format.minidump;

import java.util.ArrayList;
import java.util.List;
import oriel.bytes.Bytes;

/**
 * An open handle: MINIDUMP_HANDLE_DESCRIPTOR or MINIDUMP_HANDLE_DESCRIPTOR_2.
 *
 * @param handle the handle itself
 * @param typeNameOffset file offset of the name of the kind of object, 0 for none
 * @param objectNameOffset file offset of the object's name, 0 for none
 * @param attributes OBJ_* bits
 * @param grantedAccess access rights
 * @param handleCount handles to the object
 * @param pointerCount references to the object
 * @param objectInfoOffset file offset of the first further record, 0 for none
 */
public record HandleEntry(
        long handle,
        long typeNameOffset,
        long objectNameOffset,
        long attributes,
        long grantedAccess,
        long handleCount,
        long pointerCount,
        long objectInfoOffset) {
    static final int SIZE = 32;
    static final int SIZE_2 = 40;

    /** Windows writes three at most; a chain that goes on is a circle or a lie. */
    private static final int LONGEST_CHAIN = 32;

    private static final int INFO_HEADER = 12;

    static HandleEntry read(Bytes in) {
        return new HandleEntry(
                in.u64(0),
                in.u32(8),
                in.u32(12),
                in.u32(16),
                in.u32(20),
                in.u32(24),
                in.u32(28),
                in.size() >= SIZE_2 ? in.u32(32) : 0);
    }

    /**
     * A further record about the object: MINIDUMP_HANDLE_OBJECT_INFORMATION.
     *
     * @param type 1 thread, 2 and 3 mutex, 4 and 5 process, 6 event, 7 section, 8 semaphore
     * @param data what NtQueryObject's relatives told; the layout varies with Windows
     */
    public record ObjectInfo(long type, Bytes data) {
        /**
         * MiniThreadInformation1: THREAD_BASIC_INFORMATION, exit status, TEB, process and thread id
         * as pointers.
         */
        public static final int THREAD = 1;

        /** MiniMutantInformation2: MUTANT_OWNER_INFORMATION, process and thread id as pointers. */
        public static final int MUTANT_OWNER = 3;
    }

    /** The further records, as far as they can be read; ends at circles. */
    public List<ObjectInfo> objectInfo(Bytes file) {
        var list = new ArrayList<ObjectInfo>();
        long at = objectInfoOffset;
        while (at != 0 && list.size() < LONGEST_CHAIN && file.contains(at, INFO_HEADER)) {
            long size = file.u32(at + 8);
            if (!file.contains(at + INFO_HEADER, size)) {
                break;
            }
            list.add(new ObjectInfo(file.u32(at + 4), file.slice(at + INFO_HEADER, size)));
            at = file.u32(at);
        }
        return list;
    }
}
