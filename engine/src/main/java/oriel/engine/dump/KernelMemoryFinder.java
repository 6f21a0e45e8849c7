package oriel.engine.dump;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oriel.engine.paging.PageTables;
import oriel.engine.paging.PagingMode;
import oriel.format.kdump.KernelDump;
import oriel.format.kdump.KernelDumpHeader;
import oriel.model.Architecture;

/**
 * Finds out how the page tables of a dump are laid out: the header tells PAE of x86 as a rule, and
 * nothing tells five levels; the right layout is the one in which known addresses can be read.
 */
final class KernelMemoryFinder {
    private final KernelDumpHeader header;
    private final PagedMemory.Pages physical;
    private final Architecture architecture;
    private final Problems problems;

    KernelMemoryFinder(KernelDump dump, Architecture architecture, Problems problems) {
        this.header = dump.header();
        this.physical = new PagedMemory.Pages(dump.file(), dump.pages());
        this.architecture = architecture;
        this.problems = problems;
    }

    PagedMemory find() {
        List<PagingMode> modes = modes();
        for (PagingMode mode : modes) {
            PageTables tables = tables(mode);
            if (translates(tables)) {
                return new PagedMemory(tables, physical);
            }
        }
        problems.add(
                "page tables",
                "at 0x"
                        + Long.toHexString(header.directoryTableBase())
                        + (physical.contains(header.directoryTableBase() & -0x1000L)
                                ? " do not lead to the tables of the kernel"
                                : " are not in the dump"));
        return new PagedMemory(tables(modes.get(0)), physical);
    }

    private PageTables tables(PagingMode mode) {
        return new PageTables(mode, physical, header.directoryTableBase());
    }

    private List<PagingMode> modes() {
        var modes = new ArrayList<PagingMode>();
        switch (architecture) {
            case X86 -> {
                Optional<Boolean> pae = header.pae();
                modes.add(pae.orElse(true) ? PagingMode.PAE : PagingMode.X86);
                modes.add(pae.orElse(true) ? PagingMode.X86 : PagingMode.PAE);
            }
            case X64 -> {
                modes.add(PagingMode.X64);
                modes.add(PagingMode.X64_LA57);
            }
            case ARM -> modes.add(PagingMode.ARM);
            case ARM64 -> modes.add(PagingMode.ARM64);
        }
        return modes;
    }

    private boolean translates(PageTables tables) {
        var probe = new byte[1];
        return header.loadedModulesVa() != 0
                        && tables.read(header.loadedModulesVa(), probe, 0, 1) == 1
                || header.debuggerDataVa() != 0
                        && tables.read(header.debuggerDataVa(), probe, 0, 1) == 1;
    }
}
