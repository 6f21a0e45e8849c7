package oriel.engine.symbols.pdb;

import java.util.List;
import java.util.Optional;
import oriel.model.Register;

/** Where the value of a variable is while the program is at one place. */
public sealed interface VariablePlace {
    /** In memory, at an address. */
    record InMemory(long va) implements VariablePlace {}

    /**
     * In a register, or a part of one.
     *
     * @param bytes of the value, little-endian
     */
    record InRegister(Register register, List<Byte> bytes) implements VariablePlace {
        /** Copies the list. */
        public InRegister {
            bytes = List.copyOf(bytes);
        }
    }

    /**
     * Parts of it are in registers or elsewhere in memory; the rest is where the whole would be, or
     * nowhere.
     */
    record InPieces(List<Piece> pieces, Optional<VariablePlace> rest) implements VariablePlace {
        /** Copies the list. */
        public InPieces {
            pieces = List.copyOf(pieces);
        }
    }

    /** A part at an offset, in bytes. */
    record Piece(int offset, VariablePlace place) {}

    /** The compiler keeps it nowhere while the program is here. */
    record OptimizedAway() implements VariablePlace {}

    /** It is somewhere, but not to be had: the reason says why. */
    record Unavailable(String reason) implements VariablePlace {}
}
