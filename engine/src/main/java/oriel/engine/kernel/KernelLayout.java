package oriel.engine.kernel;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/**
 * Where the members of kernel structures lie: as the debugger data block tells, else the types of
 * the PDB, else a table of builds whose rows are confirmed in memory, else found by checks. Symbols
 * are loaded and memory is searched when the block does not tell what is asked for first. Safe for
 * any thread.
 */
public final class KernelLayout {
    private final Optional<DebuggerData> data;
    private final KernelSymbols symbols;
    private final KernelMemory memory;
    private final BiConsumer<LayoutRecovery, Map<KernelField, KnownOffset>> completion;
    private final Map<KernelField, KnownOffset> offsets = new EnumMap<>(KernelField.class);
    private boolean complete;

    /**
     * @param completion is given the recovery when the block and symbols do not tell everything
     */
    KernelLayout(
            KernelMemory memory,
            Optional<DebuggerData> data,
            KernelSymbols symbols,
            BiConsumer<LayoutRecovery, Map<KernelField, KnownOffset>> completion) {
        this.memory = memory;
        this.data = data;
        this.symbols = symbols;
        this.completion = completion;
        for (KernelField field : KernelField.values()) {
            OptionalInt told =
                    data.isPresent() && field.offset().isPresent()
                            ? data.get().offset(field.offset().get())
                            : OptionalInt.empty();
            if (told.isPresent()) {
                var known = new KnownOffset(told.getAsInt(), KnownOffset.Origin.DEBUGGER_DATA);
                offsets.put(field, known);
            }
        }
    }

    /** Where a member lies; empty when nothing tells it. */
    public synchronized Optional<KnownOffset> offset(KernelField field) {
        KnownOffset known = offsets.get(field);
        // A block that is there tells the rest of its fields only if the system has them.
        boolean settled = known != null || data.isPresent() && field.offset().isPresent();
        if (!settled && !complete) {
            complete = true;
            complete();
            known = offsets.get(field);
        }
        return Optional.ofNullable(known);
    }

    private void complete() {
        for (KernelField field : KernelField.values()) {
            if (!offsets.containsKey(field) && field.isNamedBySymbols()) {
                OptionalLong named = symbols.offset(field.type(), field.member());
                if (named.isPresent()) {
                    var known =
                            new KnownOffset((int) named.getAsLong(), KnownOffset.Origin.SYMBOLS);
                    offsets.put(field, known);
                }
            }
        }
        completion.accept(new LayoutRecovery(memory, offsets), offsets);
    }

    /** A pointer in a structure; empty when its offset is not known or it cannot be read. */
    OptionalLong pointer(long structure, KernelField field) {
        Optional<KnownOffset> known = offset(field);
        return known.isPresent()
                ? memory.pointer(structure + known.get().value())
                : OptionalLong.empty();
    }

    /** A number in a structure. */
    OptionalLong unsigned(long structure, KernelField field, int width) {
        Optional<KnownOffset> known = offset(field);
        return known.isPresent()
                ? memory.unsigned(structure + known.get().value(), width)
                : OptionalLong.empty();
    }
}
