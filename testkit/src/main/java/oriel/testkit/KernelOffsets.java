package oriel.testkit;

/**
 * Where a synthetic kernel keeps the members of its structures. The numbers are those of real
 * builds where a test needs it, and free otherwise.
 *
 * @param links of _EPROCESS; its id stands before
 * @param name of _EPROCESS
 * @param created of _EPROCESS
 * @param parent of _EPROCESS
 * @param peb of _EPROCESS
 * @param directoryTable of _KPROCESS
 * @param threads head of the list in _KPROCESS
 * @param entry of _KTHREAD in that list
 * @param cid of _ETHREAD
 * @param start StartAddress of _ETHREAD
 * @param win32Start of _ETHREAD
 * @param initialStack of _KTHREAD
 * @param stackLimit of _KTHREAD
 * @param stackBase of _KTHREAD
 * @param kernelStack of _KTHREAD
 * @param apcProcess of _KTHREAD
 * @param teb of _KTHREAD
 * @param state of _KTHREAD
 * @param prcbThread CurrentThread of _KPRCB, followed by next and idle thread
 * @param prcbNumber of _KPRCB
 * @param prcbSpecial special registers of _KPRCB
 * @param prcbContext CONTEXT in _KPRCB
 * @param prcbContextPointer pointer to another one; 0 for none
 */
public record KernelOffsets(
        int links,
        int name,
        int created,
        int parent,
        int peb,
        int directoryTable,
        int threads,
        int entry,
        int cid,
        int start,
        int win32Start,
        int initialStack,
        int stackLimit,
        int stackBase,
        int kernelStack,
        int apcProcess,
        int teb,
        int state,
        int prcbThread,
        int prcbNumber,
        int prcbSpecial,
        int prcbContext,
        int prcbContextPointer) {
    /** Windows 10 build 19041 on x64. */
    public static KernelOffsets x64() {
        return new KernelOffsets(
                0x448, 0x5a8, 0x468, 0x540, 0x550, 0x28, 0x30, 0x2f8, 0x478, 0x450, 0x4d0, 0x28,
                0x30, 0x38, 0x58, 0xb8, 0xf0, 0x184, 0x8, 0x24, 0x100, 0x1f0, 0xc80);
    }

    /** Windows 7 on x86. */
    public static KernelOffsets x86() {
        return new KernelOffsets(
                0xb8, 0x16c, 0xa0, 0x140, 0x1a8, 0x18, 0x2c, 0x1e0, 0x22c, 0x218, 0x260, 0x28, 0x2c,
                0x30, 0x38, 0x50, 0x88, 0x68, 0x4, 0x3cc, 0x2e4, 0x18, 0);
    }

    /** A 64-bit build that no table knows. */
    public static KernelOffsets unknown64() {
        return new KernelOffsets(
                0x350, 0x4d8, 0x378, 0x448, 0x460, 0x28, 0x38, 0x318, 0x498, 0x470, 0x4f0, 0x28,
                0x30, 0x38, 0x50, 0xc8, 0x108, 0x18c, 0x8, 0x24, 0x100, 0x1f0, 0xc80);
    }

    /** A 32-bit build that no table knows. */
    public static KernelOffsets unknown32() {
        return new KernelOffsets(
                0xc8, 0x188, 0xb0, 0x150, 0x1b8, 0x18, 0x30, 0x1f0, 0x24c, 0x228, 0x270, 0x28, 0x2c,
                0x30, 0x38, 0x60, 0x98, 0x78, 0x4, 0x3cc, 0x2e4, 0x18, 0);
    }
}
