package oriel.triage.reason;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import oriel.triage.report.Fact;

/**
 * What the heap manager found broken: {@code HEAP_FAILURE_INFORMATION}, to which the parameter of
 * STATUS_HEAP_CORRUPTION points: u32 version, size and kind of failure, then the heap and the block
 * as pointers.
 */
final class HeapFailure {
    private static final String[] KINDS = {
        "internal error of the heap manager",
        "unknown",
        "generic",
        "a heap entry is damaged",
        "several heap entries are damaged",
        "a virtual block is damaged",
        "a buffer was overrun",
        "a buffer was underrun",
        "a block that is not in use was freed",
        "an argument is not valid",
        "the kind of allocation is not valid",
        "memory was used after it was freed",
        "a block was given to the wrong heap",
        "the list of free blocks is damaged",
        "a list entry is damaged",
        "the bitmap of the low fragmentation heap does not match",
        "the bitmap of a segment heap is damaged",
        "a block was freed twice",
        "a subsegment of variable sizes is damaged",
        "the heap handle is null",
        "the allocation limit was reached",
        "the commit limit was reached",
        "the query of the address space manager is not valid",
    };

    private HeapFailure() {}

    static List<Fact> facts(long va, TargetText text, int pointerSize) {
        OptionalLong kind = text.u32(va + 8);
        if (kind.isEmpty()) {
            return List.of();
        }
        var facts = new ArrayList<Fact>();
        long number = kind.getAsLong();
        facts.add(
                new Fact(
                        "error",
                        number < KINDS.length ? KINDS[(int) number] : "heap failure " + number));
        long heapField = va + (pointerSize == 8 ? 16 : 12);
        add(facts, "heap", text.pointer(heapField));
        add(facts, "heap block", text.pointer(heapField + pointerSize));
        return facts;
    }

    private static void add(List<Fact> facts, String name, OptionalLong va) {
        if (va.isPresent() && va.getAsLong() != 0) {
            facts.add(new Fact(name, "0x" + Long.toHexString(va.getAsLong())));
        }
    }
}
