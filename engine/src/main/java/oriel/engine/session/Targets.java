package oriel.engine.session;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import oriel.driver.DriverException;
import oriel.driver.Launch;
import oriel.driver.ProcessDriver;
import oriel.driver.RunPlan;

/**
 * Which processes a session debugs: how they come, and how they are left when it ends. Used on the
 * control thread, but for what is volatile.
 */
final class Targets {
    private static final Duration KILL = Duration.ofSeconds(10);
    private static final Duration KILL_STEP = Duration.ofMillis(200);

    private final Runner runner;
    private final Set<Long> started = new HashSet<>();
    private volatile boolean stopsAtLoader;
    private volatile boolean killsAttached;

    Targets(Runner runner) {
        this.runner = runner;
    }

    void stopAtLoader(boolean on) {
        stopsAtLoader = on;
    }

    boolean stopsAtLoader() {
        return stopsAtLoader;
    }

    void killAttached(boolean on) {
        killsAttached = on;
    }

    Stop start(Launch launch) {
        long processId = processes().start(launch);
        started.add(processId);
        return begin(processId);
    }

    Stop attach(long processId) {
        processes().attach(processId);
        return begin(processId);
    }

    private ProcessDriver processes() {
        if (runner.driver() instanceof ProcessDriver processes) {
            return processes;
        }
        throw new UnsupportedOperationException("this target is no process");
    }

    private Stop begin(long processId) {
        boolean before = stopsAtLoader;
        stopsAtLoader = true;
        try {
            return runner.run(Optional.empty(), false)
                    .orElseThrow(
                            () ->
                                    new DriverException(
                                            "process " + processId, 0, "It ended at once."));
        } finally {
            stopsAtLoader = before;
        }
    }

    void detach(long processId) {
        runner.space(processId).ifPresent(runner::clean);
        runner.driver().detach(processId);
        started.remove(processId);
    }

    /** Ends what was started and lets go of the rest, then of the driver. */
    void end() {
        boolean any = false;
        for (ProcessSpace space : runner.spaces()) {
            long processId = space.processId();
            runner.clean(space);
            if (isKilled(processId)) {
                runner.driver().kill(processId);
                any = true;
            }
        }
        long limit = System.nanoTime() + KILL.toNanos();
        while (any && System.nanoTime() < limit) {
            List<Long> left = runner.driver().processes();
            any = left.stream().anyMatch(this::isKilled);
            if (any) {
                runner.driver().run(RunPlan.GO.within(KILL_STEP));
            }
        }
        runner.driver().close();
    }

    private boolean isKilled(long processId) {
        return killsAttached || started.contains(processId);
    }
}
