package oriel.engine.session;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import oriel.model.Architecture;
import oriel.model.ThreadRef;

/**
 * Hides the debugger from programs that look for one: what the system writes into a debugged
 * process is taken out again, and system calls that would tell of a debugger answer as they do
 * without. Exceptions by which programs look for debuggers are {@link ExceptionRules#hostile}.
 */
final class Concealment implements SessionPart {
    private static final long PORT_NOT_SET = 0xc0000353L;
    private static final long DEBUG_PORT = 7;
    private static final long DEBUG_OBJECT = 30;
    private static final long DEBUG_FLAGS = 31;
    private static final long HIDE_THREAD = 17;
    private static final long CREATE_HIDDEN = 4;

    /** CONTEXT_DEBUG_REGISTERS without the bits of an architecture. */
    private static final long DEBUG_REGISTERS = 0x10;

    private static final long KERNEL_DEBUGGER = 35;
    private static final long KERNEL_DEBUGGER_EX = 149;
    private static final long OBJECT_TYPE = 2;
    private static final long ALL_TYPES = 3;
    private static final long THIS_THREAD = -2;
    private static final String DEBUG_OBJECT_TYPE = "DebugObject";
    private static final int MOST_TYPES = 1 << 16;

    private final Runner runner;
    private final List<Hook> hooks = new ArrayList<>();
    private final Breakpoint dispatcher;

    /** Processes past the loader's own breakpoint, which comes only where a debugger is seen. */
    private final Set<Long> ready = new HashSet<>();

    /** Threads that believe they are hidden from us. */
    private final Set<ThreadRef> hiding = new HashSet<>();

    Concealment(Runner runner) {
        this.runner = runner;
        runner.parts().add(this);
        // Reads the mark of being debugged, which cannot be taken away everywhere.
        hook(
                "kernelbase!",
                Signature.parse("BOOL IsDebuggerPresent(void)"),
                (call, stop) -> {},
                (call, stop) -> {
                    if (call.hasReturned()) {
                        call.setResult(0, stop);
                    }
                });
        hook("NtQueryInformationProcess", (call, stop) -> {}, Concealment::process);
        hook("NtSetInformationThread", this::setThread, (call, stop) -> {});
        hook("NtQueryInformationThread", (call, stop) -> {}, this::thread);
        hook("NtCreateThreadEx", Concealment::createThread, (call, stop) -> {});
        hook("NtQuerySystemInformation", (call, stop) -> {}, Concealment::system);
        hook("NtQueryObject", (call, stop) -> {}, Concealment::object);
        hook("NtGetContextThread", (call, stop) -> {}, this::context);
        dispatcher =
                runner.breakpoints()
                        .addHidden("ntdll!KiUserExceptionDispatcher")
                        .run((hit, stop) -> dispatched(stop));
        runner.driver().interruptByOwnCode(true);
        runner.spaces().forEach(this::processReady);
    }

    private void hook(String name, Hook.CallAction enter, Hook.CallAction leave) {
        Signature signature =
                KnownDeclarations.windows()
                        .function(name)
                        .orElseThrow(() -> new IllegalStateException(name + " is not declared"));
        hook("ntdll!", signature, enter, leave);
    }

    private void hook(
            String module, Signature signature, Hook.CallAction enter, Hook.CallAction leave) {
        hooks.add(
                runner.session()
                        .hook(module + signature.name(), signature)
                        .onEnter(whenReady(enter))
                        .onLeave(whenReady(leave)));
    }

    private Hook.CallAction whenReady(Hook.CallAction action) {
        return (call, stop) -> {
            if (ready.contains(stop.processId())) {
                action.on(call, stop);
            }
        };
    }

    void end() {
        runner.parts().remove(this);
        hooks.forEach(Hook::remove);
        hooks.clear();
        dispatcher.erase();
        runner.driver().interruptByOwnCode(false);
    }

    @Override
    public void processReady(ProcessSpace space) {
        ready.add(space.processId());
        DebuggerTraces.clear(space, runner.driver().canHideMark());
    }

    @Override
    public void processExited(ProcessSpace space) {
        ready.remove(space.processId());
    }

    @Override
    public void threadExited(ProcessSpace space, ThreadRef thread) {
        hiding.remove(thread);
    }

    private static boolean succeeded(FunctionCall call, Stop stop) {
        return call.hasReturned() && (int) call.result(stop) >= 0;
    }

