package oriel.format.minidump;

import java.util.Optional;
import oriel.bytes.Bytes;
import oriel.model.Architecture;
import oriel.model.RegisterSet;

/**
 * Registers of a thread: a CONTEXT of winnt.h, or Breakpad's relatives of it. What the flags of the
 * context leave out is unknown.
 *
 * @param architecture whose registers these are
 * @param flags ContextFlags
 * @param registers the values
 * @param upperVectors the upper 128 bits of ymm0, ymm1 and so on, 16 bytes each, when they were in
 *     use and saved; else empty
 */
public record ProcessorContext(
        Architecture architecture, long flags, RegisterSet registers, Bytes upperVectors) {
    private static final int X86_SMALLEST = 204;

    /** Without an AVX state. */
    ProcessorContext(Architecture architecture, long flags, RegisterSet registers) {
        this(architecture, flags, registers, Bytes.of(new byte[0], ""));
    }

    /**
     * Reads a context.
     *
     * @param in its bytes, with an XSAVE area behind it if there is one
     * @param architecture what the dump says it is of
     * @param layout of the XSAVE area
     * @return empty when the bytes are not a context of that architecture
     */
    public static Optional<ProcessorContext> read(
            Bytes in, Architecture architecture, XstateLayout layout) {
        return switch (architecture) {
            case X64 -> X64Context.read(in, layout);
            case X86 -> in.size() < X86_SMALLEST ? Optional.empty() : X86Context.read(in, layout);
            case ARM64 -> Arm64Context.read(in);
            case ARM -> ArmContext.read(in);
        };
    }
}
