package oriel.engine.kernel;

import java.util.OptionalLong;

/** What the symbols of the kernel tell: addresses of variables and offsets of members. */
public interface KernelSymbols {
    /** No symbols. */
    KernelSymbols NONE =
            new KernelSymbols() {
                @Override
                public OptionalLong address(String name) {
                    return OptionalLong.empty();
                }

                @Override
                public OptionalLong offset(String type, String member) {
                    return OptionalLong.empty();
                }
            };

    /** The address of a variable or function, without module name: {@code KiWaitNever}. */
    OptionalLong address(String name);

    /**
     * The offset of a member.
     *
     * @param type {@code _EPROCESS}
     * @param member {@code UniqueProcessId}
     */
    OptionalLong offset(String type, String member);
}
