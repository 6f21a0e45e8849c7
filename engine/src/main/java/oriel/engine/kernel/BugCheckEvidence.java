package oriel.engine.kernel;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.format.kdump.HeaderException;
import oriel.format.minidump.ProcessorContext;
import oriel.format.minidump.XstateLayout;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.BugCheck;
import oriel.model.Memory;
import oriel.model.RegisterSet;
import oriel.model.TargetException;
import oriel.model.ThreadRef;

/**
 * What the parameters of a bug check point to: the exception record, the registers at the fault.
 * Public documents of bug check codes tell which parameter is what.
 *
 * @param exception the exception behind the bug check; from its record, or made of the parameters
 * @param registers at the fault, from a context record or a trap frame
 * @param origin where the registers came from, in words; empty without
 * @param irql at the fault, when a parameter tells it
 */
public record BugCheckEvidence(
        Optional<TargetException> exception,
        Optional<RegisterSet> registers,
        String origin,
        OptionalInt irql) {
    private static final int ACCESS_VIOLATION = 0xc0000005;
    private static final int FAST_FAIL = 0xc0000409;
    private static final int DOUBLE_FAULT = 8;

    /**
     * Reads what a bug check points to.
     *
     * @param stack of the thread that stopped the system, from its stack pointer up
     */
    public static BugCheckEvidence of(
            BugCheck bugCheck, Memory memory, Architecture architecture, AddressRange stack) {
        return new Reader(bugCheck, new KernelMemory(memory, architecture), stack).read();
    }

    /** Nothing is known. */
    public static BugCheckEvidence none() {
        return new BugCheckEvidence(Optional.empty(), Optional.empty(), "", OptionalInt.empty());
    }

    private static final class Reader {
        private final BugCheck bugCheck;
        private final KernelMemory memory;
        private final AddressRange stack;
        private final ThreadRef thread;
        private Optional<TargetException> exception = Optional.empty();
        private Optional<RegisterSet> registers = Optional.empty();
        private String origin = "";
        private OptionalInt irql = OptionalInt.empty();

        Reader(BugCheck bugCheck, KernelMemory memory, AddressRange stack) {
            this.bugCheck = bugCheck;
            this.memory = memory;
            this.stack = stack;
            this.thread = bugCheck.thread();
        }

        private long p(int position) {
            return bugCheck.parameter(position - 1);
        }

        BugCheckEvidence read() {
            switch ((int) bugCheck.baseCode()) {
                case 0x0a, 0xd1, 0xc5, 0xd0, 0xd3, 0xd4, 0xdb -> {
                    irql = p(2) <= 31 && p(2) >= 0 ? OptionalInt.of((int) p(2)) : irql;
                    access(p(1), p(3), p(4));
                }
                case 0x50, 0xcc, 0xcd, 0xce, 0xcf, 0xd5, 0xd6 ->
                        access(p(1), ofPageFault(p(2)), p(3));
                case 0xfc -> noExecute(p(1));
                case 0x7f -> {
                    if (p(1) == DOUBLE_FAULT) {
                        trapAt(p(4));
                    }
                }
                case 0x1e -> {
                    raised(p(1), p(2), List.of(p(3), p(4)));
                    trapAt(p(2));
                }
                case 0x3b -> {
                    raised(p(1), p(2), List.of());
                    context(p(3));
                }
                case 0x7e -> {
                    record(p(3));
                    raised(p(1), p(2), List.of());
                    context(p(4));
                }
                case 0x8e -> {
                    raised(p(1), p(2), List.of());
                    trap(p(3));
                }
                case 0x139 -> {
                    record(p(3));
                    trap(p(2));
                    if (exception.isEmpty()) {
                        raised(
                                FAST_FAIL,
                                registers.map(r -> r.pc().orElse(0)).orElse(0L),
                                List.of(p(1)));
                    }
                }
                case 0x22, 0x23, 0x24, 0x26, 0x27, 0x34, 0x12c, 0x149 -> {
                    record(p(2));
                    context(p(3));
                }
                case 0x3d, 0x10f -> {
                    record(p(1));
                    context(p(2));
                }
                case 0x1aa, 0x1ab -> {
                    record(p(3));
                    context(p(4));
                }
                default -> {}
            }
            return new BugCheckEvidence(exception, registers, origin, irql);
        }

        /**
         * Since Windows 10 x86 and x64 pass on bits of the processor's error code: 2 a write, 0x10
         * an execution. Before, and on ARM, they are 1 and 8.
         */
        private long ofPageFault(long operation) {
            return operation == 2 ? 1 : operation == 0x10 ? 8 : operation;
        }

        private void access(long va, long operation, long pc) {
            long kind = operation == 1 ? 1 : operation == 2 || operation == 8 ? 8 : 0;
            if (pc != 0) {
                raised(ACCESS_VIOLATION, pc, List.of(kind, va));
                trapAt(pc);
            }
        }

        /** The address was jumped to: it is where the processor wanted to go on. */
        private void noExecute(long va) {
            raised(ACCESS_VIOLATION, va, List.of(8L, va));
            trapAt(va);
        }

        /** Keeps what a record told before. */
        private void raised(long code, long pc, List<Long> parameters) {
            if (exception.isEmpty()) {
                exception =
                        Optional.of(
                                new TargetException(
                                        thread,
                                        (int) code,
                                        0,
                                        pc,
                                        OptionalLong.empty(),
                                        parameters));
            }
        }

        private void record(long va) {
            boolean wide = memory.pointerSize() == 8;
            byte[] bytes = memory.memory().readUpTo(va, wide ? 152 : 80);
            if (va == 0 || bytes.length < (wide ? 152 : 80)) {
                return;
            }
            HeaderException found = HeaderException.read(Bytes.of(bytes, "exception"), wide);
            if (found.isPresent()) {
                exception =
                        Optional.of(
                                new TargetException(
                                        thread,
                                        found.code(),
                                        found.flags(),
                                        found.address(),
                                        found.nestedVa() == 0
                                                ? OptionalLong.empty()
                                                : OptionalLong.of(found.nestedVa()),
                                        found.parameters()));
            }
        }

        private void context(long va) {
            if (va == 0 || registers.isPresent()) {
                return;
            }
            byte[] bytes = memory.memory().readUpTo(va, ContextSize.of(memory.architecture()));
            try {
                registers =
                        ProcessorContext.read(
                                        Bytes.of(bytes, "context"),
                                        memory.architecture(),
                                        XstateLayout.NONE)
                                .map(ProcessorContext::registers)
                                .filter(r -> r.pc().isPresent());
                origin = registers.isPresent() ? "context record at " + hex(va) : "";
            } catch (FormatException e) {
                registers = Optional.empty();
            }
        }

        private void trap(long va) {
            if (va != 0 && registers.isEmpty()) {
                registers = new TrapFrame(memory).at(va);
                origin = registers.isPresent() ? "trap frame at " + hex(va) : "";
            }
        }

        /** The frame of the trap is not told, but lies on the stack. */
        private void trapAt(long pc) {
            if (registers.isEmpty()) {
                registers = new TrapFrame(memory).find(stack, pc);
                origin = registers.isPresent() ? "trap frame found on the stack" : "";
            }
        }

        private static String hex(long va) {
            return Long.toHexString(va);
        }
    }
}
