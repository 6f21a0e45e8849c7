package oriel.win32;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import oriel.model.Architecture;
import oriel.win32.raw.Failures;
import oriel.win32.raw.Ntdll;

/**
 * Model-specific registers of the processor, by the number that its manual gives them. Windows
 * hands them out through NtSystemDebugControl, to administrators with the debug privilege, and the
 * versions since Windows Vista mostly refuse; a kernel session reads them on any ({@code rdmsr}).
 * With several processors it is that on which the call happens to run.
 */
public final class ModelRegisters {
    /** IA32_DEBUGCTL: records of branches, steps from branch to branch. */
    public static final int DEBUG_CONTROL = 0x1d9;

    private static final int READ = 16;
    private static final int WRITE = 17;
    private static final int SIZE = 16;
    private static final int VALUE = 8;
    private static final int NOT_SUPPORTED = 50;

    /** NtSystemDebugControl, as far as it is used here. */
    interface Control {
        int call(int command, Pointer in, int inSize, Pointer out, int outSize);
    }

    private ModelRegisters() {}

    /**
     * Reads one.
     *
     * @param number unsigned 32 bits
     * @throws oriel.driver.DriverException when the system refuses, or the processor has none
     */
    public static long read(int number) {
        return read(number, SystemFacts.machine(), ModelRegisters::control);
    }

    /**
     * Writes one. What that does is between the writer and the processor.
     *
     * @throws oriel.driver.DriverException when the system refuses, or the processor has none
     */
    public static void write(int number, long value) {
        write(number, value, SystemFacts.machine(), ModelRegisters::control);
    }

    static long read(int number, Architecture machine, Control control) {
        try (var register = new Memory(SIZE)) {
            register.clear();
            register.setInt(0, number);
            ask(READ, number, register, machine, control);
            return register.getLong(VALUE);
        }
    }

    static void write(int number, long value, Architecture machine, Control control) {
        try (var register = new Memory(SIZE)) {
            register.clear();
            register.setInt(0, number);
            register.setLong(VALUE, value);
            ask(WRITE, number, register, machine, control);
        }
    }

    private static void ask(
            int command, int number, Memory register, Architecture machine, Control control) {
        String call = "NtSystemDebugControl MSR 0x" + Integer.toHexString(number);
        if (machine != Architecture.X64 && machine != Architecture.X86) {
            throw Failures.of(call, NOT_SUPPORTED);
        }
        Failures.check(call, control.call(command, register, SIZE, register, SIZE));
    }

    private static int control(int command, Pointer in, int inSize, Pointer out, int outSize) {
        return Ntdll.NtSystemDebugControl(command, in, inSize, out, outSize, null);
    }
}
