package oriel.driver;

/** A driver whose targets are processes, which it can start and attach to while it works. */
public interface ProcessDriver extends DebugDriver {
    /**
     * Starts a program under this debugger. Its events follow with the next runs.
     *
     * @return its process id
     */
    long start(Launch launch);

    /**
     * Becomes the debugger of a running process. Its events follow with the next runs: the process,
     * its threads and its modules as if they came now, then a breakpoint.
     *
     * @throws DriverException when there is no such process, it may not be debugged, or another
     *     debugger has it
     */
    void attach(long processId);
}
