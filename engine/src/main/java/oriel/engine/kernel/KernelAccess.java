package oriel.engine.kernel;

import java.util.Optional;
import java.util.OptionalLong;
import oriel.engine.paging.PagingMode;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.Memory;
import oriel.model.PhysicalMemory;

/**
 * What a kernel is read from, and what is known of it beforehand: a dump's header tells that, or a
 * live target's version block. Everything but architecture and memory may be absent. Addresses of
 * 32-bit kernels are given without sign extension.
 *
 * @param architecture of the kernel
 * @param memory the address space at the stop; must hold the kernel's half
 * @param physical physical memory, to read other processes through their page tables
 * @param paging how page tables are laid out
 * @param directoryTableBase root of the address space at the stop
 * @param kernelBase where the kernel image begins
 * @param debuggerDataVa address of KDDEBUGGER_DATA64
 * @param loadedModulesVa address of PsLoadedModuleList
 * @param activeProcessesVa address of PsActiveProcessHead
 * @param build build number; 0 when not known
 * @param processors number of processors; 0 when not known
 */
public record KernelAccess(
        Architecture architecture,
        Memory memory,
        Optional<PhysicalMemory> physical,
        PagingMode paging,
        OptionalLong directoryTableBase,
        OptionalLong kernelBase,
        OptionalLong debuggerDataVa,
        OptionalLong loadedModulesVa,
        OptionalLong activeProcessesVa,
        int build,
        int processors) {
    private static final int LARGEST_KERNEL = 32 << 20;

    /** Memory and nothing else: tables are looked for when the kernel base is known at least. */
    public static KernelAccess of(Architecture architecture, Memory memory) {
        return new KernelAccess(
                architecture,
                memory,
                Optional.empty(),
                PagingMode.usual(architecture),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                0,
                0);
    }

    /** With physical memory and the root of the page tables. */
    public KernelAccess withPhysical(PhysicalMemory memory, PagingMode mode, long root) {
        return new KernelAccess(
                architecture,
                this.memory,
                Optional.of(memory),
                mode,
                OptionalLong.of(root),
                kernelBase,
                debuggerDataVa,
                loadedModulesVa,
                activeProcessesVa,
                build,
                processors);
    }

    /** With the addresses that a dump header or a version block tells; 0 stands for unknown. */
    public KernelAccess withAddresses(
            long kernel, long debuggerData, long loadedModules, long activeProcesses) {
        return new KernelAccess(
                architecture,
                memory,
                physical,
                paging,
                directoryTableBase,
                known(kernel),
                known(debuggerData),
                known(loadedModules),
                known(activeProcesses),
                build,
                processors);
    }

    /** With build number and number of processors; 0 stands for unknown. */
    public KernelAccess withVersion(int buildNumber, int processorCount) {
        return new KernelAccess(
                architecture,
                memory,
                physical,
                paging,
                directoryTableBase,
                kernelBase,
                debuggerDataVa,
                loadedModulesVa,
                activeProcessesVa,
                buildNumber,
                processorCount);
    }

    /**
     * With the kernel image that holds an address, for targets that tell nothing of themselves: a
     * break-in stops in it. Reads a little of each page before the address.
     */
    public KernelAccess withKernelAround(long va) {
        Optional<AddressRange> image = MappedHeader.imageAround(memory, va, LARGEST_KERNEL);
        return image.isEmpty()
                ? this
                : withAddresses(
                        image.get().start(),
                        debuggerDataVa.orElse(0),
                        loadedModulesVa.orElse(0),
                        activeProcessesVa.orElse(0));
    }

    private OptionalLong known(long va) {
        long masked = va & architecture.addressMask();
        return masked == 0 ? OptionalLong.empty() : OptionalLong.of(masked);
    }
}
