package oriel.engine.dump;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import oriel.model.AddressRange;
import oriel.model.RegisterSet;
import oriel.model.TargetThread;
import oriel.model.ThreadRef;

/** A thread of a dump. */
record DumpThread(
        ThreadRef ref,
        RegisterSet registers,
        Optional<RegisterSet> nativeRegisters,
        Optional<String> name,
        AddressRange stack,
        OptionalLong tebVa,
        OptionalLong startVa,
        OptionalInt suspendCount,
        OptionalInt priority,
        Optional<Instant> created,
        Optional<Duration> userTime,
        Optional<Duration> kernelTime)
        implements TargetThread {}
