package oriel.engine.code;

import java.util.List;
import oriel.engine.disasm.FlowKind;
import oriel.model.AddressRange;

/**
 * Instructions that always run one after the other.
 *
 * @param range the bytes
 * @param instructions how many
 * @param flow how the last one leaves; NEXT when another block begins behind it
 * @param successors where execution can go within the range looked at, ascending
 */
public record BasicBlock(
        AddressRange range, int instructions, FlowKind flow, List<Long> successors) {
    /** Copies the list. */
    public BasicBlock {
        successors = List.copyOf(successors);
    }
}
