package oriel.format.pe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import oriel.bytes.FormatException;

/**
 * The export directory (IMAGE_EXPORT_DIRECTORY). Names are read when asked for; tables that are cut
 * short or lie outside the image are taken as far as they are there.
 */
public final class ExportTable {
    private final ImageView image;
    private final DataDirectory directory;
    private final String moduleName;
    private final long timestamp;
    private final long ordinalBase;
    private final int[] addresses;
    private final int[] nameRvas;
    private final int[] nameOrdinals;
    private final boolean complete;

    private ExportTable(ImageView image, DataDirectory directory) {
        long at = directory.rva();
        this.image = image;
        this.directory = directory;
        this.timestamp = image.u32(at + 4);
        this.moduleName = text(image, image.u32(at + 12), budget());
        this.ordinalBase = image.u32(at + 16);
        long functions = image.u32(at + 20);
        long names = image.u32(at + 24);
        this.addresses = table(image, image.u32(at + 28), functions, 4);
        int[] rvas = table(image, image.u32(at + 32), names, 4);
        this.nameOrdinals = table(image, image.u32(at + 36), rvas.length, 2);
        this.nameRvas = Arrays.copyOf(rvas, nameOrdinals.length);
        this.complete = addresses.length == functions && nameRvas.length == names;
    }

    /**
     * Reads the directory.
     *
     * @throws FormatException when the directory itself is not in the image
     */
    static ExportTable read(ImageView image, DataDirectory directory) {
        return new ExportTable(image, directory);
    }

    /** The name the module gives itself; may be empty. */
    public String moduleName() {
        return moduleName;
    }

    /** TimeDateStamp of the directory, unsigned 32 bits. */
    public long timestamp() {
        return timestamp;
    }

    /** Number of the first ordinal, unsigned 32 bits. */
    public long ordinalBase() {
        return ordinalBase;
    }

    /** Whether all the entries that the directory claims are there. */
    public boolean isComplete() {
        return complete;
    }

    /** All exports: by name in the order of the names, then those by ordinal only. */
    public List<Export> all() {
        var list = new ArrayList<Export>(addresses.length);
        forEach(list::add);
        return list;
    }

    /** Streams {@link #all}. An address with two names is two exports; empty slots are left out. */
    public void forEach(Consumer<Export> sink) {
        var named = new boolean[addresses.length];
        NameBudget budget = budget();
        for (int i = 0; i < nameRvas.length; i++) {
            int slot = nameOrdinals[i];
            if (slot < addresses.length && addresses[slot] != 0) {
                named[slot] = true;
                sink.accept(export(slot, Optional.of(name(i, budget)), budget));
            }
        }
        for (int slot = 0; slot < addresses.length; slot++) {
            if (!named[slot] && addresses[slot] != 0) {
                sink.accept(export(slot, Optional.empty(), budget));
            }
        }
    }

    /** The export with a name, as GetProcAddress finds it, or by reading all where unsorted. */
    public Optional<Export> named(String wanted) {
        NameBudget budget = budget();
        for (int i = 0; i < nameRvas.length; i++) {
            int slot = nameOrdinals[i];
            if (slot < addresses.length && name(i, budget).equals(wanted)) {
                return Optional.of(export(slot, Optional.of(wanted), budget));
            }
        }
        return Optional.empty();
    }

    private Export export(int slot, Optional<String> name, NameBudget budget) {
        long rva = addresses[slot] & 0xffffffffL;
        boolean forwards = rva >= directory.rva() && rva - directory.rva() < directory.sizeBytes();
        return new Export(
                ordinalBase + slot,
                name,
                rva,
                forwards ? Optional.of(text(image, rva, budget)) : Optional.empty());
    }

    private String name(int i, NameBudget budget) {
        return text(image, nameRvas[i] & 0xffffffffL, budget);
    }

    private NameBudget budget() {
        return new NameBudget(image.bytes().size());
    }

    private static String text(ImageView image, long rva, NameBudget budget) {
        return image.contains(rva) ? budget.spend(image.cString(rva, budget.limit())) : "";
    }

    private static int[] table(ImageView image, long rva, long count, int width) {
        long room = image.fileOffset(rva) < 0 ? 0 : image.from(rva).size() / width;
        var table = new int[(int) Math.min(count, room)];
        if (table.length > 0) {
            var window = image.from(rva);
            for (int i = 0; i < table.length; i++) {
                long at = (long) i * width;
                table[i] = width == 2 ? window.u16(at) : window.s32(at);
            }
        }
        return table;
    }
}
