package oriel.engine.emulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import oriel.engine.disasm.CodeRegister;
import oriel.engine.disasm.Disassembler;
import oriel.engine.disasm.FlowKind;
import oriel.engine.disasm.Instruction;
import oriel.engine.disasm.Operand;
import oriel.model.Architecture;
import oriel.model.RegisterSet;

/**
 * What the decoder says of instructions, against the real processor: each random instruction is run
 * twice, the second time with other values in all registers and flags that it does not read. Its
 * length must be right, nothing may change that it does not write, and both runs must write the
 * same.
 */
@EnabledIf(
        value = "oriel.engine.emulate.NativeMachine#isPresent",
        disabledReason = "needs gcc on x64 Linux to run instructions natively")
class NativeEffectsTest {
    private static final int COUNT = 30_000;
    private static final int BATCH = 50;
    private static final int FLAGS = 0xcd5;
    private static final int[] PREFIXES = {0x66, 0xf2, 0xf3, 0x66, 0xf2, 0xf3, 0xf0, 0x67};

    private final SplittableRandom random = new SplittableRandom(20261122);
    private final List<String> wrong = new ArrayList<>();
    private final Map<String, Integer> executed = new TreeMap<>();

    private record Case(
            byte[] code,
            Instruction decoded,
            NativeEffects effects,
            NativeMachine.State first,
            NativeMachine.State second) {}

    @ParameterizedTest
    @EnumSource(names = {"X64", "X86"})
    void agreeWithTheProcessor(Architecture architecture, @TempDir Path folder) throws Exception {
        try (NativeMachine machine = NativeMachine.build(folder)) {
            assumeTrue(
                    architecture == Architecture.X64 || machine.runs32(),
                    "needs a kernel that runs 32-bit code");
            for (int done = 0; done < COUNT; done += BATCH) {
                List<Case> cases = new ArrayList<>();
                while (cases.size() < BATCH) {
                    next(architecture).ifPresent(cases::add);
                }
                for (Case one : cases) {
                    machine.send(one.code(), one.first());
                    machine.send(one.code(), one.second());
                }
                machine.flush();
                for (Case one : cases) {
                    compare(one, machine.receive(architecture), machine.receive(architecture));
                }
            }
        }
        assertThat(wrong.stream().limit(20)).isEmpty();
        assertThat(executed).hasSizeGreaterThan(300);
        assertThat(executed.values().stream().mapToInt(n -> n).sum()).isGreaterThan(COUNT / 4);
    }

    private void compare(Case one, NativeMachine.Outcome a, NativeMachine.Outcome b) {
        if (a.registers().isEmpty() || b.registers().isEmpty()) {
            return;
        }
        executed.merge(one.decoded().mnemonic(), 1, Integer::sum);
        RegisterSet first = a.registers().get();
        RegisterSet second = b.registers().get();
        Architecture architecture = first.architecture();
        if (first.pc().orElse(0) != one.decoded().nextVa()) {
            note(one, "length", first.pc().orElse(0), one.decoded().nextVa());
        }
        for (String name : NativeMachine.general(architecture)) {
            check(
                    one,
                    name,
                    one.effects().written(name),
                    one.first().registers().value(name).orElse(0),
                    first.value(name).orElse(0),
                    one.second().registers().value(name).orElse(0),
                    second.value(name).orElse(0));
        }
        checkFlags(one, first, second);
        for (int i = 0; i < a.vectors().length; i++) {
            check(
                    one,
                    "xmm" + i / 2,
                    one.effects().writesVector(i / 2) ? -1 : 0,
                    one.first().vectors()[i],
                    a.vectors()[i],
                    one.second().vectors()[i],
                    b.vectors()[i]);
        }
        if (!Arrays.equals(a.data(), b.data())) {
            note(one, "memory depends on what is not read", 0, 0);
        }
        checkMemory(one, a.data());
        int top = a.x87Status() >> 11 & 7;
        if (one.decoded().x87Delta().isPresent()) {
            int expected = one.decoded().x87Delta().getAsInt() & 7;
            if (top != expected) {
                note(one, "x87 stack", top, expected);
            }
        }
    }

