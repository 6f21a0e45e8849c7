package oriel.engine.code;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import oriel.engine.disasm.Disassembler;
import oriel.engine.disasm.FlowKind;
import oriel.engine.disasm.Instruction;
import oriel.engine.disasm.Operand;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.Memory;

/**
 * The code that can be reached from the start of a function: its basic blocks, the functions it
 * calls, and where it ends. Found by following branches, so data between instructions does no harm.
 * The cases of a switch are followed where the way to its jump tells the table and the number of
 * cases. Immutable.
 */
public final class CodeGraph {
    /** Interrupts after which nothing runs: __fastfail of x86. */
    private static final long FAST_FAIL = 0x29;

    /** Ways waiting to be followed of which it is remembered what is known: bounds the memory. */
    private static final int MOST_KEPT = 10_000;

    /** One instruction that was reached. */
    private record Step(
            long next, FlowKind flow, OptionalLong target, List<Long> cases, boolean ends) {}

    /** Where to go on, as an offset, and what is known there. */
    private record Way(long offset, Optional<RegisterValues> values) {}

    private final List<BasicBlock> blocks;
    private final List<Long> calls;
    private final long end;

    private CodeGraph(List<BasicBlock> blocks, List<Long> calls, long end) {
        this.blocks = List.copyOf(blocks);
        this.calls = List.copyOf(calls);
        this.end = end;
    }

    /**
     * Follows the code from the start of a range. Branches that leave the range count as leaving
     * the function.
     *
     * @param range of a function when its bounds are known, else the most it may be; at most 16 MiB
     */
    public static CodeGraph of(Architecture architecture, Memory memory, AddressRange range) {
        return of(architecture, memory, range, FunctionNames.NONE);
    }

    /**
     * The same, with what names tell: calls of functions that do not return end a path, and jumps
     * to other functions leave this one.
     */
    public static CodeGraph of(
            Architecture architecture, Memory memory, AddressRange range, FunctionNames names) {
        int size = (int) Math.min(range.sizeBytes(), 1 << 24);
        byte[] code = memory.readUpTo(range.start(), size);
        var calls = new CallEnds(architecture, memory, names);
        return new Search(architecture, memory, calls, code, range.start()).run();
    }

    /** The blocks that were reached, by address. */
    public List<BasicBlock> blocks() {
        return blocks;
    }

    /** Targets of direct calls, ascending, each once. */
    public List<Long> callTargets() {
        return calls;
    }

    /**
     * The end of the function: the address behind its last instruction. What only a jump over
     * padding reaches is another function, that was called last of all.
     */
    public long end() {
        return end;
    }

    private static final class Search {
        private final Disassembler disassembler;
        private final Memory memory;
        private final CallEnds ends;
        private final long mask;
        private final byte[] code;
        private final long start;
        private final NavigableMap<Long, Step> steps = new TreeMap<>();
        private final NavigableSet<Long> leaders = new TreeSet<>();
        private final NavigableSet<Long> calls = new TreeSet<>(Long::compareUnsigned);
        private final Deque<Way> open = new ArrayDeque<>();
        private final Instruction instruction = new Instruction();

        Search(Architecture architecture, Memory memory, CallEnds ends, byte[] code, long start) {
            this.memory = memory;
            this.ends = ends;
            this.mask = architecture.addressMask();
            this.disassembler = Disassembler.of(architecture);
            this.code = code;
            this.start = start;
        }

        /** Offsets, not addresses, are kept while searching, so that order is plain. */
        CodeGraph run() {
            lead(0, Optional.empty());
            while (!open.isEmpty()) {
                follow(open.pop());
            }
            List<BasicBlock> blocks = blocks();
            return new CodeGraph(blocks, List.copyOf(calls), end(blocks));
        }

        private void lead(long offset, Optional<RegisterValues> values) {
            if (offset >= 0 && offset < code.length && leaders.add(offset)) {
                open.push(new Way(offset, open.size() < MOST_KEPT ? values : Optional.empty()));
            }
        }

