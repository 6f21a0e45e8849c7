package oriel.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import oriel.model.Register.Kind;

/** The registers of each architecture, in the order in which a debugger shows them. */
public final class Registers {
    private static final Map<Architecture, List<Register>> ALL = new EnumMap<>(Architecture.class);
    private static final Map<Architecture, Map<String, Register>> BY_NAME =
            new EnumMap<>(Architecture.class);

    /** Program counter, stack pointer, frame pointer of each architecture, in its order. */
    private static final Register[] ROLES;

    private static final int ROLE_COUNT = 3;

    static {
        defineX64();
        defineX86();
        defineArm64();
        defineArm();
        for (Architecture architecture : Architecture.values()) {
            var byName = new HashMap<String, Register>();
            for (Register register : of(architecture)) {
                byName.put(register.name(), register);
            }
            BY_NAME.put(architecture, byName);
        }
        alias(Architecture.ARM64, "x29", "fp");
        alias(Architecture.ARM64, "x30", "lr");
        alias(Architecture.ARM, "r11", "fp");
        alias(Architecture.ARM, "r13", "sp");
        alias(Architecture.ARM, "r14", "lr");
        alias(Architecture.ARM, "r15", "pc");
        alias(Architecture.X64, "rflags", "efl");
        alias(Architecture.X64, "eflags", "efl");
        alias(Architecture.X86, "eflags", "efl");
        ROLES =
                new Register[] {
                    require(Architecture.X86, "eip"),
                    require(Architecture.X86, "esp"),
                    require(Architecture.X86, "ebp"),
                    require(Architecture.X64, "rip"),
                    require(Architecture.X64, "rsp"),
                    require(Architecture.X64, "rbp"),
                    require(Architecture.ARM, "pc"),
                    require(Architecture.ARM, "sp"),
                    require(Architecture.ARM, "fp"),
                    require(Architecture.ARM64, "pc"),
                    require(Architecture.ARM64, "sp"),
                    require(Architecture.ARM64, "fp")
                };
    }

    private Registers() {}

    /** All registers of an architecture; the position of each is its {@link Register#index}. */
    public static List<Register> of(Architecture architecture) {
        return ALL.getOrDefault(architecture, List.of());
    }

    /** A register by name in any case, aliases included (x29, rflags). */
    public static Optional<Register> named(Architecture architecture, String name) {
        return Optional.ofNullable(
                BY_NAME.getOrDefault(architecture, Map.of()).get(name.toLowerCase(Locale.ROOT)));
    }

    /**
     * A register that is known to exist.
     *
     * @throws IllegalArgumentException when it does not
     */
    public static Register require(Architecture architecture, String name) {
        return named(architecture, name)
                .orElseThrow(() -> new IllegalArgumentException(architecture + " has no " + name));
    }

    /** The program counter: rip, eip, pc. */
    public static Register programCounter(Architecture architecture) {
        return ROLES[architecture.ordinal() * ROLE_COUNT + 0];
    }

    /** The stack pointer: rsp, esp, sp. */
    public static Register stackPointer(Architecture architecture) {
        return ROLES[architecture.ordinal() * ROLE_COUNT + 1];
    }

    /** The frame pointer by convention: rbp, ebp, fp (x29, r11). */
    public static Register framePointer(Architecture architecture) {
        return ROLES[architecture.ordinal() * ROLE_COUNT + 2];
    }

    private static void alias(Architecture architecture, String alias, String name) {
        Register register = require(architecture, name);
        BY_NAME.computeIfAbsent(architecture, a -> new HashMap<>()).put(alias, register);
    }

    private static void add(Architecture architecture, Kind kind, int bits, String... names) {
        List<Register> list = ALL.computeIfAbsent(architecture, a -> new ArrayList<>());
        for (String name : names) {
            list.add(new Register(architecture, name, list.size(), bits, kind));
        }
    }

    private static void seal(Architecture architecture) {
        ALL.computeIfPresent(architecture, (a, list) -> Collections.unmodifiableList(list));
    }