    private void checkFlags(Case one, RegisterSet first, RegisterSet second) {
        int written = one.decoded().flagsWritten();
        long before = one.first().registers().value("efl").orElse(0);
        long after = first.value("efl").orElse(0);
        if (((before ^ after) & FLAGS & ~written) != 0) {
            note(one, "flags changed", before ^ after, written);
        }
        long other = one.second().registers().value("efl").orElse(0);
        long otherAfter = second.value("efl").orElse(0);
        int defined = written & ~one.decoded().flagsUndefined();
        long kept = ~(before ^ after) & ~(other ^ otherAfter);
        if (((after ^ otherAfter) & defined & ~kept & FLAGS) != 0) {
            note(one, "flags depend on what is not read", after, otherAfter);
        }
    }

    /** One register: only what is written changes, and to the same in both runs. */
    private void check(
            Case one, String name, long written, long was, long is, long other, long otherIs) {
        if (((was ^ is) & ~written) != 0 || ((other ^ otherIs) & ~written) != 0) {
            note(one, name + " changed", was, is);
        }
        // what a condition leaves alone keeps its value in both runs
        boolean kept = was == is && other == otherIs;
        if (!kept && ((is ^ otherIs) & written) != 0) {
            note(one, name + " depends on what is not read", is, otherIs);
        }
    }

    private void checkMemory(Case one, byte[] data) {
        byte[] before = one.first().data();
        for (int i = 0; i < data.length; i++) {
            if (data[i] != before[i] && !one.effects().writesMemory(NativeMachine.DATA + i)) {
                note(one, "memory changed", i, data[i]);
                return;
            }
        }
    }

    private void note(Case one, String what, long is, long expected) {
        wrong.add(
                HexFormat.of().formatHex(one.code(), 0, one.decoded().length())
                        + " "
                        + one.decoded().mnemonic()
                        + ": "
                        + what
                        + " "
                        + Long.toHexString(is)
                        + " "
                        + Long.toHexString(expected));
    }

    private Optional<Case> next(Architecture architecture) {
        byte[] code = code(architecture == Architecture.X64);
        var decoded = new Instruction();
        long pc = NativeMachine.CODE + 0x800;
        boolean valid = Disassembler.of(architecture).decode(code, 0, 15, pc, decoded);
        if (!valid || !isHarmless(decoded)) {
            return Optional.empty();
        }
        Arrays.fill(code, decoded.length(), 16, (byte) 0xcc);
        var data = new byte[NativeMachine.DATA_SIZE];
        random.nextBytes(data);
        RegisterSet registers = registers(architecture, pc);
        var effects = new NativeEffects(decoded, registers);
        var vectors = new long[32];
        long[] others = vectors.clone();
        for (int i = 0; i < 32; i++) {
            vectors[i] = random.nextLong();
            others[i] = effects.readsVector(i / 2) ? vectors[i] : random.nextLong();
        }
        RegisterSet changed = registers;
        for (String name : NativeMachine.general(architecture)) {
            long noise = random.nextLong() & ~effects.read(name) & architecture.addressMask();
            changed = changed.with(name, registers.value(name).orElse(0) ^ noise);
        }
        long flags = random.nextLong() & 0x8d5 & ~decoded.flagsRead();
        changed = changed.with("efl", registers.value("efl").orElse(0) ^ flags);
        return Optional.of(
                new Case(
                        code,
                        decoded,
                        effects,
                        new NativeMachine.State(registers, vectors, data),
                        new NativeMachine.State(changed, others, data)));
    }

