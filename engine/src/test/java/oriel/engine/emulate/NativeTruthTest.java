package oriel.engine.emulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import oriel.engine.disasm.Disassembler;
import oriel.engine.disasm.Instruction;
import oriel.model.Architecture;
import oriel.model.Memory;
import oriel.model.RegisterSet;

/** Random simple instructions with random registers, emulated and run by the real processor. */
@EnabledIf(
        value = "oriel.engine.emulate.NativeMachine#isPresent",
        disabledReason = "needs gcc on x64 Linux to run instructions natively")
class NativeTruthTest {
    private static final int COUNT = 40_000;
    private static final int BATCH = 50;

    /** Opcodes of the emulator's list that take a ModRM byte, with the extensions they allow. */
    private static final int[] WITH_MODRM = {
        0x00, 0x01, 0x02, 0x03, 0x08, 0x09, 0x0a, 0x0b, 0x20, 0x21, 0x22, 0x23, 0x28, 0x29, 0x2a,
        0x2b, 0x30, 0x31, 0x32, 0x33, 0x38, 0x39, 0x3a, 0x3b, 0x63, 0x80, 0x81, 0x83, 0x84, 0x85,
        0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8d, 0xc0, 0xc1, 0xc6, 0xc7, 0xd0, 0xd1, 0xd2, 0xd3,
        0xf6, 0xf7, 0xfe, 0xff, 0x1b6, 0x1b7, 0x1be, 0x1bf, 0x11f
    };

    private static final int[] PLAIN = {
        0x04, 0x05, 0x0c, 0x0d, 0x24, 0x25, 0x2c, 0x2d, 0x34, 0x35, 0x3c, 0x3d, 0x50, 0x53, 0x54,
        0x57, 0x58, 0x5b, 0x5c, 0x5f, 0x68, 0x6a, 0x90, 0x91, 0x97, 0xa8, 0xa9, 0xb0, 0xb4, 0xb8,
        0xbf, 0xc2, 0xc3, 0xe8, 0xe9, 0xeb
    };

    /** Those that are prefixes in 64-bit code. */
    private static final int[] PLAIN_32 = {0x40, 0x43, 0x44, 0x47, 0x48, 0x4b, 0x4c, 0x4f};

    private final SplittableRandom random = new SplittableRandom(20261121);
    private final Map<String, Integer> executed = new HashMap<>();

    private record Case(byte[] code, RegisterSet registers, byte[] data, Instruction decoded) {}

    @ParameterizedTest
    @EnumSource(names = {"X64", "X86"})
    void agreesWithTheProcessor(Architecture architecture, @TempDir Path folder) throws Exception {
        var wrong = new ArrayList<String>();
        var emulator = new SimpleEmulator(architecture);
        int done = 0;
        try (NativeMachine machine = NativeMachine.build(folder)) {
            assumeTrue(
                    architecture == Architecture.X64 || machine.runs32(),
                    "needs a kernel that runs 32-bit code");
            while (done < COUNT) {
                List<Case> cases = new ArrayList<>();
                while (cases.size() < BATCH) {
                    next(architecture).ifPresent(cases::add);
                }
                for (Case one : cases) {
                    machine.send(one.code(), NativeMachine.State.of(one.registers(), one.data()));
                }
                machine.flush();
                for (Case one : cases) {
                    check(emulator, one, machine.receive(architecture), wrong);
                }
                done += BATCH;
            }
        }
        assertThat(wrong.stream().limit(20)).isEmpty();
        assertThat(executed)
                .containsKeys(
                        "push", "pop", "mov", "lea", "add", "sub", "and", "or", "xor", "test",
                        "cmp", "nop", "call", "jmp", "ret", "movzx", "movsx", "xchg", "inc", "dec",
                        "shl", "shr", "sar");
        assertThat(executed.values().stream().mapToInt(n -> n).sum()).isGreaterThan(COUNT / 2);
    }

    private void check(
            SimpleEmulator emulator, Case one, NativeMachine.Outcome real, List<String> wrong) {
        byte[] data = Arrays.copyOf(one.data(), NativeMachine.PAGE);
        Optional<RegisterSet> result =
                emulator.execute(
                        one.code(),
                        one.registers(),
                        memory(data),
                        (va, bytes) -> put(data, va, bytes));
        String what = HexFormat.of().formatHex(one.code()) + " " + one.decoded().mnemonic();
        if (result.isPresent() != real.registers().isPresent()) {
            wrong.add(what + ": emulated " + result + ", real " + real.registers());
            return;
        }
        if (result.isEmpty()) {
            return;
        }
        executed.merge(one.decoded().mnemonic(), 1, Integer::sum);
        long known = 0x8d5 & ~undefined(one);
        RegisterSet mine = masked(result.get(), known);
        RegisterSet theirs = masked(real.registers().get(), known);
        if (!mine.equals(theirs)) {
            wrong.add(
                    what + " from " + one.registers() + ": emulated " + mine + ", real " + theirs);
        } else if (!Arrays.equals(Arrays.copyOf(data, NativeMachine.DATA_SIZE), real.data())) {
            wrong.add(what + ": memory differs");
        }
    }

    private static RegisterSet masked(RegisterSet set, long flags) {
        return set.with("efl", set.value("efl").orElseThrow() & flags);
    }

