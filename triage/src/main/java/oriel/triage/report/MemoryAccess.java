package oriel.triage.report;

import java.util.OptionalInt;

/**
 * The access that failed.
 *
 * @param kind what was tried
 * @param place the address and what lies there
 * @param sizeBytes how much was accessed, when the instruction is known
 * @param operand the memory operand, e.g. {@code dword ptr [eax]}; may be empty
 * @param origin where the address comes from
 */
public record MemoryAccess(
        Kind kind, Place place, OptionalInt sizeBytes, String operand, Origin origin) {
    /** What was tried. */
    public enum Kind {
        READ("read"),
        WRITE("write"),
        EXECUTE("execute"),
        UNKNOWN("access");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** As a lower case word. */
        public String text() {
            return text;
        }
    }

    /** Where the address comes from. */
    public enum Origin {
        /** The processor reported it. */
        REPORTED,
        /**
         * Worked out from the instruction and the registers, because the processor does not report
         * it: for a non-canonical address Windows says -1.
         */
        WORKED_OUT
    }
}
