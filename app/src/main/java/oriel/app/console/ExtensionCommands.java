package oriel.app.console;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.app.render.Page;
import oriel.app.render.ReportScope;
import oriel.app.render.Style;
import oriel.app.render.TextReport;
import oriel.model.LoadedModule;
import oriel.model.ProcessInfo;
import oriel.model.TargetThread;
import oriel.triage.Analyzer;
import oriel.triage.reason.CodeNames;
import oriel.triage.report.CrashReport;
import oriel.triage.report.Rating;

/**
 * The commands that WinDbg has as extensions: about a process and its threads as Windows sees them.
 */
final class ExtensionCommands implements CommandGroup {
    private static final int MOST_HANDLERS = 256;

    private final ConsoleContext context;
    private final Page page;

    ExtensionCommands(ConsoleContext context) {
        this.context = context;
        this.page = context.page();
    }

    @Override
    public List<HelpEntry> help() {
        return List.of(
                new HelpEntry("!peb, !teb [ADDRESS]", "blocks of the process and of the thread"),
                new HelpEntry("!gle [-all]", "the last error of the thread; of all"),
                new HelpEntry("!error VALUE [1]", "an error code in words; with 1 an NTSTATUS"),
                new HelpEntry("!analyze [-v]", "what went wrong here"),
                new HelpEntry("!exploitable, .exploitable", "how bad it is"),
                new HelpEntry("!exchain, .exchain", "handlers of exceptions"));
    }

    @Override
    public boolean run(CommandLine command) {
        String rest = command.rest();
        switch (command.name()) {
            case "!peb" -> processBlock(rest);
            case "!teb" -> threadBlock(rest);
            case "!gle" -> lastErrors(rest);
            case "!error" -> error(rest);
            case "!analyze" -> analyze(rest);
            case "!exploitable", ".exploitable" -> rating();
            case "!exchain", ".exchain" -> handlers();
            default -> {
                return false;
            }
        }
        return true;
    }

    private int word() {
        return context.architecture().pointerSize();
    }

    private Page address(long va) {
        return page.hex(va, word() * 2);
    }

    /** Of a process that has ended nothing is left. */
    private void readable(long va) {
        if (context.memory().unsigned(va, 1).isEmpty()) {
            throw new ConsoleException("there is no memory at " + Long.toHexString(va));
        }
    }

    private void field(String name, long va, long offset, int size) {
        OptionalLong value = context.memory().unsigned(va + offset, size);
        page.to(4).text(name).text(":").to(32);
        if (value.isEmpty()) {
            page.line("?");
        } else {
            page.hex(value.getAsLong(), size * 2).end();
        }
    }

    private void pointer(String name, long va, int index) {
        field(name, va, (long) index * word(), word());
    }

    // Blocks

    private void processBlock(String rest) {
        ProcessInfo process = context.target().process();
        long va =
                rest.isEmpty()
                        ? process.pebVa()
                                .orElseThrow(() -> new ConsoleException("the PEB is not known"))
                        : new CommandArguments(context, rest).address();
        readable(va);
        page.text("PEB at ");
        address(va).end();
        field("InheritedAddressSpace", va, 0, 1);
        field("ReadImageFileExecOptions", va, 1, 1);
        field("BeingDebugged", va, 2, 1);
        pointer("ImageBaseAddress", va, 2);
        pointer("Ldr", va, 3);
        pointer("ProcessParameters", va, 4);
        pointer("ProcessHeap", va, 6);
        field("NtGlobalFlag", va, word() == 8 ? 0xbc : 0x68, 4);
        for (LoadedModule module : context.target().modules()) {
            page.to(8);
            address(module.base()).text(" ").styled(Style.NAME, module.path()).end();
        }
        page.to(4).text("ImageFile:").to(20).line("'" + process.imagePath() + "'");
        process.commandLine()
                .ifPresent(c -> page.to(4).text("CommandLine:").to(20).line("'" + c + "'"));
        if (!process.environment().isEmpty()) {
            page.to(4).line("Environment:");
            process.environment().forEach(e -> page.to(8).line(e));
        }
    }

    private long block(TargetThread thread) {
        return thread.tebVa()
                .orElseThrow(() -> new ConsoleException("the TEB of the thread is not known"));
    }

