package oriel.triage.report;

import java.util.List;
import java.util.Optional;
import oriel.model.CodeLocation;
import oriel.model.FrameTrust;
import oriel.model.UnloadedModule;

/**
 * A frame of a stack.
 *
 * @param index from 0, innermost first, counted without folding
 * @param pc where execution is, or will return to
 * @param sp the stack pointer in this frame
 * @param trust how the frame was found
 * @param location module, function, line and inlined functions
 * @param unloaded the image that was here once, for a frame in no module
 * @param variables parameters, then local variables, as far as asked for and told by symbols
 */
public record FrameEntry(
        int index,
        long pc,
        long sp,
        FrameTrust trust,
        CodeLocation location,
        Optional<UnloadedModule> unloaded,
        List<VariableEntry> variables)
        implements StackEntry {
    /** Copies the list. */
    public FrameEntry {
        variables = List.copyOf(variables);
    }

    @Override
    public List<FrameEntry> shown() {
        return List.of(this);
    }

    /** {@code mod!name+0x1c}, {@code mod+0x1234}, {@code <unloaded mod>+0x1234} or the address. */
    public String label() {
        if (location.module().isEmpty() && unloaded.isPresent()) {
            return "<unloaded "
                    + unloaded.get().name()
                    + ">+0x"
                    + Long.toHexString(pc - unloaded.get().range().start());
        }
        return location.label();
    }
}
