package oriel.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A thread of a target, as it was when the target stopped. Everything but identity may be absent.
 */
public interface TargetThread {
    /** Which thread. */
    ThreadRef ref();

    /**
     * Registers at the stop (of the exception, on the thread that raised it); all unknown if lost.
     */
    RegisterSet registers();

    /** Name given by SetThreadDescription or by the thread-naming exception. */
    default Optional<String> name() {
        return Optional.empty();
    }

    /** The part of the stack in use, from the stack pointer up; empty when not known. */
    default AddressRange stack() {
        return AddressRange.EMPTY;
    }

    /** Address of the thread environment block. */
    default OptionalLong tebVa() {
        return OptionalLong.empty();
    }

    /** Address at which the thread began. */
    default OptionalLong startVa() {
        return OptionalLong.empty();
    }

    /** How often the thread is suspended. */
    default OptionalInt suspendCount() {
        return OptionalInt.empty();
    }

    /** Base priority, -15 to 31. */
    default OptionalInt priority() {
        return OptionalInt.empty();
    }

    /** When the thread began. */
    default Optional<Instant> created() {
        return Optional.empty();
    }

    /** Time spent in user mode. */
    default Optional<Duration> userTime() {
        return Optional.empty();
    }

    /** Time spent in kernel mode. */
    default Optional<Duration> kernelTime() {
        return Optional.empty();
    }

    /** The processor it runs on; empty when it waits, or when the target does not tell. */
    default OptionalInt processor() {
        return OptionalInt.empty();
    }

    /** The other side's registers: the 64-bit ones of a thread of a WOW64 process. */
    default Optional<RegisterSet> nativeRegisters() {
        return Optional.empty();
    }
}
