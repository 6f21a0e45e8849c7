package oriel.triage.bugcheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import oriel.engine.kernel.Kernel;
import oriel.engine.kernel.KernelProcessor;
import oriel.model.BugCheck;
import oriel.triage.report.Fact;

/**
 * What 0x133 tells beyond its name: how long it took, on which processor, and what the rest did.
 */
final class DpcWatchdog {
    private DpcWatchdog() {}

    static List<Fact> facts(Optional<Kernel> kernel, BugCheck bugCheck) {
        var facts = new ArrayList<Fact>();
        if (bugCheck.parameter(0) == 0 && bugCheck.parameter(2) > 0) {
            facts.add(
                    new Fact(
                            "time",
                            bugCheck.parameter(1)
                                    + " ticks of "
                                    + bugCheck.parameter(2)
                                    + " allowed"));
        }
        OptionalInt stopped = bugCheck.processor();
        kernel.ifPresent(
                k -> {
                    int busy = 0;
                    for (KernelProcessor processor : k.processors()) {
                        busy += processor.isIdle() ? 0 : 1;
                    }
                    if (stopped.isPresent() && !k.processors().isEmpty()) {
                        facts.add(
                                new Fact(
                                        "processors",
                                        "stopped on "
                                                + stopped.getAsInt()
                                                + "; "
                                                + busy
                                                + " of "
                                                + k.processors().size()
                                                + " were not idle"));
                    }
                });
        return facts;
    }
}