    /** CheckRemoteDebuggerPresent asks for the port. */
    private static void process(FunctionCall call, Stop stop) {
        long what = call.argument("ProcessInformationClass");
        long into = call.argument("ProcessInformation");
        if (!succeeded(call, stop)) {
            return;
        }
        int pointer = stop.architecture().pointerSize();
        if (what == DEBUG_PORT) {
            stop.writeNumber(into, 0, pointer);
        } else if (what == DEBUG_OBJECT) {
            stop.writeNumber(into, 0, pointer);
            call.setResult(PORT_NOT_SET, stop);
        } else if (what == DEBUG_FLAGS) {
            stop.writeNumber(into, 1, 4);
        }
    }

    /** A thread that really hid would be lost to us, and die of the next trap. */
    private void setThread(FunctionCall call, Stop stop) {
        if (call.argument("ThreadInformationClass") == HIDE_THREAD
                && call.argument("ThreadInformationLength") == 0) {
            hiding.add(call.thread());
            call.answer(0, stop);
        }
    }

    private void thread(FunctionCall call, Stop stop) {
        long handle = call.argument("ThreadHandle");
        boolean own = handle == THIS_THREAD || (int) handle == THIS_THREAD;
        if (succeeded(call, stop)
                && call.argument("ThreadInformationClass") == HIDE_THREAD
                && (own ? hiding.contains(call.thread()) : !hiding.isEmpty())) {
            stop.writeNumber(call.argument("ThreadInformation"), 1, 1);
        }
    }

    private static void createThread(FunctionCall call, Stop stop) {
        long flags = call.argument("CreateFlags");
        if ((flags & CREATE_HIDDEN) != 0) {
            call.setArgument("CreateFlags", flags & ~CREATE_HIDDEN, stop);
        }
    }

    private static void system(FunctionCall call, Stop stop) {
        long what = call.argument("SystemInformationClass");
        long into = call.argument("SystemInformation");
        if (!succeeded(call, stop)) {
            return;
        }
        if (what == KERNEL_DEBUGGER) {
            // KernelDebuggerEnabled, KernelDebuggerNotPresent
            stop.write(into, new byte[] {0, 1});
        } else if (what == KERNEL_DEBUGGER_EX) {
            stop.write(into, new byte[] {0, 0, 0});
        }
    }

    /** Debuggers have debug objects, which are counted by type. */
    private static void object(FunctionCall call, Stop stop) {
        long what = call.argument("ObjectInformationClass");
        if (what != OBJECT_TYPE && what != ALL_TYPES || !succeeded(call, stop)) {
            return;
        }
        long into = call.argument("ObjectInformation");
        int size = (int) Math.min(call.argument("ObjectInformationLength"), MOST_TYPES);
        int pointer = stop.architecture().pointerSize();
        int nameBytes = DEBUG_OBJECT_TYPE.length() * 2;
        for (int at = 0; at + 2 * pointer + 8 <= size; at += 4) {
            long va = into + at;
            if (stop.memory().unsigned(va, 2).orElse(0) == nameBytes
                    && TargetText.counted(stop.memory(), va, stop.architecture())
                            .equals(DEBUG_OBJECT_TYPE)) {
                // TotalNumberOfObjects, TotalNumberOfHandles
                stop.writeNumber(va + 2L * pointer, 0, 8);
            }
        }
    }

    private boolean usesDebugRegisters(Stop stop) {
        return runner.space(stop.processId()).filter(s -> s.slots().wasUsed()).isPresent();
    }

    /** Programs that look at their debug registers see none of ours. */
    private void context(FunctionCall call, Stop stop) {
        if (usesDebugRegisters(stop) && succeeded(call, stop)) {
            clearDebugRegisters(call.argument("ThreadContext"), stop);
        }
    }

    private static void clearDebugRegisters(long contextVa, Stop stop) {
        boolean wide = stop.architecture() == Architecture.X64;
        // Dr0 to Dr3, Dr6 and Dr7
        stop.write(contextVa + (wide ? 0x48 : 4), new byte[wide ? 48 : 24]);
    }

    /**
     * Handlers of exceptions get a context, too, which lies on the stack when the system calls
     * them. What it says no more of debug registers must not be set when the program goes on with
     * it.
     */
    private void dispatched(Stop stop) {
        if (!usesDebugRegisters(stop)) {
            return;
        }
        boolean wide = stop.architecture() == Architecture.X64;
        long context = wide ? stop.sp() : stop.readPointer(stop.sp() + 4);
        clearDebugRegisters(context, stop);
        long flagsVa = context + (wide ? 0x30 : 0);
        stop.writeNumber(flagsVa, stop.readNumber(flagsVa, 4) & ~DEBUG_REGISTERS, 4);
    }
}
