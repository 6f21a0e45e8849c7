package oriel.engine.emulate;

import java.util.Optional;
import java.util.OptionalLong;
import oriel.engine.disasm.CodeRegister;
import oriel.engine.disasm.Disassembler;
import oriel.engine.disasm.Instruction;
import oriel.engine.disasm.Operand;
import oriel.model.Architecture;
import oriel.model.Memory;
import oriel.model.Register;
import oriel.model.RegisterSet;
import oriel.model.Registers;

/**
 * Executes one simple instruction of x86 or x64: push and pop of registers and immediates, mov,
 * lea, add, sub, and, or, xor, test, cmp, nop, direct call and jmp, near ret, movzx, movsx, xchg,
 * inc, dec, shl, shr, sar. Everything else is refused, and so is what cannot be done exactly:
 * memory that cannot be read, registers that are not known, segments fs and gs, locked accesses,
 * and call and ret of a thread with a shadow stack.
 *
 * <p>Flags that the manual calls undefined are set as follows, and a program that reads them is
 * wrong anyway: the adjust flag becomes 0 after logical instructions and shifts; overflow after
 * shifts by more than one is as for the last single step. A set trap flag raises nothing.
 *
 * <p>Not for more than one thread at a time.
 */
public final class SimpleEmulator {

    private final Architecture architecture;
    private final Disassembler disassembler;
    private final Instruction instruction = new Instruction();
    private final Register flags;
    private final Register pc;
    private final Register sp;

    /**
     * @param architecture X86 or X64
     */
    public SimpleEmulator(Architecture architecture) {
        if (!architecture.isIntel()) {
            throw new IllegalArgumentException("no emulator for " + architecture);
        }
        this.architecture = architecture;
        this.disassembler = Disassembler.of(architecture);
        this.flags = Registers.require(architecture, "efl");
        this.pc = Registers.programCounter(architecture);
        this.sp = Registers.stackPointer(architecture);
    }

    /**
     * Executes the instruction at the program counter.
     *
     * @param code its bytes, as the program wrote them; may be longer
     * @param registers before; the program counter must be known
     * @param memory what it may load from
     * @param writer takes its store, at most one, before this method returns
     * @return the registers afterwards, or empty when the instruction is refused; then nothing was
     *     written
     */
    public Optional<RegisterSet> execute(
            byte[] code, RegisterSet registers, Memory memory, MemoryWriter writer) {
        OptionalLong at = registers.pc();
        if (at.isEmpty() || code.length == 0 || registers.architecture() != architecture) {
            return Optional.empty();
        }
        int limit = Math.min(code.length, Disassembler.LONGEST);
        if (!disassembler.decode(code, 0, limit, at.getAsLong(), instruction)
                || instruction.has(Instruction.LOCK)) {
            return Optional.empty();
        }
        var run = new Run(registers, memory);
        return run.execute() ? run.finish(writer) : Optional.empty();
    }

    /** One execution: registers change in copies, the store waits until all is well. */
    private final class Run {
        private final RegisterSet before;
        private RegisterSet after;
        private final Memory memory;
        private long next = instruction.nextVa();
        private long storeVa;
        private byte[] store = {};

        Run(RegisterSet before, Memory memory) {
            this.before = before;
            this.after = before;
            this.memory = memory;
        }

        Optional<RegisterSet> finish(MemoryWriter writer) {
            if (store.length > 0 && !writer.write(storeVa, store)) {
                return Optional.empty();
            }
            return Optional.of(after.with(pc, next));
        }

        boolean execute() {
            return switch (instruction.mnemonic()) {
                case "nop" -> true;
                case "mov", "movzx" -> move(false);
                case "movsx", "movsxd" -> move(true);
                case "lea" -> address();
                case "add", "sub", "cmp", "and", "or", "xor", "test" -> arithmetic();
                case "inc", "dec" -> count();
                case "shl", "sal", "shr", "sar" -> shift();
                case "xchg" -> exchange();
                case "push" -> push();
                case "pop" -> pop();
                case "call" -> call();
                case "jmp" -> jump();
                case "ret" -> returns();
                default -> false;
            };
        }

        private boolean move(boolean signed) {
            Operand to = instruction.operand(0);
            Operand from = instruction.operand(1);
            OptionalLong value = load(from);
            if (value.isEmpty()) {
                return false;
            }
            long number = value.getAsLong();
            return store(to, signed ? extend(number, from.sizeBytes()) : number);
        }

