package oriel.engine.disasm;

/** Names for addresses in formatted code. */
@FunctionalInterface
public interface CodeLabels {
    /** Names nothing. */
    CodeLabels NONE =
            // a class, for the first lambda of a program costs ten milliseconds
            new CodeLabels() {
                @Override
                public boolean append(long va, StringBuilder out) {
                    return false;
                }
            };

    /**
     * Appends the name of an address ({@code ntdll!NtClose+0x14}) when it has one.
     *
     * @return whether something was appended
     */
    boolean append(long va, StringBuilder out);
}