    private static String[] numbered(String prefix, int count) {
        var names = new String[count];
        for (int i = 0; i < count; i++) {
            names[i] = prefix + i;
        }
        return names;
    }

    private static void defineX64() {
        Architecture x64 = Architecture.X64;
        add(x64, Kind.GENERAL, 64, "rax", "rbx", "rcx", "rdx", "rsi", "rdi");
        add(x64, Kind.PROGRAM_COUNTER, 64, "rip");
        add(x64, Kind.GENERAL, 64, "rsp", "rbp", "r8", "r9", "r10", "r11", "r12", "r13", "r14");
        add(x64, Kind.GENERAL, 64, "r15");
        add(x64, Kind.FLAGS, 32, "efl");
        add(x64, Kind.SEGMENT, 16, "cs", "ss", "ds", "es", "fs", "gs");
        add(x64, Kind.DEBUG, 64, "dr0", "dr1", "dr2", "dr3", "dr6", "dr7");
        add(x64, Kind.CONTROL, 32, "mxcsr");
        add(x64, Kind.CONTROL, 16, "fpcw", "fpsw", "fptw");
        add(x64, Kind.FLOATING_POINT, 80, numbered("st", 8));
        add(x64, Kind.VECTOR, 128, numbered("xmm", 16));
        add(x64, Kind.CONTROL, 64, "ssp");
        seal(x64);
    }

    private static void defineX86() {
        Architecture x86 = Architecture.X86;
        add(x86, Kind.GENERAL, 32, "eax", "ebx", "ecx", "edx", "esi", "edi");
        add(x86, Kind.PROGRAM_COUNTER, 32, "eip");
        add(x86, Kind.GENERAL, 32, "esp", "ebp");
        add(x86, Kind.FLAGS, 32, "efl");
        add(x86, Kind.SEGMENT, 16, "cs", "ss", "ds", "es", "fs", "gs");
        add(x86, Kind.DEBUG, 32, "dr0", "dr1", "dr2", "dr3", "dr6", "dr7");
        add(x86, Kind.CONTROL, 32, "mxcsr");
        add(x86, Kind.CONTROL, 16, "fpcw", "fpsw", "fptw");
        add(x86, Kind.FLOATING_POINT, 80, numbered("st", 8));
        add(x86, Kind.VECTOR, 128, numbered("xmm", 8));
        add(x86, Kind.CONTROL, 32, "ssp");
        seal(x86);
    }

    private static void defineArm64() {
        Architecture arm64 = Architecture.ARM64;
        add(arm64, Kind.GENERAL, 64, numbered("x", 29));
        add(arm64, Kind.GENERAL, 64, "fp", "lr", "sp");
        add(arm64, Kind.PROGRAM_COUNTER, 64, "pc");
        add(arm64, Kind.FLAGS, 32, "cpsr");
        add(arm64, Kind.CONTROL, 32, "fpcr", "fpsr");
        add(arm64, Kind.VECTOR, 128, numbered("v", 32));
        add(arm64, Kind.DEBUG, 32, numbered("bcr", 8));
        add(arm64, Kind.DEBUG, 64, numbered("bvr", 8));
        add(arm64, Kind.DEBUG, 32, "wcr0", "wcr1");
        add(arm64, Kind.DEBUG, 64, "wvr0", "wvr1");
        seal(arm64);
    }

    private static void defineArm() {
        Architecture arm = Architecture.ARM;
        add(arm, Kind.GENERAL, 32, numbered("r", 11));
        add(arm, Kind.GENERAL, 32, "fp", "r12", "sp", "lr");
        add(arm, Kind.PROGRAM_COUNTER, 32, "pc");
        add(arm, Kind.FLAGS, 32, "cpsr");
        add(arm, Kind.CONTROL, 32, "fpscr");
        add(arm, Kind.VECTOR, 64, numbered("d", 32));
        seal(arm);
    }
}
