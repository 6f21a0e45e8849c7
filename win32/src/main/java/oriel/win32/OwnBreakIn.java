package oriel.win32;

import java.util.OptionalLong;
import oriel.driver.DriverException;
import oriel.model.Architecture;
import oriel.win32.raw.Kernel32;

/**
 * Stops a process by a breakpoint in code of our own. Programs that do not want to be debugged
 * write over DbgUiRemoteBreakin, by which the system stops them: then a debugger that breaks in
 * ends them.
 */
final class OwnBreakIn {
    private static final int NOP = 0x90;

    /** int3; xor eax, eax; ret */
    private static final byte[] X64 = {(byte) 0xcc, 0x31, (byte) 0xc0, (byte) 0xc3};

    /** int3; xor eax, eax; ret 4 */
    private static final byte[] X86 = {(byte) 0xcc, 0x31, (byte) 0xc0, (byte) 0xc2, 4, 0};

    private final WindowsProcess process;
    private OptionalLong code = OptionalLong.empty();

    OwnBreakIn(WindowsProcess process) {
        this.process = process;
    }

    /** Whether there is code for processes of an architecture. */
    static boolean isKnown(Architecture architecture) {
        return architecture.isIntel();
    }

    /** Starts a thread that breaks in. Returns whether it could. */
    synchronized boolean begin() {
        try {
            if (code.isEmpty()) {
                byte[] bytes = process.architecture() == Architecture.X86 ? X86 : X64;
                ProcessMemory memory = process.memory();
                long va = memory.allocate(0, bytes.length, Protection.EXECUTE_READ_WRITE);
                memory.write(va, bytes);
                code = OptionalLong.of(va);
            }
            Kernel32.CloseHandle(RemoteCode.startThread(process, code.getAsLong(), 0));
            return true;
        } catch (DriverException e) {
            // It is ending.
            return false;
        }
    }

    /** Whether a breakpoint is this one. */
    synchronized boolean isAt(long va) {
        return code.isPresent() && code.getAsLong() == va;
    }

    /** A thread that is still on its way must not find a breakpoint of nobody's. */
    synchronized void end() {
        if (code.isPresent()) {
            try {
                process.memory().write(code.getAsLong(), new byte[] {(byte) NOP});
            } catch (DriverException e) {
                // It has ended, or has freed the page itself.
                code = OptionalLong.empty();
            }
        }
    }
}
