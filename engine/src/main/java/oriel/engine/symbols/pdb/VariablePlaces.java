package oriel.engine.symbols.pdb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.format.pdb.SymbolRecord;
import oriel.model.Architecture;
import oriel.model.Register;
import oriel.model.RegisterSet;
import oriel.model.Registers;

/** Works out where variables are from the registers of one frame. */
final class VariablePlaces {
    private static final VariablePlace NOWHERE = new VariablePlace.OptimizedAway();

    private final RegisterSet registers;
    private final Architecture machine;
    private final OptionalLong virtualFrame;
    private int localBase;
    private int parameterBase;

    /**
     * @param virtualFrame x86: what frame data computes, when known
     */
    VariablePlaces(RegisterSet registers, OptionalLong virtualFrame) {
        this.registers = registers;
        this.machine = registers.architecture();
        this.virtualFrame = virtualFrame;
    }

    Architecture architecture() {
        return machine;
    }

    /** Notes which registers the variables of the function count from. */
    void frame(SymbolRecord.Frame frame) {
        localBase = frame.localBase();
        parameterBase = frame.parameterBase();
    }

    VariablePlace inRegister(int number) {
        Optional<CodeViewRegister> found = CodeViewRegister.of(machine, number);
        if (found.isEmpty()) {
            return new VariablePlace.Unavailable("in register " + number + ", not known here");
        }
        Register register = found.get().register();
        OptionalLong low = registers.value(register);
        if (low.isEmpty()) {
            return new VariablePlace.Unavailable("in " + register.name() + ", which is not known");
        }
        long high = registers.high(register).orElse(0);
        var bytes = new ArrayList<Byte>();
        int first = found.get().shift() / 8;
        for (int i = first; i < first + found.get().bits() / 8; i++) {
            bytes.add((byte) (i < 8 ? low.getAsLong() >>> 8 * i : high >>> 8 * (i - 8)));
        }
        return new VariablePlace.InRegister(register, bytes);
    }

    VariablePlace atRegister(int number, long offset) {
        if (number == CodeViewRegister.VIRTUAL_FRAME) {
            return relative("the virtual frame", virtualFrame, offset);
        }
        Optional<CodeViewRegister> found = CodeViewRegister.of(machine, number);
        if (found.isEmpty()) {
            return new VariablePlace.Unavailable("relative to register " + number);
        }
        Register register = found.get().register();
        return relative(register.name(), registers.value(register), offset);
    }

    VariablePlace atFramePointer(long offset) {
        Register register = Registers.framePointer(machine);
        return relative(register.name(), registers.value(register), offset);
    }

    /** By the register that the frame record names: local variables and parameters may differ. */
    VariablePlace inFrame(long offset, boolean parameter) {
        int base = parameter ? parameterBase : localBase;
        if (base == 1 && machine == Architecture.X86) {
            return relative("the virtual frame", virtualFrame, offset);
        }
        Register register =
                switch (base) {
                    case 1 -> Registers.stackPointer(machine);
                    case 2 -> Registers.framePointer(machine);
                    case 3 ->
                            Registers.require(
                                    machine,
                                    switch (machine) {
                                        case X86 -> "ebx";
                                        case X64 -> "r13";
                                        case ARM64 -> "x19";
                                        case ARM -> "r7";
                                    });
                    default -> Registers.stackPointer(machine);
                };
        return relative(register.name(), registers.value(register), offset);
    }

    /** Of the places that a variable has here, the one to show. */
    VariablePlace combined(List<VariablePlace.Piece> pieces, Optional<VariablePlace> whole) {
        if (pieces.isEmpty()) {
            return whole.orElse(NOWHERE);
        }
        return new VariablePlace.InPieces(pieces, whole);
    }

    private VariablePlace relative(String base, OptionalLong value, long offset) {
        return value.isPresent()
                ? new VariablePlace.InMemory(value.getAsLong() + offset & machine.addressMask())
                : new VariablePlace.Unavailable("relative to " + base + ", which is not known");
    }
}
