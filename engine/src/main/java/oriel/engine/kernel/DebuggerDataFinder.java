package oriel.engine.kernel;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import oriel.model.AddressRange;
import oriel.model.Diagnostic;

/**
 * Finds KDDEBUGGER_DATA64: where it is said to be, else by its tag in the kernel image. Windows 8
 * and newer that were not booted for debugging keep it encoded until a dump is written; the keys
 * are in variables that only symbols name.
 */
final class DebuggerDataFinder {
    private static final int CHUNK = 1 << 16;
    private static final int MOST_IMAGE = 64 << 20;
    private static final String SUBJECT = "debugger data block";

    private final KernelMemory memory;
    private final KernelAccess access;
    private final KernelSymbols symbols;
    private final Consumer<Diagnostic> problems;

    DebuggerDataFinder(
            KernelMemory memory,
            KernelAccess access,
            KernelSymbols symbols,
            Consumer<Diagnostic> problems) {
        this.memory = memory;
        this.access = access;
        this.symbols = symbols;
        this.problems = problems;
    }

    Optional<DebuggerData> find(Optional<AddressRange> kernel) {
        OptionalLong said = access.debuggerDataVa();
        if (said.isPresent()) {
            Optional<DebuggerData> there = at(said.getAsLong());
            if (there.isPresent()) {
                return there;
            }
        }
        OptionalLong named = symbols.address("KdDebuggerDataBlock");
        if (named.isPresent()) {
            Optional<DebuggerData> there = at(named.getAsLong());
            if (there.isPresent()) {
                return there;
            }
        }
        Optional<DebuggerData> searched = kernel.flatMap(this::search);
        if (searched.isEmpty()) {
            absent(said);
        }
        return searched;
    }

    private Optional<DebuggerData> at(long va) {
        byte[] bytes = memory.memory().readUpTo(va, DebuggerData.MOST_BYTES);
        Optional<DebuggerData> plain =
                DebuggerData.of(va, bytes, access.architecture(), DebuggerData.Form.PLAIN);
        return plain.isPresent() ? plain : decode(va, bytes);
    }

    /**
     * Each 64-bit word was mixed with KiWaitNever, the address of KdpDataBlockEncoded and
     * KiWaitAlways, in this order backwards.
     */
    private Optional<DebuggerData> decode(long va, byte[] bytes) {
        OptionalLong never = variable("KiWaitNever");
        OptionalLong always = variable("KiWaitAlways");
        OptionalLong flag = symbols.address("KdpDataBlockEncoded");
        if (never.isEmpty() || always.isEmpty() || flag.isEmpty()) {
            return Optional.empty();
        }
        var plain = new byte[bytes.length & ~7];
        for (int at = 0; at < plain.length; at += 8) {
            long word = KernelMemory.number(bytes, at, 8);
            word = Long.rotateLeft(word ^ never.getAsLong(), (int) (never.getAsLong() & 0x3f));
            word = always.getAsLong() ^ Long.reverseBytes(word ^ flag.getAsLong());
            for (int i = 0; i < 8; i++) {
                plain[at + i] = (byte) (word >>> 8 * i);
            }
        }
        return DebuggerData.of(va, plain, access.architecture(), DebuggerData.Form.DECODED);
    }

    private OptionalLong variable(String name) {
        OptionalLong va = symbols.address(name);
        return va.isPresent() ? memory.unsigned(va.getAsLong(), 8) : OptionalLong.empty();
    }

    /**
     * Looks for the tag, followed by a likely size and the base of this kernel. Not in its code: on
     * a serial line that would take many minutes.
     */
    private Optional<DebuggerData> search(AddressRange kernel) {
        long left = MOST_IMAGE;
        for (AddressRange part : MappedHeader.dataOf(memory.memory(), kernel)) {
            long length = Math.min(part.sizeBytes(), left);
            Optional<DebuggerData> found = search(kernel, part.start(), length);
            if (found.isPresent()) {
                return found;
            }
            left -= length;
        }
        return Optional.empty();
    }

    private Optional<DebuggerData> search(AddressRange kernel, long start, long length) {
        var chunk = new byte[CHUNK];
        for (long at = 0; at < length; at += CHUNK) {
            for (int page = 0; page < CHUNK; page += 0x1000) {
                int want = (int) Math.max(0, Math.min(0x1000, length - at - page));
                int got = memory.memory().read(start + at + page, chunk, page, want);
                Arrays.fill(chunk, page + got, page + 0x1000, (byte) 0);
            }
            for (int i = 0; i + 4 <= CHUNK; i += 4) {
                if (chunk[i] == 'K'
                        && chunk[i + 1] == 'D'
                        && chunk[i + 2] == 'B'
                        && chunk[i + 3] == 'G') {
                    Optional<DebuggerData> here = candidate(kernel, start + at + i - 16);
                    if (here.isPresent()) {
                        return here;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<DebuggerData> candidate(AddressRange kernel, long va) {
        byte[] bytes = memory.memory().readUpTo(va, DebuggerData.MOST_BYTES);
        return DebuggerData.of(va, bytes, access.architecture(), DebuggerData.Form.PLAIN)
                .filter(
                        data ->
                                data.address(DebuggerData.Item.KERNEL_BASE)
                                        .equals(OptionalLong.of(kernel.start())));
    }

    private void absent(OptionalLong said) {
        if (said.isEmpty()) {
            problems.accept(new Diagnostic(SUBJECT, "not found in the kernel image"));
            return;
        }
        boolean readable = memory.unsigned(said.getAsLong(), 8).isPresent();
        String where = Long.toHexString(said.getAsLong());
        problems.accept(
                new Diagnostic(
                        SUBJECT,
                        readable
                                ? "at "
                                        + where
                                        + " is encoded: its keys (KiWaitNever, KiWaitAlways,"
                                        + " KdpDataBlockEncoded) are named by the kernel's PDB,"
                                        + " which was not found; what it would tell is looked"
                                        + " for in memory"
                                : "at " + where + " cannot be read"));
    }
}