        private static long extend(long value, int bytes) {
            int unused = 64 - bytes * 8;
            return value << unused >> unused;
        }

        private boolean address() {
            OptionalLong va = instruction.effectiveAddress(instruction.operand(1), before);
            return va.isPresent() && store(instruction.operand(0), va.getAsLong());
        }

        private boolean arithmetic() {
            Operand to = instruction.operand(0);
            OptionalLong left = load(to);
            OptionalLong right = load(instruction.operand(1));
            if (left.isEmpty() || right.isEmpty()) {
                return false;
            }
            long a = left.getAsLong();
            long b = right.getAsLong();
            int bytes = to.sizeBytes();
            return switch (instruction.mnemonic()) {
                case "add" -> result(to, a + b, X86Flags.add(a, b, bytes));
                case "sub" -> result(to, a - b, X86Flags.subtract(a, b, bytes));
                case "cmp" -> flags(X86Flags.ALL, X86Flags.subtract(a, b, bytes));
                case "and" -> result(to, a & b, X86Flags.result(a & b, bytes));
                case "or" -> result(to, a | b, X86Flags.result(a | b, bytes));
                case "xor" -> result(to, a ^ b, X86Flags.result(a ^ b, bytes));
                default -> flags(X86Flags.ALL, X86Flags.result(a & b, bytes));
            };
        }

        private boolean result(Operand to, long value, int newFlags) {
            return store(to, value) && flags(X86Flags.ALL, newFlags);
        }

        private boolean flags(int changed, int values) {
            OptionalLong old = before.value(flags);
            if (old.isEmpty()) {
                return false;
            }
            after = after.with(flags, old.getAsLong() & ~changed | values & changed);
            return true;
        }

        private boolean count() {
            Operand to = instruction.operand(0);
            OptionalLong value = load(to);
            if (value.isEmpty()) {
                return false;
            }
            long old = value.getAsLong();
            boolean up = instruction.mnemonic().equals("inc");
            int bytes = to.sizeBytes();
            int newFlags = up ? X86Flags.add(old, 1, bytes) : X86Flags.subtract(old, 1, bytes);
            return store(to, up ? old + 1 : old - 1)
                    && flags(X86Flags.ALL & ~X86Flags.CARRY, newFlags);
        }

        private boolean shift() {
            Operand to = instruction.operand(0);
            OptionalLong value = load(to);
            OptionalLong amount = load(instruction.operand(1));
            if (value.isEmpty() || amount.isEmpty()) {
                return false;
            }
            int bytes = to.sizeBytes();
            int count = (int) amount.getAsLong() & (bytes == 8 ? 63 : 31);
            long old = value.getAsLong();
            if (count == 0) {
                return store(to, old);
            }
            int bits = bytes * 8;
            long result;
            boolean carry;
            boolean overflow;
            switch (instruction.mnemonic()) {
                case "shr" -> {
                    result = old >>> count;
                    carry = (old >>> count - 1 & 1) != 0;
                    overflow = X86Flags.negative(old >>> count - 1, bytes);
                }
                case "sar" -> {
                    long wide = extend(old, bytes);
                    result = wide >> count;
                    carry = (wide >> count - 1 & 1) != 0;
                    overflow = false;
                }
                default -> {
                    result = old << count;
                    carry = count <= bits && (old >>> bits - count & 1) != 0;
                    overflow = X86Flags.negative(result, bytes) != carry;
                }
            }
            int newFlags = X86Flags.result(result, bytes);
            newFlags |= carry ? X86Flags.CARRY : 0;
            newFlags |= overflow ? X86Flags.OVERFLOW : 0;
            return result(to, result, newFlags);
        }

        private boolean exchange() {
            Operand first = instruction.operand(0);
            Operand second = instruction.operand(1);
            OptionalLong a = load(first);
            OptionalLong b = load(second);
            return a.isPresent()
                    && b.isPresent()
                    && store(first, b.getAsLong())
                    && store(second, a.getAsLong());
        }

        private boolean push() {
            Operand from = instruction.operand(0);
            int bytes = -instruction.stackDelta().orElse(0);
            OptionalLong value = from.isMemory() ? OptionalLong.empty() : load(from);
            return value.isPresent() && bytes > 0 && push(value.getAsLong(), bytes);
        }

