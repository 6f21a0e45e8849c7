package oriel.app.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import oriel.kd.KdStop;
import oriel.kd.RunEnd;
import oriel.kd.protocol.StateChange.CommandEvent;
import oriel.kd.protocol.StateChange.ExceptionEvent;
import oriel.kd.protocol.StateChange.OtherEvent;
import oriel.kd.protocol.StateChange.SymbolsEvent;
import oriel.kd.protocol.TargetVersion;
import oriel.model.Architecture;

/** What a kernel is and where it stands, in words. */
final class KernelText {
    private KernelText() {}

    /** The line by which everybody knows that the connection works. */
    static String banner(KdStop stop) {
        TargetVersion version = stop.version();
        return "Connected to "
                + version.product()
                + " "
                + version.build()
                + " "
                + version.machineName()
                + " target, ptr64 "
                + (version.isPointer64() ? "TRUE" : "FALSE")
                + ", kernel base = 0x"
                + address(version.kernelBase(), stop.architecture())
                + ", PsLoadedModuleList = 0x"
                + address(version.moduleListVa(), stop.architecture());
    }

    /** More of what it says of itself. */
    static String details(KdStop stop) {
        TargetVersion version = stop.version();
        long processors = stop.change().processors();
        return (version.isMultiprocessor() ? "MP" : "UP")
                + " ("
                + processors
                + (processors == 1 ? " processor) " : " processors) ")
                + (version.isChecked() ? "Checked" : "Free")
                + " build, kernel debugger protocol "
                + version.protocol()
                + "."
                + version.secondary();
    }

    static String address(long va, Architecture architecture) {
        String hex = Long.toHexString(va & architecture.addressMask());
        int digits = architecture.pointerSize() * 2;
        return "0".repeat(Math.max(0, digits - hex.length())) + hex;
    }

    /** Why it stopped; nothing when it came to where it was to go. */
    static List<String> stop(RunEnd end) {
        var lines = new ArrayList<String>();
        end.breakpoint().ifPresent(b -> lines.add("Breakpoint " + b.number() + " hit"));
        if (end.reason() != RunEnd.Reason.STEP && end.reason() != RunEnd.Reason.ARRIVED) {
            lines.addAll(event(end.stop(), end.breakpoint().isPresent()));
        }
        return lines;
    }

    /**
     * Why it stopped.
     *
     * @param known whether an exception is one of our breakpoints, which needs no more words
     */
    static List<String> event(KdStop stop, boolean known) {
        return switch (stop.change().event()) {
            case ExceptionEvent e -> known ? List.of() : List.of(exception(e));
            case SymbolsEvent e ->
                    List.of(
                            (e.unload() ? "Unloads " : "Loads ")
                                    + e.path()
                                    + " at "
                                    + address(e.baseVa(), stop.architecture()));
            case CommandEvent e ->
                    List.of("The target asks for the command " + e.name() + " " + e.command());
            case OtherEvent e -> List.of("Stop of kind " + Long.toHexString(e.state()));
        };
    }

    private static String exception(ExceptionEvent e) {
        String name =
                switch (e.code()) {
                    case ExceptionEvent.BREAKPOINT -> "Break instruction exception";
                    case ExceptionEvent.SINGLE_STEP -> "Single step exception";
                    case 0xc0000005 -> "Access violation";
                    case 0xc000001d -> "Illegal instruction";
                    case 0xc0000094 -> "Integer divide-by-zero";
                    case 0xc00000fd -> "Stack overflow";
                    case 0x80000007 -> "Wake of a processor";
                    case 0xc0000420 -> "Assertion failure";
                    default -> "Exception";
                };
        var text = new StringBuilder(name);
        text.append(
                String.format(
                        Locale.ROOT,
                        " - code %08x (%s chance)",
                        e.code(),
                        e.firstChance() ? "first" : "second"));
        if (e.code() == 0xc0000005 && e.parameters().size() >= 2) {
            long how = e.parameters().get(0);
            text.append(how == 0 ? " reading " : how == 1 ? " writing " : " executing ");
            text.append(Long.toHexString(e.parameters().get(1)));
        }
        return text.toString();
    }
}
