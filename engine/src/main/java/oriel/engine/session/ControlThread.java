package oriel.engine.session;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The one thread that calls the driver. */
final class ControlThread {
    private final ExecutorService executor =
            Executors.newSingleThreadExecutor(
                    task -> {
                        var thread = new Thread(task, "oriel-control");
                        thread.setDaemon(true);
                        own = thread;
                        return thread;
                    });

    private volatile @Nullable Thread own;

    /** Whether the caller is that thread. */
    boolean isCurrent() {
        return Thread.currentThread() == own;
    }

    /** Does something there and waits for it; what it throws is thrown here. */
    <T> T call(Callable<T> task) {
        try {
            if (isCurrent()) {
                return task.call();
            }
            return executor.submit(task).get();
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("the session is closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("interrupted").initCause(e);
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        } catch (Exception e) {
            throw unchecked(e);
        }
    }

    private static RuntimeException unchecked(@Nullable Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException runtime
                ? runtime
                : new IllegalStateException(failure);
    }

    /** Takes no tasks any more. */
    void end() {
        executor.shutdown();
    }

    /** Waits until {@link #end} was called and all tasks are done. */
    void awaitEnd() {
        if (isCurrent()) {
            return;
        }
        try {
            executor.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
