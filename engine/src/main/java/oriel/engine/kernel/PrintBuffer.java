package oriel.engine.kernel;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.engine.kernel.DebuggerData.Item;

/** Reads the ring in which the kernel keeps what drivers printed (DbgPrint). */
final class PrintBuffer {
    private static final int LARGEST = 16 << 20;

    private final KernelMemory memory;
    private final DebuggerData data;

    PrintBuffer(KernelMemory memory, DebuggerData data) {
        this.memory = memory;
        this.data = data;
    }

    /** The text, oldest first; empty when the ring cannot be read. */
    Optional<String> text() {
        OptionalLong start = start();
        OptionalLong size = start.isPresent() ? size(start.getAsLong()) : OptionalLong.empty();
        OptionalLong writeAt = data.address(Item.PRINT_WRITE_POINTER);
        if (size.isEmpty() || writeAt.isEmpty()) {
            return Optional.empty();
        }
        OptionalLong write = memory.nonNull(writeAt.getAsLong());
        byte[] ring = memory.memory().readUpTo(start.getAsLong(), (int) size.getAsLong());
        if (write.isEmpty() || ring.length == 0) {
            return Optional.empty();
        }
        int cut = (int) Math.max(0, Math.min(ring.length, write.getAsLong() - start.getAsLong()));
        OptionalLong rolled = data.address(Item.PRINT_ROLLOVER_COUNT);
        boolean again = rolled.isPresent() && memory.unsigned(rolled.getAsLong(), 4).orElse(0) > 0;
        String newest = new String(ring, 0, cut, StandardCharsets.ISO_8859_1);
        String oldest =
                again ? new String(ring, cut, ring.length - cut, StandardCharsets.ISO_8859_1) : "";
        return Optional.of((oldest + newest).replace("\0", ""));
    }

    /** Newer kernels tell where the pointer to the ring is, because its size can be set. */
    private OptionalLong start() {
        OptionalLong variable = data.address(Item.PRINT_BUFFER_POINTER);
        OptionalLong pointed =
                variable.isPresent() ? memory.nonNull(variable.getAsLong()) : OptionalLong.empty();
        return pointed.isPresent() ? pointed : data.address(Item.PRINT_BUFFER);
    }

    private OptionalLong size(long start) {
        OptionalLong variable = data.address(Item.PRINT_BUFFER_SIZE);
        OptionalLong told =
                variable.isPresent()
                        ? memory.unsigned(variable.getAsLong(), 4)
                        : OptionalLong.empty();
        if (told.isEmpty() || told.getAsLong() == 0) {
            OptionalLong end = data.address(Item.PRINT_BUFFER_END);
            told =
                    end.isPresent()
                            ? OptionalLong.of(end.getAsLong() - start)
                            : OptionalLong.empty();
        }
        boolean sane = told.isPresent() && told.getAsLong() > 0 && told.getAsLong() <= LARGEST;
        return sane ? told : OptionalLong.empty();
    }
}
