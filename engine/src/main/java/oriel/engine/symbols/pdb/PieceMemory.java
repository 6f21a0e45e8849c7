package oriel.engine.symbols.pdb;

import java.util.Optional;
import oriel.model.Memory;

/**
 * The memory of a target with one value more, at an address where there is nothing: lets values
 * that are in registers, or in pieces, be read like those in memory. Bytes that are nowhere cannot
 * be read.
 */
final class PieceMemory implements Memory {
    /** Not canonical on x64, beyond the last page on 32-bit machines and of ARM64 programs. */
    static final long VA = 0x7fff_dead_0000_0000L;

    private final VariablePlace.InPieces places;
    private final long sizeBytes;
    private final Memory memory;

    /**
     * @param sizeBytes of the value
     * @param memory of the target, for all other addresses
     */
    PieceMemory(VariablePlace.InPieces places, long sizeBytes, Memory memory) {
        this.places = places;
        this.sizeBytes = sizeBytes;
        this.memory = memory;
    }

    @Override
    public int read(long va, byte[] into, int offset, int length) {
        long at = va - VA;
        if (at < 0 || at >= sizeBytes) {
            return memory.read(va, into, offset, length);
        }
        int count = (int) Math.min(length, sizeBytes - at);
        for (int i = 0; i < count; i++) {
            if (!readByte(at + i, into, offset + i)) {
                return i;
            }
        }
        return count;
    }

    /**
     * The piece that begins last before a byte holds it, unless that is a register and too short.
     */
    private boolean readByte(long at, byte[] into, int offset) {
        Optional<VariablePlace.Piece> holder = Optional.empty();
        for (VariablePlace.Piece piece : places.pieces()) {
            if (piece.offset() <= at
                    && (holder.isEmpty() || piece.offset() >= holder.get().offset())
                    && at - piece.offset() < sizeOf(piece.place())) {
                holder = Optional.of(piece);
            }
        }
        VariablePlace place =
                holder.isPresent() ? holder.get().place() : places.rest().orElse(null);
        long inside = holder.isPresent() ? at - holder.get().offset() : at;
        if (place instanceof VariablePlace.InRegister r && inside < r.bytes().size()) {
            into[offset] = r.bytes().get((int) inside);
            return true;
        }
        return place instanceof VariablePlace.InMemory m
                && memory.read(m.va() + inside, into, offset, 1) == 1;
    }

    private static long sizeOf(VariablePlace place) {
        return place instanceof VariablePlace.InRegister r ? r.bytes().size() : Long.MAX_VALUE;
    }
}
