package oriel.engine.session;

import oriel.model.AddressRange;

/**
 * Lets the system read and write closed pages when the program asks it to: reads and writes of
 * files and devices, of which a system without our knowledge would say that the program may not use
 * the memory. Watches of the buffers are told when the call begins.
 */
final class SystemBuffers {
    private static final String[] FUNCTIONS = {
        "NtReadFile", "NtWriteFile", "NtDeviceIoControlFile", "NtFsControlFile"
    };

    private final Runner runner;
    private boolean watching;

    SystemBuffers(Runner runner) {
        this.runner = runner;
    }

    /** Begins with the first watch. */
    void watch() {
        if (watching) {
            return;
        }
        watching = true;
        for (String name : FUNCTIONS) {
            boolean control = name.endsWith("ControlFile");
            Signature signature = Signature.of(name, control ? 10 : 9);
            Hook hook = runner.session().hook("ntdll!" + name, signature);
            if (control) {
                hook.onEnter(
                        (call, stop) -> {
                            uses(call, 6, Access.READ, stop);
                            uses(call, 8, Access.WRITE, stop);
                        });
            } else {
                Access access = name.equals("NtReadFile") ? Access.WRITE : Access.READ;
                hook.onEnter((call, stop) -> uses(call, 5, access, stop));
            }
            hook.onLeave((call, stop) -> pages(stop).endExemption(call.thread()));
        }
    }

    private PageTraps pages(Stop stop) {
        return runner.space(stop.processId()).orElseThrow().pages();
    }

    /** A call gets a buffer, and behind it how many bytes there are. */
    private void uses(FunctionCall call, int index, Access access, Stop stop) {
        long va = call.argument(index);
        long size = call.argument(index + 1) & 0xffffffffL;
        if (va == 0 || size == 0) {
            return;
        }
        ProcessSpace space = runner.space(stop.processId()).orElseThrow();
        var bytes = new AddressRange(va, size);
        space.pages().exempt(call.thread(), bytes);
        for (Breakpoint each : space.pages().watching(bytes)) {
            // Debug registers are not told of what the system does either.
            if (each.kind() == Breakpoint.Kind.PAGE && each.access().wants(access)) {
                long first = each.addressIn(space.processId()).orElse(va);
                long accessVa = bytes.contains(first) ? first : va;
                runner.breakpoints()
                        .hit(each, space, call.thread(), call.functionVa(), access, accessVa);
            }
        }
    }
}
