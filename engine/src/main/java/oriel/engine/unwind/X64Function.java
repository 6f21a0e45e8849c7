package oriel.engine.unwind;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import oriel.bytes.FormatException;
import oriel.format.pe.FunctionEntry;
import oriel.format.pe.ImageBytes;
import oriel.format.pe.X64UnwindInfo;

/**
 * An x64 function or fragment with its unwind data and that of the functions it is chained to.
 *
 * @param entry the function
 * @param primaryRva begin of the last function of the chain: the same for all its fragments
 * @param chain its own unwind data first; never empty
 */
record X64Function(FunctionEntry entry, long primaryRva, List<X64UnwindInfo> chain) {
    /** A longer chain is damage; the OS gives up at the same length. */
    private static final int LONGEST_CHAIN = 32;

    /** Set in an entry that points to another entry instead of to unwind data. */
    private static final int INDIRECT = 1;

    /**
     * Reads a function's unwind data; empty when it is damaged, not there or chained in a circle.
     *
     * @param problems told why it is empty
     */
    static Optional<X64Function> read(
            ImageBytes image, FunctionEntry entry, Consumer<String> problems) {
        var chain = new ArrayList<X64UnwindInfo>(1);
        FunctionEntry at = entry;
        try {
            while (chain.size() < LONGEST_CHAIN) {
                if ((at.unwindData() & INDIRECT) != 0) {
                    at = FunctionEntry.readX64(image, at.unwindData() & ~(long) INDIRECT);
                }
                X64UnwindInfo info = X64UnwindInfo.read(image, at.unwindData());
                chain.add(info);
                if (info.chained().isEmpty()) {
                    return Optional.of(new X64Function(entry, at.beginRva(), List.copyOf(chain)));
                }
                at = info.chained().get();
            }
            problems.accept(
                    "unwind data of the function at rva 0x"
                            + Long.toHexString(entry.beginRva())
                            + " is chained in a circle");
        } catch (FormatException e) {
            problems.accept(e.getMessage());
        }
        return Optional.empty();
    }
}
