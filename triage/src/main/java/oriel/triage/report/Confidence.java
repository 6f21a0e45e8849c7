package oriel.triage.report;

/** How sure a conclusion is, surest last. */
public enum Confidence {
    LOW,
    MEDIUM,
    HIGH,
    /** Stated by the system or the runtime itself. */
    CERTAIN
}