        private boolean push(long value, int bytes) {
            OptionalLong top = before.sp();
            if (top.isEmpty()) {
                return false;
            }
            long va = top.getAsLong() - bytes & architecture.addressMask();
            after = after.with(sp, va);
            return keep(va, value, bytes);
        }

        private boolean pop() {
            Operand to = instruction.operand(0);
            int bytes = to.sizeBytes();
            OptionalLong value = to.isMemory() ? OptionalLong.empty() : top(bytes);
            if (value.isEmpty() || to.register().kind() != CodeRegister.Kind.GENERAL) {
                return false;
            }
            release(bytes);
            boolean moves = to.register().in(architecture).filter(sp::equals).isPresent();
            if (moves && bytes != architecture.pointerSize()) {
                return false;
            }
            return store(to, value.getAsLong());
        }

        private OptionalLong top(int bytes) {
            OptionalLong top = before.sp();
            return top.isEmpty() ? top : memory.unsigned(top.getAsLong(), bytes);
        }

        private void release(long bytes) {
            after = after.with(sp, before.sp().getAsLong() + bytes & architecture.addressMask());
        }

        private boolean call() {
            OptionalLong target = near();
            long back = next;
            if (target.isEmpty() || hasShadowStack()) {
                return false;
            }
            next = target.getAsLong();
            return push(back, architecture.pointerSize());
        }

        private boolean jump() {
            OptionalLong target = near();
            target.ifPresent(va -> next = va);
            return target.isPresent();
        }

        /** The target of a direct branch, unless an operand size of 16 bits cuts it. */
        private OptionalLong near() {
            Operand to = instruction.operand(0);
            boolean whole =
                    to.kind() == Operand.Kind.TARGET
                            && to.sizeBytes() == architecture.pointerSize();
            return whole ? OptionalLong.of(to.value()) : OptionalLong.empty();
        }

        private boolean returns() {
            int bytes = architecture.pointerSize();
            long extra = instruction.operandCount() == 0 ? 0 : instruction.operand(0).value();
            OptionalLong back = top(bytes);
            boolean whole = instruction.stackDelta().orElse(0) == bytes + extra;
            if (back.isEmpty() || !whole || hasShadowStack()) {
                return false;
            }
            release(bytes + extra);
            next = back.getAsLong();
            return true;
        }

        private boolean hasShadowStack() {
            return before.value("ssp").orElse(0) != 0;
        }

        /** The value of an operand, zero-extended; immediates as they are. */
        private OptionalLong load(Operand from) {
            return switch (from.kind()) {
                case IMMEDIATE -> OptionalLong.of(from.value());
                case REGISTER ->
                        from.register().kind() == CodeRegister.Kind.GENERAL
                                ? from.register().value(before)
                                : OptionalLong.empty();
                case MEMORY -> {
                    OptionalLong va = instruction.effectiveAddress(from, before);
                    yield va.isEmpty() ? va : memory.unsigned(va.getAsLong(), from.sizeBytes());
                }
                case TARGET, FAR_POINTER, CONSTANT, NAME -> OptionalLong.empty();
            };
        }

        private boolean store(Operand to, long value) {
            if (to.isMemory()) {
                OptionalLong va = instruction.effectiveAddress(to, before);
                return va.isPresent() && keep(va.getAsLong(), value, to.sizeBytes());
            }
            CodeRegister register = to.register();
            Optional<Register> full = register.in(architecture);
            if (register.kind() != CodeRegister.Kind.GENERAL || full.isEmpty()) {
                return false;
            }
            return set(register, full.get(), value);
        }

        /** Writes a part of a register: 32 bits clear the upper half, fewer leave the rest. */
        private boolean set(CodeRegister part, Register full, long value) {
            if (part.bits() >= 32) {
                after = after.with(full, value & X86Flags.mask(part.bits() / 8));
                return true;
            }
            OptionalLong old = after.value(full);
            if (old.isEmpty()) {
                return false;
            }
            long mask = X86Flags.mask(part.bits() / 8) << part.shift();
            after = after.with(full, old.getAsLong() & ~mask | value << part.shift() & mask);
            return true;
        }

        /** Keeps a store for the end; memory that cannot be read cannot be written either. */
        private boolean keep(long va, long value, int bytes) {
            if (memory.unsigned(va, bytes).isEmpty()) {
                return false;
            }
            storeVa = va;
            store = new byte[bytes];
            for (int i = 0; i < bytes; i++) {
                store[i] = (byte) (value >>> i * 8);
            }
            return true;
        }
    }
}
