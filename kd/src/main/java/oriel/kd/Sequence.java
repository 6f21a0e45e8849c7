package oriel.kd;

import java.util.Optional;
import oriel.kd.protocol.ManipulateReply;
import oriel.kd.protocol.ManipulateRequest;

/** Requests of which each is told by the answer to the one before it. */
interface Sequence {
    /** Nothing follows. */
    Sequence ONE = answer -> Optional.empty();

    /**
     * What is asked next. It is sent with the acknowledgement of the answer, so that the target
     * works on while {@link #take} looks at the answer.
     */
    Optional<ManipulateRequest> following(ManipulateReply answer);

    /** Takes an answer on which something followed; it is gone afterwards. */
    default void take(ManipulateReply answer) {}

    /** Whether less can be asked than was asked last. */
    default boolean canAskLess() {
        return false;
    }

    /** Asks for less than was asked last, because the line damages long answers. */
    default ManipulateRequest less() {
        throw new IllegalStateException();
    }
}
