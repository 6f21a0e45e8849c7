import oriel.model.Register;
import oriel.model.RegisterSet;
import oriel.model.Registers;
import oriel.win32.ThreadEntry;
import oriel.win32.WindowsProcess;
import oriel.win32.WindowsThread;

/** Shows the registers of each thread of a process: {@code ThreadRegisters 4242}. */
public class ThreadRegisters {
    public static void main(String[] args) {
        try (WindowsProcess process = WindowsProcess.open(Long.parseLong(args[0]))) {
            for (ThreadEntry entry : process.threads()) {
                try (WindowsThread thread = WindowsThread.open(process, entry.threadId())) {
                    thread.suspend();
                    RegisterSet registers = thread.registers();
                    thread.resume();
                    System.out.println("thread " + entry.threadId());
                    for (Register register : Registers.of(registers.architecture())) {
                        if (register.bits() == 64 && registers.has(register)) {
                            long value = registers.value(register).getAsLong();
                            System.out.printf("  %s=%016x%n", register.name(), value);
                        }
                    }
                }
            }
        }
    }
}
