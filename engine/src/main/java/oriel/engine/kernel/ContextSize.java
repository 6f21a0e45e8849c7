package oriel.engine.kernel;

import oriel.model.Architecture;

/** Sizes of CONTEXT. */
final class ContextSize {
    private ContextSize() {}

    static int of(Architecture architecture) {
        return switch (architecture) {
            case X86 -> 0x2cc;
            case X64 -> 0x4d0;
            case ARM -> 0x1a0;
            case ARM64 -> 0x390;
        };
    }
}