    private void threadBlock(String rest) {
        long va =
                rest.isEmpty()
                        ? block(context.thread())
                        : new CommandArguments(context, rest).address();
        readable(va);
        page.text("TEB at ");
        address(va).end();
        pointer("ExceptionList", va, 0);
        pointer("StackBase", va, 1);
        pointer("StackLimit", va, 2);
        pointer("SubSystemTib", va, 3);
        pointer("FiberData", va, 4);
        pointer("ArbitraryUserPointer", va, 5);
        pointer("Self", va, 6);
        pointer("EnvironmentPointer", va, 7);
        OptionalLong process = context.memory().unsigned(va + 8L * word(), word());
        OptionalLong thread = context.memory().unsigned(va + 9L * word(), word());
        page.to(4).text("ClientId:").to(32).hex(process.orElse(0), 1).text(" . ");
        page.hex(thread.orElse(0), 1).end();
        pointer("RpcHandle", va, 10);
        pointer("Tls Storage", va, 11);
        pointer("PEB Address", va, 12);
        field("LastErrorValue", va, lastErrorOffset(), 4);
        field("LastStatusValue", va, lastStatusOffset(), 4);
        field("Count Owned Locks", va, lastErrorOffset() + 4, 4);
    }

    private long lastErrorOffset() {
        return word() == 8 ? 0x68 : 0x34;
    }

    private long lastStatusOffset() {
        return word() == 8 ? 0x1250 : 0xbf4;
    }

    // Errors

    private void lastErrors(String rest) {
        if (!rest.equals("-all")) {
            lastError(context.thread());
            return;
        }
        for (TargetThread thread : context.target().threads()) {
            page.text("Last error for thread ").hex(thread.ref().threadId(), 1).line(":");
            lastError(thread);
        }
    }

    private void lastError(TargetThread thread) {
        long teb = block(thread);
        OptionalLong error = context.memory().unsigned(teb + lastErrorOffset(), 4);
        OptionalLong status = context.memory().unsigned(teb + lastStatusOffset(), 4);
        if (error.isEmpty()) {
            throw new ConsoleException("the TEB cannot be read");
        }
        page.text("LastErrorValue: ").line(code((int) error.getAsLong(), false));
        status.ifPresent(s -> page.text("LastStatusValue: ").line(code((int) s, true)));
    }

    private static String code(int code, boolean isStatus) {
        String number =
                "0x" + Integer.toHexString(code) + " (" + Integer.toUnsignedString(code) + ")";
        boolean system = !isStatus && code >= 0 && code < 0x10000;
        Optional<String> status = CodeNames.status(code);
        Optional<String> result = CodeNames.hresult(code);
        // Errors of the kernel begin with c, those of COM with 8.
        boolean kernel = isStatus || code >>> 28 == 0xc || result.isEmpty();
        Optional<String> name = system ? CodeNames.win32(code) : kernel ? status : result;
        String kind = system ? "(Win32) " : kernel ? "(NTSTATUS) " : "(HRESULT) ";
        String words = name.orElseGet(() -> system ? "" : CodeNames.exception(code).name());
        return kind + number + (words.isEmpty() ? "" : " - " + words);
    }

    private void error(String rest) {
        var arguments = new CommandArguments(context, rest);
        if (arguments.isEmpty()) {
            throw new ConsoleException("!error VALUE [1]");
        }
        int value = (int) arguments.value();
        boolean status = !arguments.isEmpty() && arguments.value() == 1;
        page.text("Error code: ").line(code(value, status));
    }

    // Verdicts

    private CrashReport report() {
        return Analyzer.analyze(context.target(), context.symbolizer());
    }

    private void analyze(String rest) {
        TextReport.write(page, report(), new ReportScope(!rest.contains("-v"), false));
    }

    private void rating() {
        Rating rating =
                report().rating()
                        .orElseThrow(() -> new ConsoleException("nothing went wrong here"));
        page.text("Exploitability: ").styled(Style.TITLE, rating.level().toString()).end();
        page.text("Rule: ").line(rating.rule());
        page.line(rating.reason());
    }

    /** The chain of x86, which begins at fs:[0]; other architectures have tables. */
    private void handlers() {
        if (word() == 8) {
            throw new ConsoleException(
                    "only 32-bit programs have a chain; elsewhere handlers are in unwind data");
        }
        long record = context.memory().unsigned(block(context.thread()), 4).orElse(0xffffffffL);
        var seen = new HashSet<Long>();
        while (record != 0xffffffffL && seen.add(record) && seen.size() < MOST_HANDLERS) {
            OptionalLong next = context.memory().unsigned(record, 4);
            OptionalLong handler = context.memory().unsigned(record + 4, 4);
            if (next.isEmpty() || handler.isEmpty()) {
                page.line("Invalid exception stack at " + Long.toHexString(record));
                return;
            }
            address(record).text(": ");
            page.styled(Style.NAME, context.symbolizer().locate(handler.getAsLong()).label());
            page.text(" (");
            address(handler.getAsLong()).line(")");
            record = next.getAsLong();
        }
    }
}
