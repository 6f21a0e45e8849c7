package oriel.engine.eval;

import java.util.OptionalLong;

/** Names that a debugger gives to numbers: {@code $t0}, {@code $bp3}, {@code $exp}. */
@FunctionalInterface
public interface Variables {
    /** There are none. */
    Variables NONE = name -> OptionalLong.empty();

    /**
     * The value of a name.
     *
     * @param name without the dollar sign, in lower case
     */
    OptionalLong value(String name);
}
