package oriel.engine.session;

import oriel.engine.code.BasicBlock;
import oriel.engine.code.CodeGraph;
import oriel.engine.disasm.FlowKind;
import oriel.engine.disasm.Instruction;
import oriel.model.AddressRange;
import oriel.model.Architecture;

/** How many bytes of arguments a function of x86 takes off the stack when it returns. */
final class ReturnPop {
    private static final long MOST_FUNCTION = 1 << 16;

    private ReturnPop() {}

    /** What the operand of its first {@code ret} says; 0 elsewhere, and when there is none. */
    static int bytes(ProcessSpace space, long functionVa) {
        if (space.architecture() != Architecture.X86) {
            return 0;
        }
        var range = new AddressRange(functionVa, MOST_FUNCTION);
        CodeGraph graph = CodeGraph.of(space.architecture(), space.memory(), range);
        for (BasicBlock block : graph.blocks()) {
            if (block.flow() == FlowKind.RETURN) {
                Instruction last = space.decode(block.range().start());
                while (last.valid() && last.flow() != FlowKind.RETURN) {
                    last = space.decode(last.nextVa());
                }
                return last.valid() && last.operandCount() > 0 ? (int) last.operand(0).value() : 0;
            }
        }
        return 0;
    }
}
