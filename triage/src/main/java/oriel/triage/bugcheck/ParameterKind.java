package oriel.triage.bugcheck;

/** What kind of number a parameter of a bug check is. */
enum ParameterKind {
    NUMBER,
    CODE,
    DATA,
    IRQL,
    STATUS,
    EXCEPTION,
    CONTEXT,
    TRAP,
    THREAD,
    PROCESS,
    IRP,
    DEVICE,
    DRIVER;

    static ParameterKind of(String word) {
        for (ParameterKind kind : values()) {
            if (kind.name().equalsIgnoreCase(word)) {
                return kind;
            }
        }
        throw new IllegalStateException("no kind of parameter: " + word);
    }
}