    /**
     * Goes on to the next instruction, and neither asks for what nobody can foresee nor touches
     * what C relies on, the memory behind fs and gs among it.
     */
    private static boolean isHarmless(Instruction decoded) {
        if (decoded.flow() != FlowKind.NEXT || decoded.privileged()) {
            return false;
        }
        for (int i = 0; i < decoded.operandCount(); i++) {
            Operand operand = decoded.operand(i);
            boolean thread = operand.isMemory() && operand.segment().number() > 3;
            boolean segment = operand.register().kind() == CodeRegister.Kind.SEGMENT;
            if (thread || segment && operand.access().writes()) {
                return false;
            }
        }
        String name = decoded.mnemonic();
        return switch (name) {
            case "rdtsc", "rdtscp", "rdrand", "rdseed", "rdpid", "cpuid", "xgetbv", "rdpru" ->
                    false;
            case "popf", "popfd", "popfq", "sgdt", "sidt", "sldt", "str", "smsw", "rdpkru" -> false;
            case "wrfsbase", "wrgsbase", "rdfsbase", "rdgsbase", "wrpkru", "xabort" -> false;
            case "les", "lds", "lss", "lfs", "lgs", "fxsave", "fxsave64", "fnsave", "fnstenv" ->
                    false;
            case "fldenv", "frstor", "fxrstor", "fxrstor64" -> false;
            // They wait, or count, or clear the line around an address, where there are such.
            case "monitorx", "mwaitx", "umonitor", "umwait", "tpause", "rdpmc", "clzero" -> false;
            default -> !name.startsWith("xsave") && !name.startsWith("xrstor");
        };
    }

    private byte[] code(boolean wide) {
        var code = new byte[16];
        random.nextBytes(code);
        int at = 0;
        int kind = random.nextInt(12);
        if (kind < 7) {
            if (random.nextInt(2) == 0) {
                code[at++] = (byte) PREFIXES[random.nextInt(PREFIXES.length)];
            }
            if (wide && random.nextInt(2) == 0) {
                code[at++] = (byte) (0x40 | random.nextInt(16));
            }
        }
        int[] escape =
                switch (kind) {
                    case 0, 1 -> new int[] {};
                    case 2, 3 -> new int[] {0x0f};
                    case 4 -> new int[] {0x0f, 0x38};
                    case 5 -> new int[] {0x0f, 0x3a};
                    case 7, 8 ->
                            new int[] {
                                0xc4,
                                0xe0 | 1 + random.nextInt(3),
                                random.nextInt(256) & ~(wide ? 0 : 0x40)
                            };
                    case 9, 10 ->
                            new int[] {
                                0x62,
                                0xf0 | 1 + random.nextInt(3),
                                0x04 | random.nextInt(256) & ~(wide ? 0 : 0x40),
                                0x08 | random.nextInt(256)
                            };
                    default -> new int[] {0xd8 | random.nextInt(8)};
                };
        for (int value : escape) {
            code[at++] = (byte) value;
        }
        if (kind < 11) {
            at++;
        }
        int mode = new int[] {0xc0, 0xc0, 0x40, 0x00}[random.nextInt(4)];
        code[at] = (byte) (mode | random.nextInt(64));
        return code;
    }

    private RegisterSet registers(Architecture architecture, long pc) {
        RegisterSet.Builder set = RegisterSet.builder(architecture);
        for (String name : NativeMachine.general(architecture)) {
            boolean pointer = random.nextInt(4) != 0;
            long number = random.nextLong() >> random.nextInt(64);
            set.set(
                    name,
                    pointer
                            ? NativeMachine.DATA + (random.nextInt(12) + 4) * 16L
                            : number & architecture.addressMask());
        }
        boolean wide = architecture == Architecture.X64;
        set.set(wide ? "rsp" : "esp", NativeMachine.DATA + 256);
        set.set("efl", 0x202 | random.nextLong() & 0x8d5);
        set.set(wide ? "rip" : "eip", pc);
        return set.build();
    }
}
