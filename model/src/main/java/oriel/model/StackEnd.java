package oriel.model;

/**
 * Why a stack walk ended.
 *
 * @param kind the kind of end
 * @param detail more in words; may be empty
 */
public record StackEnd(Kind kind, String detail) {
    /** Kinds of end. */
    public enum Kind {
        /** The outermost frame: a null return address or a known thread start. */
        COMPLETE,
        /** No caller could be found, not even by scanning. */
        NO_CALLER,
        /** The stack's memory is not in the target. */
        STACK_UNREADABLE,
        /** The frames ran in a circle or the stack pointer went the wrong way. */
        NOT_ADVANCING,
        /** The limit of frames was reached. */
        TOO_MANY_FRAMES,
        /** The registers of the thread are not known. */
        NO_CONTEXT
    }

    /** The good end. */
    public static final StackEnd COMPLETE = new StackEnd(Kind.COMPLETE, "");
}
