package oriel.triage.code;

/**
 * What a value would have been used for next, had the bad read worked.
 *
 * @param kind the use
 * @param va of the instruction that uses it
 * @param instruction its text
 */
public record TaintUse(Kind kind, long va, String instruction) {
    /** Uses, worst first. */
    public enum Kind {
        /** Called or jumped to. */
        CODE_FLOW("is called or jumped to"),
        /** Address, source or length of a block that is written. */
        BLOCK_WRITE("is the destination or length of a block write"),
        /** Address of a write. */
        WRITE_ADDRESS("is the address of a write"),
        /** Given to a function. */
        ARGUMENT("is passed to a function"),
        /** Returned to the caller. */
        RETURNED("is returned to the caller"),
        /** Decides a branch. */
        BRANCH("decides a branch");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** What happens to the value, in words that follow "the value read". */
        public String text() {
            return text;
        }
    }
}
