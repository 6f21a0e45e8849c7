package oriel.format.kdump;

import oriel.bytes.Bytes;

/**
 * DUMP_MM_STORAGE32 or 64: what memory management noted. Numbers of pages or bytes as the kernel
 * kept them; 0 where it kept none.
 *
 * @param specialPoolTag MmSpecialPoolTag
 * @param triageAction MmTriageActionTaken
 * @param verifierLevel MmVerifyDriverLevel
 * @param kernelVerifier whether the kernel itself is verified
 * @param maximumNonPagedPool bytes
 * @param allocatedNonPagedPool pages
 * @param maximumPagedPool bytes
 * @param allocatedPagedPool pages
 * @param committedPages now
 * @param committedPagesPeak at most so far
 * @param commitLimitMaximum pages
 */
public record TriageMemoryInfo(
        long specialPoolTag,
        long triageAction,
        long verifierLevel,
        boolean kernelVerifier,
        long maximumNonPagedPool,
        long allocatedNonPagedPool,
        long maximumPagedPool,
        long allocatedPagedPool,
        long committedPages,
        long committedPagesPeak,
        long commitLimitMaximum) {
    static int size(boolean is64) {
        return is64 ? 0x50 : 0x34;
    }

    static TriageMemoryInfo read(Bytes in, boolean is64) {
        var numbers = new long[7];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = is64 ? in.u64(0x18 + 8L * i) : in.u32(0x18 + 4L * i);
        }
        return new TriageMemoryInfo(
                in.u32(0x08),
                in.u32(0x0c),
                in.u32(0x10),
                in.u32(0x14) != 0,
                numbers[0],
                numbers[1],
                numbers[2],
                numbers[3],
                numbers[4],
                numbers[5],
                numbers[6]);
    }
}
