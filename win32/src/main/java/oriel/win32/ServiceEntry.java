package oriel.win32;

/**
 * A service as its manager lists it.
 *
 * @param name its key
 * @param displayName what people read
 * @param type SERVICE_ bits: 0x10 own process, 0x20 shared one, 1 and 2 drivers
 * @param state what it does now
 * @param acceptedControls SERVICE_ACCEPT_ bits: 1 stop, 2 pause
 * @param exitCode why it ended
 * @param processId the process it runs in; 0 when it does not
 */
public record ServiceEntry(
        String name,
        String displayName,
        int type,
        State state,
        int acceptedControls,
        int exitCode,
        long processId) {
    /** SERVICE_STOPPED to SERVICE_PAUSED. */
    public enum State {
        UNKNOWN,
        STOPPED,
        START_PENDING,
        STOP_PENDING,
        RUNNING,
        CONTINUE_PENDING,
        PAUSE_PENDING,
        PAUSED
    }
}
