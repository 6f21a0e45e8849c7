package oriel.format.minidump;

import java.util.Optional;
import java.util.OptionalLong;
import oriel.bytes.Bytes;

/**
 * Small facts of process and machine: MINIDUMP_MISC_INFO in its five versions. What the version or
 * the flags leave out is empty.
 */
public final class MiscInfo {
    private static final int PROCESS_ID = 0x1;
    private static final int PROCESS_TIMES = 0x2;
    private static final int PROCESSOR_POWER = 0x4;
    private static final int INTEGRITY = 0x10;
    private static final int EXECUTE_FLAGS = 0x20;
    private static final int TIME_ZONE = 0x40;
    private static final int PROTECTED = 0x80;
    private static final int BUILD_STRING = 0x100;
    private static final int COOKIE = 0x200;

    private static final int XSTATE_AT = 832;

    private final Bytes in;

    private MiscInfo(Bytes in) {
        this.in = in;
    }

    static MiscInfo read(Bytes stream) {
        long size = Math.min(stream.u32(0), stream.size());
        if (size < 8) {
            throw stream.error(0, "size " + size + " of the miscellaneous info");
        }
        return new MiscInfo(stream.slice(0, size));
    }

    /** SizeOfInfo, cut to the stream: 24, 44, 232, 832 or 1364 for versions 1 to 5. */
    public long sizeBytes() {
        return in.size();
    }

    /** MINIDUMP_MISC1_* and later bits: which fields hold. */
    public long flags() {
        return in.u32(4);
    }

    /** Process id, unsigned 32 bits. */
    public OptionalLong processId() {
        return number(PROCESS_ID, 8);
    }

    /** When the process began, seconds since 1970. */
    public OptionalLong createTime() {
        return number(PROCESS_TIMES, 12);
    }

    /** Seconds in user mode. */
    public OptionalLong userSeconds() {
        return number(PROCESS_TIMES, 16);
    }

    /** Seconds in kernel mode. */
    public OptionalLong kernelSeconds() {
        return number(PROCESS_TIMES, 20);
    }

    /** The processor's highest frequency in MHz. */
    public OptionalLong maxMhz() {
        return number(PROCESSOR_POWER, 24);
    }

    /** The processor's frequency in MHz when the dump was written. */
    public OptionalLong currentMhz() {
        return number(PROCESSOR_POWER, 28);
    }

    /** The limit set on the frequency in MHz. */
    public OptionalLong mhzLimit() {
        return number(PROCESSOR_POWER, 32);
    }

    /** The processor's deepest idle state. */
    public OptionalLong maxIdleState() {
        return number(PROCESSOR_POWER, 36);
    }

    /** The processor's current idle state. */
    public OptionalLong currentIdleState() {
        return number(PROCESSOR_POWER, 40);
    }

    /** SECURITY_MANDATORY_*_RID: 0x1000 low, 0x2000 medium, 0x3000 high, 0x4000 system. */
    public OptionalLong integrityLevel() {
        return number(INTEGRITY, 44);
    }

    /** MEM_EXECUTE_OPTION_* bits: 1 DEP on, 2 DEP off, 8 permanent, and others. */
    public OptionalLong executeFlags() {
        return number(EXECUTE_FLAGS, 48);
    }

    /** Whether the process was a protected one. */
    public Optional<Boolean> protectedProcess() {
        OptionalLong value = number(PROTECTED, 52);
        return value.isPresent() ? Optional.of(value.getAsLong() != 0) : Optional.empty();
    }

    /** The time zone of the machine. */
    public Optional<TimeZoneEntry> timeZone() {
        return (flags() & TIME_ZONE) != 0 && in.contains(56, 4 + TimeZoneEntry.SIZE)
                ? Optional.of(TimeZoneEntry.read(in.u32(56), in.slice(60, TimeZoneEntry.SIZE)))
                : Optional.empty();
    }

    /** The build of the system in words, e.g. {@code 10240.16384 (th1.150709-1700)}. */
    public Optional<String> buildString() {
        return text(232, 520);
    }

    /** The build of dbghelp.dll, or the name of another writer. */
    public Optional<String> debuggerBuild() {
        return text(752, 80);
    }

    /** Layout of the XSAVE areas behind contexts. */
    public XstateLayout xstate() {
        return in.contains(XSTATE_AT, XstateLayout.SIZE)
                ? XstateLayout.read(in.slice(XSTATE_AT, XstateLayout.SIZE))
                : XstateLayout.NONE;
    }

    /** The secret of EncodePointer in the process. */
    public OptionalLong processCookie() {
        return number(COOKIE, XSTATE_AT + XstateLayout.SIZE);
    }

    private OptionalLong number(int flag, long offset) {
        return (flags() & flag) != 0 && in.contains(offset, 4)
                ? OptionalLong.of(in.u32(offset))
                : OptionalLong.empty();
    }

    private Optional<String> text(long offset, int byteLength) {
        return (flags() & BUILD_STRING) != 0 && in.contains(offset, byteLength)
                ? Optional.of(Text.utf16(in, offset, byteLength))
                : Optional.empty();
    }
}
