package oriel.triage.reason;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import oriel.triage.report.Fact;

/**
 * Which DLL or function was not found: {@code DelayLoadInfo} (delayimp.h), to which the parameter
 * of the delay-load exceptions points.
 */
final class DelayLoad {
    private static final int LONGEST_NAME = 260;

    private DelayLoad() {}

    static List<Fact> facts(long va, TargetText text, int pointerSize) {
        var facts = new ArrayList<Fact>();
        long dll = va + (pointerSize == 8 ? 24 : 12);
        OptionalLong dllName = text.pointer(dll);
        if (dllName.isPresent()) {
            text.ascii(dllName.getAsLong(), LONGEST_NAME)
                    .ifPresent(name -> facts.add(new Fact("DLL", name)));
        }
        OptionalLong byName = text.u32(dll + pointerSize);
        OptionalLong name = text.pointer(dll + 2L * pointerSize);
        if (byName.isPresent() && name.isPresent()) {
            if (byName.getAsLong() == 0) {
                facts.add(new Fact("function", "ordinal " + (name.getAsLong() & 0xffff)));
            } else {
                text.ascii(name.getAsLong(), LONGEST_NAME)
                        .ifPresent(found -> facts.add(new Fact("function", found)));
            }
        }
        return facts;
    }
}
