package oriel.engine.dump;

import java.util.List;
import oriel.model.AddressRange;
import oriel.model.Memory;

/** The memory that a dump itself holds. */
interface DumpMemory extends Memory {
    /** How many bytes from {@code va} on are missing, at most {@code limit}. */
    int gap(long va, int limit);

    /** The ranges that are there, by address, merged; may take a while for a large dump. */
    List<AddressRange> ranges();
}