    /** Flags that the manual leaves open: AF of logic and shifts, OF and CF of long shifts. */
    private static long undefined(Case one) {
        Instruction decoded = one.decoded();
        return switch (decoded.mnemonic()) {
            case "and", "or", "xor", "test" -> X86Flags.ADJUST;
            case "shl", "sal", "shr", "sar" -> {
                long count = decoded.operand(1).value(one.registers()).orElse(0);
                int bytes = decoded.operand(0).sizeBytes();
                count &= bytes == 8 ? 63 : 31;
                if (count == 0) {
                    yield 0;
                }
                long open = X86Flags.ADJUST | (count == 1 ? 0 : X86Flags.OVERFLOW);
                yield count >= bytes * 8L ? open | X86Flags.CARRY : open;
            }
            default -> 0;
        };
    }

    private static Memory memory(byte[] data) {
        return (va, into, offset, length) -> {
            long at = va - NativeMachine.DATA;
            if (at < 0 || at >= data.length) {
                return 0;
            }
            int count = (int) Math.min(length, data.length - at);
            System.arraycopy(data, (int) at, into, offset, count);
            return count;
        };
    }

    private static boolean put(byte[] data, long va, byte[] bytes) {
        System.arraycopy(bytes, 0, data, (int) (va - NativeMachine.DATA), bytes.length);
        return true;
    }

    /** A random instruction of the list; empty when the bytes came out as another one. */
    private Optional<Case> next(Architecture architecture) {
        boolean wide = architecture == Architecture.X64;
        Disassembler disassembler = Disassembler.of(architecture);
        byte[] code = new byte[16];
        random.nextBytes(code);
        int at = 0;
        if (random.nextInt(5) == 0) {
            code[at++] = 0x66;
        }
        if (wide && random.nextInt(2) == 0) {
            code[at++] = (byte) (0x40 | random.nextInt(16));
        }
        if (!wide && random.nextInt(20) == 0) {
            code[at] = (byte) PLAIN_32[random.nextInt(PLAIN_32.length)];
        } else if (random.nextInt(3) == 0) {
            code[at] = (byte) PLAIN[random.nextInt(PLAIN.length)];
        } else {
            int opcode = WITH_MODRM[random.nextInt(WITH_MODRM.length)];
            if (opcode > 0xff) {
                code[at++] = 0x0f;
            }
            code[at++] = (byte) opcode;
            int mode = new int[] {0xc0, 0xc0, 0x40, 0x00}[random.nextInt(4)];
            code[at] = (byte) (mode | random.nextInt(64));
        }
        var decoded = new Instruction();
        long pc = NativeMachine.CODE + 0x800;
        if (!disassembler.decode(code, 0, 15, pc, decoded)) {
            return Optional.empty();
        }
        Arrays.fill(code, decoded.length(), 16, (byte) 0xcc);
        boolean listed =
                switch (decoded.mnemonic()) {
                    case "push", "pop" -> !decoded.operand(0).isMemory();
                    case "call", "jmp" -> {
                        if (decoded.branchTarget().isEmpty() || code[0] == 0x66) {
                            yield false;
                        }
                        if (decoded.length() > 4) {
                            code[decoded.length() - 4] = (byte) random.nextInt(256);
                            code[decoded.length() - 3] = (byte) random.nextInt(3);
                            code[decoded.length() - 2] = 0;
                            code[decoded.length() - 1] = 0;
                        }
                        yield true;
                    }
                    case "ret" -> code[0] != 0x66;
                    default -> true;
                };
        boolean odd = decoded.mnemonic().equals("pop") && code[0] == 0x66;
        if (!listed || odd || !supported(decoded.mnemonic())) {
            return Optional.empty();
        }
        disassembler.decode(code, 0, 15, pc, decoded);
        long distance = decoded.branchTarget().orElse(0) - pc;
        if (distance >= 0 && distance < code.length) {
            return Optional.empty();
        }
        var data = new byte[NativeMachine.DATA_SIZE];
        random.nextBytes(data);
        return Optional.of(new Case(code, registers(architecture, pc, data), data, decoded));
    }

    private static boolean supported(String mnemonic) {
        return switch (mnemonic) {
            case "push",
                    "pop",
                    "mov",
                    "lea",
                    "add",
                    "sub",
                    "and",
                    "or",
                    "xor",
                    "test",
                    "cmp",
                    "nop",
                    "call",
                    "jmp",
                    "ret",
                    "movzx",
                    "movsx",
                    "movsxd",
                    "xchg",
                    "inc",
                    "dec",
                    "shl",
                    "sal",
                    "shr",
                    "sar" ->
                    true;
            default -> false;
        };
    }

    private RegisterSet registers(Architecture architecture, long pc, byte[] data) {
        RegisterSet.Builder set = RegisterSet.builder(architecture);
        for (String name : NativeMachine.general(architecture)) {
            boolean pointer = random.nextInt(4) != 0;
            long number = random.nextLong() >> random.nextInt(64);
            set.set(
                    name,
                    pointer
                            ? NativeMachine.DATA + 160 + random.nextInt(192)
                            : number & architecture.addressMask());
        }
        int size = architecture.pointerSize();
        long back = NativeMachine.CODE + random.nextInt(0x7f0);
        for (int i = 0; i < size; i++) {
            data[256 + i] = (byte) (back >>> i * 8);
        }
        set.set(size == 8 ? "rsp" : "esp", NativeMachine.DATA + 256);
        set.set("efl", 0x202 | random.nextLong() & 0x8d5);
        set.set(size == 8 ? "rip" : "eip", pc);
        return set.build();
    }
}
