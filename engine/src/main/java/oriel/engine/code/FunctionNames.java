package oriel.engine.code;

import java.util.Optional;

/** What is known of functions by name. */
@FunctionalInterface
public interface FunctionNames {
    /** Nothing is known. */
    FunctionNames NONE = va -> Optional.empty();

    /**
     * The name of the function that begins exactly at an address, or whose address is kept there
     * for calls into another module: {@code main}, {@code _imp_ExitProcess}.
     */
    Optional<String> nameAt(long va);
}
