package oriel.engine.symbols.pdb;

import java.util.Optional;
import oriel.model.Architecture;
import oriel.model.Register;
import oriel.model.Registers;

/**
 * A register as symbols number it ({@code CV_HREG_e} of microsoft-pdb, cvconst.h): all or a part of
 * a register of the machine.
 *
 * @param register that holds it
 * @param shift lowest bit of the part
 * @param bits width of the part
 */
record CodeViewRegister(Register register, int shift, int bits) {
    /** x86: stands for the virtual frame that frame data computes. */
    static final int VIRTUAL_FRAME = 30006;

    private static final String[] X86 = {"ax", "cx", "dx", "bx", "sp", "bp", "si", "di"};
    private static final String[] X64 = {
        "rax", "rbx", "rcx", "rdx", "rsi", "rdi", "rbp", "rsp", "r8", "r9", "r10", "r11", "r12",
        "r13", "r14", "r15"
    };

    static Optional<CodeViewRegister> of(Architecture architecture, int number) {
        return switch (architecture) {
            case X86, X64 -> intel(architecture, number);
            case ARM64 -> arm64(number);
            case ARM -> arm(number);
        };
    }

    private static Optional<CodeViewRegister> intel(Architecture machine, int n) {
        if (n >= 1 && n <= 4) {
            return part(machine, wide(machine, X86[n - 1]), 0, 8);
        }
        if (n >= 5 && n <= 8) {
            return part(machine, wide(machine, X86[n - 5]), 8, 8);
        }
        if (n >= 9 && n <= 16) {
            return part(machine, wide(machine, X86[n - 9]), 0, 16);
        }
        if (n >= 17 && n <= 24) {
            return part(machine, wide(machine, X86[n - 17]), 0, 32);
        }
        if (n == 33) {
            return part(machine, machine == Architecture.X86 ? "eip" : "rip", 0, 64);
        }
        if (n >= 128 && n <= 135) {
            return part(machine, "st" + (n - 128), 0, 80);
        }
        if (n >= 154 && n <= 161) {
            return part(machine, "xmm" + (n - 154), 0, 128);
        }
        if (n >= 194 && n <= 201) {
            return part(machine, "xmm" + (n - 194), 0, 64);
        }
        return machine == Architecture.X64 ? x64(n) : Optional.empty();
    }

    private static Optional<CodeViewRegister> x64(int n) {
        Architecture x64 = Architecture.X64;
        if (n >= 252 && n <= 259) {
            return part(x64, "xmm" + (n - 252 + 8), 0, 128);
        }
        if (n >= 324 && n <= 327) {
            return part(x64, X64[n - 324 + 4], 0, 8);
        }
        if (n >= 328 && n <= 343) {
            return part(x64, X64[n - 328], 0, 64);
        }
        if (n >= 344 && n <= 351) {
            return part(x64, X64[n - 344 + 8], 0, 8);
        }
        if (n >= 352 && n <= 359) {
            return part(x64, X64[n - 352 + 8], 0, 16);
        }
        return n >= 360 && n <= 367 ? part(x64, X64[n - 360 + 8], 0, 32) : Optional.empty();
    }

    private static Optional<CodeViewRegister> arm64(int n) {
        Architecture arm64 = Architecture.ARM64;
        if (n >= 10 && n <= 40) {
            return part(arm64, "x" + (n - 10), 0, 32);
        }
        if (n >= 50 && n <= 80) {
            return part(arm64, "x" + (n - 50), 0, 64);
        }
        if (n == 81) {
            return part(arm64, "sp", 0, 64);
        }
        if (n == 83) {
            return part(arm64, "pc", 0, 64);
        }
        if (n >= 100 && n <= 131) {
            return part(arm64, "v" + (n - 100), 0, 32);
        }
        if (n >= 140 && n <= 171) {
            return part(arm64, "v" + (n - 140), 0, 64);
        }
        return n >= 180 && n <= 211 ? part(arm64, "v" + (n - 180), 0, 128) : Optional.empty();
    }

    private static Optional<CodeViewRegister> arm(int n) {
        return n >= 10 && n <= 25
                ? part(Architecture.ARM, n == 25 ? "pc" : "r" + (n - 10), 0, 32)
                : Optional.empty();
    }

    private static String wide(Architecture machine, String name) {
        return (machine == Architecture.X86 ? "e" : "r") + name;
    }

    private static Optional<CodeViewRegister> part(
            Architecture machine, String name, int shift, int bits) {
        return Registers.named(machine, name)
                .map(r -> new CodeViewRegister(r, shift, Math.min(bits, r.bits())));
    }
}