        private void follow(Way way) {
            long at = way.offset();
            RegisterValues values = way.values().orElseGet(RegisterValues::new);
            while (at < code.length && !steps.containsKey(at)) {
                int offset = (int) at;
                if (!disassembler.decode(code, offset, code.length, start + at, instruction)) {
                    return;
                }
                long next = at + instruction.length();
                FlowKind flow = instruction.flow();
                boolean last =
                        flow.endsBlock()
                                || isFatal()
                                || flow.isCall() && !ends.returns(instruction);
                OptionalLong target = instruction.branchTarget();
                List<Long> cases = List.of();
                if (flow.isCall()) {
                    target.ifPresent(calls::add);
                } else if (target.isPresent() && !leaves(target.getAsLong())) {
                    lead(target.getAsLong() - start, values.taken(instruction));
                } else if (flow == FlowKind.INDIRECT_JUMP) {
                    cases = cases(values);
                }
                values.pass(instruction);
                steps.put(at, new Step(next, flow, target, cases, last));
                if (last || flow.isCall() && ends.isLast(start + next)) {
                    return;
                }
                if (flow == FlowKind.CONDITIONAL) {
                    leaders.add(next);
                }
                at = next;
            }
        }

        /** Whether a branch goes to another function, or to this one from its start. */
        private boolean leaves(long target) {
            return target != start && ends.isFunction(target);
        }

        /** The cases of a switch that lie in the range. */
        private List<Long> cases(RegisterValues values) {
            var cases = new TreeSet<Long>();
            for (long va : values.targets(instruction, memory)) {
                long offset = (va & mask) - start;
                if (offset >= 0 && offset < code.length) {
                    cases.add(offset);
                }
            }
            for (long offset : cases) {
                lead(offset, Optional.empty());
            }
            return List.copyOf(cases);
        }

        /**
         * The end of what belongs together. A jump over padding leads to another function, as tail
         * calls do; branches and the cases of switches lead to more of this one.
         */
        private long end(List<BasicBlock> blocks) {
            long end = 0;
            long within = 0;
            long jumped = 0;
            for (BasicBlock block : blocks) {
                long at = block.range().start() - start;
                if (at > end && at > within && (at > jumped || isPadding((int) end))) {
                    break;
                }
                end = block.range().end() - start;
                for (long successor : block.successors()) {
                    if (block.flow() == FlowKind.JUMP) {
                        jumped = Math.max(jumped, successor - start);
                    } else {
                        within = Math.max(within, successor - start);
                    }
                }
            }
            return start + end;
        }

        private boolean isPadding(int offset) {
            disassembler.decode(code, offset, code.length, start + offset, instruction);
            String mnemonic = instruction.mnemonic();
            return mnemonic.equals("int3") || mnemonic.equals("nop") || mnemonic.equals("brk");
        }

        private boolean isFatal() {
            return switch (instruction.mnemonic()) {
                case "int3", "brk" -> true;
                case "int" -> {
                    Operand number = instruction.operand(0);
                    yield number.value() == FAST_FAIL;
                }
                default -> false;
            };
        }

        private List<BasicBlock> blocks() {
            var blocks = new ArrayList<BasicBlock>();
            for (long leader : leaders) {
                if (steps.containsKey(leader)) {
                    blocks.add(block(leader));
                }
            }
            return blocks;
        }

        private BasicBlock block(long leader) {
            Step last = step(leader);
            long at = last.next();
            int count = 1;
            while (continues(last, at)) {
                last = step(at);
                at = last.next();
                count++;
            }
            var successors = new TreeSet<Long>(Long::compareUnsigned);
            boolean branches = last.flow() == FlowKind.JUMP || last.flow() == FlowKind.CONDITIONAL;
            if (branches && last.target().isPresent()) {
                long target = last.target().getAsLong();
                if (steps.containsKey(target - start)) {
                    successors.add(target);
                }
            }
            for (long offset : last.cases()) {
                if (steps.containsKey(offset)) {
                    successors.add(start + offset);
                }
            }
            if (!last.ends() && steps.containsKey(at)) {
                successors.add(start + at);
            }
            return new BasicBlock(
                    new AddressRange(start + leader, at - leader),
                    count,
                    branches || last.ends() ? last.flow() : FlowKind.NEXT,
                    List.copyOf(successors));
        }

        private Step step(long offset) {
            return Objects.requireNonNull(steps.get(offset));
        }

        private boolean continues(Step last, long at) {
            return !last.ends()
                    && last.flow() != FlowKind.CONDITIONAL
                    && !leaders.contains(at)
                    && steps.containsKey(at);
        }
    }
}
