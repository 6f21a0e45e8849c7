package oriel.win32;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import oriel.model.AddressRange;
import oriel.model.RegisterSet;
import oriel.model.TargetThread;
import oriel.model.ThreadRef;

/** A thread of a {@link LiveTarget} as it was when the process was stopped. */
record LiveThread(
        ThreadRef ref,
        RegisterSet registers,
        Optional<RegisterSet> nativeRegisters,
        Optional<String> name,
        AddressRange stack,
        long teb,
        long start,
        int basePriority,
        OptionalInt suspendCount,
        ProcessTimes times)
        implements TargetThread {
    @Override
    public OptionalLong tebVa() {
        return OptionalLong.of(teb);
    }

    @Override
    public OptionalLong startVa() {
        return start == 0 ? OptionalLong.empty() : OptionalLong.of(start);
    }

    @Override
    public OptionalInt priority() {
        return OptionalInt.of(basePriority);
    }

    @Override
    public Optional<Instant> created() {
        return times.created();
    }

    @Override
    public Optional<Duration> userTime() {
        return Optional.of(times.userTime());
    }

    @Override
    public Optional<Duration> kernelTime() {
        return Optional.of(times.kernelTime());
    }
}
