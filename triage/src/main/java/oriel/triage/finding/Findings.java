package oriel.triage.finding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import oriel.model.RegisterSet;
import oriel.model.Target;
import oriel.triage.place.Places;
import oriel.triage.report.Confidence;
import oriel.triage.report.Finding;
import oriel.triage.report.FrameEntry;
import oriel.triage.report.RecursionEntry;
import oriel.triage.report.StackEntry;
import oriel.triage.report.StackSection;
import oriel.triage.report.ThreadEntry;

/** Looks for likely causes of a crash. */
public final class Findings {
    private static final int STACK_OVERFLOW = 0xc00000fd;

    private Findings() {}

    /**
     * All findings, surest first.
     *
     * @param places of the target
     * @param scene the crash; empty when nothing crashed
     * @param stacks all stacks, the crashing one first
     * @param stackOf names the functions that are on the stack of registers
     */
    public static List<Finding> of(
            Target target,
            Places places,
            Optional<Scene> scene,
            List<StackSection> stacks,
            Function<RegisterSet, String> stackOf) {
        var findings = new ArrayList<Finding>();
        if (scene.isPresent()) {
            ControlFindings.add(scene.get(), findings);
            PointerFindings.add(scene.get(), findings);
            FilledObjects.add(scene.get(), findings);
            PageFindings.add(scene.get(), findings);
            PointerOrigin.add(scene.get(), findings);
            if (!stacks.isEmpty() && stacks.get(0).crashed()) {
                stack(scene.get(), stacks.get(0), findings);
            }
        } else {
            HandledException.add(target, places, stackOf, findings);
        }
        WaitGraph.add(target, places, waiting(stacks), findings);
        findings.sort(Comparator.comparing(Finding::confidence).reversed());
        return findings;
    }

    /** The characters that a bad pointer consists of, when it looks like text. */
    public static Optional<String> pointerText(Scene scene) {
        return PointerFindings.pointerText(scene);
    }

    private static void stack(Scene scene, StackSection stack, List<Finding> findings) {
        for (StackEntry entry : stack.entries()) {
            if (entry instanceof RecursionEntry recursion) {
                if (scene.exception().code() == STACK_OVERFLOW) {
                    findings.add(endless(recursion));
                }
                return;
            }
            if (entry instanceof FrameEntry frame
                    && frame.index() > 0
                    && frame.index() < 8
                    && frame.unloaded().isPresent()) {
                findings.add(
                        new Finding(
                                "return-to-unloaded-module",
                                Confidence.MEDIUM,
                                "frame "
                                        + frame.index()
                                        + " returns to "
                                        + frame.label()
                                        + ", which had been unloaded"));
            }
        }
    }

    private static Finding endless(RecursionEntry recursion) {
        var names = new ArrayList<String>();
        for (FrameEntry frame : recursion.cycle()) {
            names.add(frame.label());
        }
        return new Finding(
                "endless-recursion",
                recursion.times() > 100 ? Confidence.HIGH : Confidence.MEDIUM,
                String.join(" <- ", names) + " repeats " + recursion.times() + " times");
    }

    private static Map<Long, String> waiting(List<StackSection> stacks) {
        Map<Long, String> waiting = new HashMap<>();
        for (StackSection stack : stacks) {
            for (ThreadEntry thread : stack.threads()) {
                if (!thread.waiting().isEmpty()) {
                    waiting.put(thread.threadId(), thread.waiting());
                }
            }
        }
        return waiting;
    }
}
