package oriel.triage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oriel.engine.symbols.pdb.FrameVariable;
import oriel.engine.symbols.pdb.FrameVariables;
import oriel.engine.symbols.pdb.PdbSymbolSource;
import oriel.engine.symbols.types.TypedValue;
import oriel.engine.symbols.types.ValueReader;
import oriel.model.CodeLocation;
import oriel.model.FrameTrust;
import oriel.model.LoadedModule;
import oriel.model.StackFrame;
import oriel.model.Target;
import oriel.triage.report.VariableEntry;

/** Parameters and local variables of frames whose modules have a PDB. For one thread. */
final class FrameValues {
    /** Frames of one report whose variables are read: the rest of a deep stack says little. */
    private static final int MOST_FRAMES = 512;

    /** A line of a stack has no room for more. */
    private static final int MOST_CHARACTERS = 120;

    private static final ValueReader.Limits LIMITS = new ValueReader.Limits(1, 8, 64);

    private final Target target;
    private final Names names;
    private final Map<LoadedModule, Optional<FrameVariables>> readers = new HashMap<>();
    private int left = MOST_FRAMES;

    FrameValues(Target target, Names names) {
        this.target = target;
        this.names = names;
    }

    /** The variables of a frame, parameters first; empty when nothing tells of them. */
    List<VariableEntry> of(StackFrame frame, CodeLocation location) {
        // The registers of a frame that was found by scanning are those of other frames.
        if (frame.trust() == FrameTrust.SCAN || location.module().isEmpty() || left <= 0) {
            return List.of();
        }
        LoadedModule module = location.module().get();
        Optional<FrameVariables> reader = readers.computeIfAbsent(module, this::reader);
        if (reader.isEmpty()) {
            return List.of();
        }
        left--;
        var parameters = new ArrayList<VariableEntry>();
        var others = new ArrayList<VariableEntry>();
        for (FrameVariable variable :
                reader.get().of(module, frame, target.memory(), this::isCode)) {
            (variable.parameter() ? parameters : others).add(entry(variable));
        }
        parameters.addAll(others);
        return parameters;
    }

    private boolean isCode(long va) {
        return target.moduleAt(va).isPresent();
    }

    private Optional<FrameVariables> reader(LoadedModule module) {
        return PdbSymbolSource.among(names.sources(module))
                .map(source -> new FrameVariables(source, LIMITS));
    }

    private static String pointee(TypedValue value) {
        return value.text().isEmpty() || value.parts().isEmpty()
                ? ""
                : value.parts().getFirst().brief(MOST_CHARACTERS);
    }

    private static VariableEntry entry(FrameVariable variable) {
        TypedValue value = variable.value();
        boolean known = value.problem().isEmpty() || !value.parts().isEmpty();
        return new VariableEntry(
                variable.name(),
                value.type(),
                variable.parameter(),
                variable.inlinedFunction(),
                known ? value.brief(MOST_CHARACTERS) : "",
                pointee(value),
                known ? "" : value.problem().orElse(""));
    }
}
