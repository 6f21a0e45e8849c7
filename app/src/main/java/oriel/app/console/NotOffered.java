package oriel.app.console;

import java.util.Map;
import java.util.Optional;

/** Commands that people know from WinDbg and that are not here: what does the same. */
final class NotOffered {
    private static final String BUILT_IN =
            "there are no extensions to load; 'help' lists what is built in";
    private static final String ASSEMBLER = "there is no assembler; eb writes bytes";
    private static final String PYTHON =
            "Python drives the debugger from outside: examples/python/oriel.py";
    private static final String OPEN =
            "'oriel debug --dump FILE' opens a dump in a console of its own";

    private static final String KERNEL_TYPES =
            "dt shows structures of the kernel where its PDB is found: dt nt!_IRP ADDRESS";
    private static final String OF_KERNELS = "it is about a kernel: 'oriel kernel' has it";
    private static final String POOL =
            "pools and lists of pages are not read; dt and s look at memory";

    private static final Map<String, String> INSTEAD =
            Map.ofEntries(
                    Map.entry("a", ASSEMBLER),
                    Map.entry(".load", BUILT_IN),
                    Map.entry(".unload", BUILT_IN),
                    Map.entry(".unloadall", BUILT_IN),
                    Map.entry(".loadby", BUILT_IN),
                    Map.entry(".chain", BUILT_IN),
                    Map.entry(".extmatch", BUILT_IN),
                    Map.entry(".scriptload", BUILT_IN),
                    Map.entry("plugin", BUILT_IN),
                    Map.entry("python", PYTHON),
                    Map.entry("!py", PYTHON),
                    Map.entry("!pycmd", PYTHON),
                    Map.entry(".scriptrun", "$$>< and $$>a< run files of commands"),
                    Map.entry("dx", "?? and dt show values with their types"),
                    Map.entry("!dh", "'oriel info FILE' shows the headers of an image"),
                    Map.entry("!lmi", "lm v m NAME tells all of a module"),
                    Map.entry("!itoldyouso", "lm v m NAME tells whether symbols fit"),
                    Map.entry("!chksym", "lm v m NAME tells whether symbols fit"),
                    Map.entry("!sym", "'oriel symbols check' tells where symbols were looked for"),
                    Map.entry(".symopt", "symbols are as good as can be had; lm v tells which"),
                    Map.entry(
                            ".lines",
                            "lines are shown where symbols tell them; kL leaves them out"),
                    Map.entry("l+t", ".view all shows source at each stop"),
                    Map.entry("l-t", ".view -source leaves it out; t and p step by instructions"),
                    Map.entry("l+s", ".view all shows source at each stop"),
                    Map.entry("ls", "lsa ADDRESS shows source lines"),
                    Map.entry("!locks", "!cs ADDRESS shows a critical section"),
                    Map.entry("!for_each_frame", ".foreach goes through the words of a command"),
                    Map.entry("!for_each_module", ".foreach (m {lm1m}) {...} does the same"),
                    Map.entry("!for_each_local", "dv shows the variables of a frame"),
                    Map.entry("!process", "| lists the processes that are debugged"),
                    Map.entry("!thread", "~ lists threads, !teb shows what Windows keeps of one"),
                    Map.entry("!vadump", "!address without an argument lists all memory"),
                    Map.entry("!dml_proc", "| lists the processes that are debugged"),
                    Map.entry(
                            "!htrace", "!handle lists handles; 'oriel hook' shows who opens them"),
                    Map.entry("!gflag", "'oriel registry' reads and writes GlobalFlag"),
                    Map.entry(".opendump", OPEN),
                    Map.entry(".prefer_dml", "there is no DML; colours come by themselves"),
                    Map.entry(".breakin", "Ctrl-C stops what runs"),
                    Map.entry("ctrl+break", "Ctrl-C stops what runs"),
                    Map.entry(".sleep", "a script runs as fast as it can"),
                    Map.entry(".wtitle", "the title of the window is the terminal's"),
                    Map.entry(".asm", "instructions are shown as WinDbg shows them"),
                    Map.entry(".expr", "? is MASM, ?? is C++; @@(...) is C++ within MASM"),
                    Map.entry(".process", "|Ns turns to another process"),
                    Map.entry(".thread", "~Ns turns to another thread"),
                    Map.entry(".tss", ".trap and .cxr show registers that were saved"),
                    Map.entry(".cache", "memory is remembered for as long as the target stands"),
                    Map.entry("!irp", OF_KERNELS),
                    Map.entry("!devobj", OF_KERNELS),
                    Map.entry("!devstack", KERNEL_TYPES),
                    Map.entry("!devnode", KERNEL_TYPES),
                    Map.entry("!drvobj", OF_KERNELS),
                    Map.entry("!fileobj", KERNEL_TYPES),
                    Map.entry("!object", OF_KERNELS),
                    Map.entry("!token", KERNEL_TYPES),
                    Map.entry("!job", KERNEL_TYPES),
                    Map.entry("!timer", KERNEL_TYPES),
                    Map.entry("!dpcs", KERNEL_TYPES),
                    Map.entry("!apc", KERNEL_TYPES),
                    Map.entry("!prcb", "!pcr [N] tells where the KPRCB is; dt nt!_KPRCB ADDRESS"),
                    Map.entry("!gdt", "!pcr tells gdtr; dq shows the descriptors"),
                    Map.entry("dg", "!pcr tells gdtr; dq shows the descriptors"),
                    Map.entry("!ready", "!process 0 4 lists threads with their states"),
                    Map.entry("!stacks", "!process 0 7 shows the stacks of all threads"),
                    Map.entry("!pool", POOL),
                    Map.entry("!poolused", POOL),
                    Map.entry("!poolfind", POOL),
                    Map.entry("!pfn", POOL),
                    Map.entry("!vm", POOL),
                    Map.entry("!memusage", POOL),
                    Map.entry("!sysptes", POOL),
                    Map.entry("!search", "s -b ADDRESS L LENGTH BYTES searches virtual memory"),
                    Map.entry(".kframes", "k COUNT shows more frames"),
                    Map.entry("!list", "dl shows a list; .while and dt follow one"),
                    Map.entry("!clrstack", "code of .NET is shown by its addresses only"),
                    Map.entry("!sos", "code of .NET is shown by its addresses only"),
                    Map.entry("||", "one system is debugged at a time; | lists its processes"));

    private NotOffered() {}

    /** What does the same as a command that is not here, in words. */
    static Optional<String> instead(String name) {
        return Optional.ofNullable(INSTEAD.get(name));
    }
}
