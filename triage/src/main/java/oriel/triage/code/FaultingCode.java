package oriel.triage.code;

import java.util.Optional;
import oriel.engine.disasm.Disassembler;
import oriel.engine.disasm.Instruction;
import oriel.model.Architecture;
import oriel.model.Memory;
import oriel.model.RegisterSet;

/**
 * The instruction at a program counter, decoded, with the registers before it ran.
 *
 * @param instruction valid, never decoded into again
 * @param registers of the thread
 * @param tebVa address of the thread environment block, the base of fs on x86 and gs on x64; 0 when
 *     not known
 */
public record FaultingCode(Instruction instruction, RegisterSet registers, long tebVa) {
    /** The instruction at the program counter; empty when it cannot be read or decoded. */
    public static Optional<FaultingCode> at(Memory memory, RegisterSet registers, long tebVa) {
        Architecture architecture = registers.architecture();
        if (registers.pc().isEmpty() || architecture == Architecture.ARM) {
            return Optional.empty();
        }
        long pc = registers.pc().getAsLong();
        byte[] bytes = memory.readUpTo(pc, Disassembler.LONGEST);
        if (bytes.length == 0) {
            return Optional.empty();
        }
        var instruction = new Instruction();
        boolean valid =
                Disassembler.of(architecture).decode(bytes, 0, bytes.length, pc, instruction);
        return valid
                ? Optional.of(new FaultingCode(instruction, registers, tebVa))
                : Optional.empty();
    }

    /** Whether the instruction is one of the string instructions that move or fill blocks. */
    public boolean isBlockMove() {
        if (!registers.architecture().isIntel()) {
            return false;
        }
        // Whole mnemonics: movss, movsx and movsxd are no block moves. movsd with an xmm operand
        // is the scalar move of the same name.
        String name = instruction.mnemonic();
        boolean named =
                switch (name) {
                    case "movsb", "movsw", "movsd", "movsq" -> true;
                    case "stosb", "stosw", "stosd", "stosq" -> true;
                    case "lodsb", "lodsw", "lodsd", "lodsq" -> true;
                    case "movs", "stos", "lods" -> true;
                    default -> false;
                };
        return named && !hasVectorOperand();
    }

    private boolean hasVectorOperand() {
        for (int i = 0; i < instruction.operandCount(); i++) {
            if (instruction.operand(i).sizeBytes() > 8) {
                return true;
            }
        }
        return false;
    }
}
