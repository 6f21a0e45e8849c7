package oriel.engine.session;

import java.util.ArrayList;
import java.util.List;
import oriel.model.AddressRange;

/**
 * Lets the system read and write closed pages when the program asks it to: reads and writes of
 * files, devices and memory, of which a system without our knowledge would say that the program may
 * not use the memory. Watches of the buffers are told when the call begins; breakpoints that the
 * system has written over are set again when it ends.
 */
final class SystemBuffers {
    private static final long THIS_PROCESS = -1;
    private static final long MOST_BYTES = 1L << 32;

    /** What a function does with the bytes at one of its arguments; the next tells how many. */
    private record Use(int argument, int size, Access access) {}

    private record Function(String name, int arguments, boolean ofProcess, List<Use> uses) {}

    private static final List<Function> FUNCTIONS =
            List.of(
                    new Function("NtReadFile", 9, false, List.of(new Use(5, 6, Access.WRITE))),
                    new Function("NtWriteFile", 9, false, List.of(new Use(5, 6, Access.READ))),
                    new Function(
                            "NtDeviceIoControlFile",
                            10,
                            false,
                            List.of(new Use(6, 7, Access.READ), new Use(8, 9, Access.WRITE))),
                    new Function(
                            "NtFsControlFile",
                            10,
                            false,
                            List.of(new Use(6, 7, Access.READ), new Use(8, 9, Access.WRITE))),
                    new Function(
                            "NtReadVirtualMemory",
                            5,
                            true,
                            List.of(new Use(1, 3, Access.READ), new Use(2, 3, Access.WRITE))),
                    new Function(
                            "NtWriteVirtualMemory",
                            5,
                            true,
                            List.of(new Use(1, 3, Access.WRITE), new Use(2, 3, Access.READ))));

    private final Runner runner;
    private boolean watching;

    SystemBuffers(Runner runner) {
        this.runner = runner;
    }

    /**
     * Whether a handle is the one by which every process knows itself. Programs that open
     * themselves by their id have others, and are not followed.
     */
    static boolean isOwn(long handle) {
        return handle == THIS_PROCESS || (int) handle == THIS_PROCESS;
    }

    /** Begins with the first page that is closed. */
    void watch() {
        if (!watching) {
            watching = true;
            FUNCTIONS.forEach(this::watch);
        }
    }

    private void watch(Function function) {
        Signature signature = Signature.of(function.name, function.arguments);
        runner.session()
                .hook("ntdll!" + function.name, signature)
                .when(
                        "pages of ours",
                        (hit, stop) -> {
                            List<Long> arguments = CallArguments.values(signature, stop);
                            for (Use use : function.uses) {
                                if (space(stop).uses(bytes(function, use, arguments))) {
                                    return true;
                                }
                            }
                            return false;
                        })
                .onEnter(
                        (call, stop) -> {
                            var arguments = new ArrayList<Long>();
                            for (int i = 0; i < function.arguments; i++) {
                                arguments.add(call.argument(i));
                            }
                            for (Use use : function.uses) {
                                used(call, bytes(function, use, arguments), use.access, stop);
                            }
                        })
                .onLeave(
                        (call, stop) -> {
                            ProcessSpace space = space(stop);
                            for (long page : space.pages().endExemption(call.thread())) {
                                space.traps().restore(page);
                            }
                        });
    }

    private ProcessSpace space(Stop stop) {
        return runner.space(stop.processId()).orElseThrow();
    }

    private static AddressRange bytes(Function function, Use use, List<Long> arguments) {
        // The memory of another process is nothing to us, a buffer of ours for it is.
        boolean foreign = function.ofProcess && use.argument == 1 && !isOwn(arguments.get(0));
        long va = arguments.get(use.argument);
        // Functions of files take 32 bits, in registers whose other half is anything.
        long given = arguments.get(use.size);
        long size = function.ofProcess ? given : given & 0xffffffffL;
        return foreign || va == 0 || size <= 0
                ? AddressRange.EMPTY
                : new AddressRange(va, Math.min(size, MOST_BYTES));
    }

    private void used(FunctionCall call, AddressRange bytes, Access access, Stop stop) {
        if (bytes.sizeBytes() == 0) {
            return;
        }
        ProcessSpace space = space(stop);
        space.pages().exempt(call.thread(), bytes);
        for (Breakpoint each : space.pages().watching(bytes)) {
            // Debug registers are not told of what the system does either.
            if (each.kind() == Breakpoint.Kind.PAGE && each.access().wants(access)) {
                long first = each.addressIn(space.processId()).orElse(bytes.start());
                long accessVa = bytes.contains(first) ? first : bytes.start();
                runner.breakpoints()
                        .hit(each, space, call.thread(), call.functionVa(), access, accessVa);
            }
        }
    }
}
