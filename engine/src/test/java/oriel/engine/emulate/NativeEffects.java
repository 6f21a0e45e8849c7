package oriel.engine.emulate;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import oriel.engine.disasm.CodeRegister;
import oriel.engine.disasm.Instruction;
import oriel.engine.disasm.Operand;
import oriel.model.Architecture;
import oriel.model.RegisterSet;

/** What an instruction reads and writes, bit by bit, as the decoder says. */
final class NativeEffects {
    private final Architecture architecture;
    private final Map<String, Long> read = new HashMap<>();
    private final Map<String, Long> written = new HashMap<>();
    private int vectorsRead;
    private int vectorsWritten;
    private long writeStart;
    private long writeEnd;
    private boolean writesAnywhere;

    NativeEffects(Instruction decoded, RegisterSet registers) {
        architecture = registers.architecture();
        for (int i = 0; i < decoded.implicitReadCount(); i++) {
            reads(decoded.implicitRead(i));
        }
        for (int i = 0; i < decoded.implicitWriteCount(); i++) {
            writes(decoded.implicitWrite(i));
        }
        for (int i = 0; i < decoded.operandCount(); i++) {
            operand(decoded, decoded.operand(i), registers);
        }
        writesAnywhere |= decoded.stackDelta().orElse(-1) < 0;
    }

    private void operand(Instruction decoded, Operand operand, RegisterSet registers) {
        if (operand.isMemory()) {
            reads(operand.base());
            reads(operand.index());
            if (operand.access().writes()) {
                OptionalLong va = decoded.effectiveAddress(operand, registers);
                boolean known = va.isPresent() && operand.sizeBytes() > 0;
                writeStart = known ? va.getAsLong() : 0;
                writeEnd = writeStart + operand.sizeBytes();
                writesAnywhere |= !known || decoded.has(Instruction.REP | Instruction.REPNE);
                writesAnywhere |= decoded.mnemonic().startsWith("bt");
            }
            return;
        }
        if (operand.access().reads()) {
            reads(operand.register());
        }
        if (operand.access().writes()) {
            writes(operand.register());
        }
    }

    private void reads(CodeRegister register) {
        if (register.kind() == CodeRegister.Kind.VECTOR) {
            vectorsRead |= 1 << register.number();
        } else {
            register.in(architecture)
                    .ifPresent(full -> read.merge(full.name(), bits(register), (a, b) -> a | b));
        }
    }

    private void writes(CodeRegister register) {
        if (register.kind() == CodeRegister.Kind.VECTOR) {
            vectorsWritten |= 1 << register.number();
            return;
        }
        long bits = register.bits() == 32 ? -1 : bits(register);
        register.in(architecture)
                .ifPresent(full -> written.merge(full.name(), bits, (a, b) -> a | b));
    }

    private static long bits(CodeRegister register) {
        return register.bits() >= 64 ? -1 : ((1L << register.bits()) - 1) << register.shift();
    }

    /** Bits of a general register that are read. */
    long read(String name) {
        return read.getOrDefault(name, 0L);
    }

    /** Bits of a general register that are written. */
    long written(String name) {
        return written.getOrDefault(name, 0L);
    }

    boolean readsVector(int number) {
        return (vectorsRead >> number & 1) != 0;
    }

    boolean writesVector(int number) {
        return (vectorsWritten >> number & 1) != 0;
    }

    boolean writesMemory(long va) {
        return writesAnywhere || va >= writeStart && va < writeEnd;
    }
}
