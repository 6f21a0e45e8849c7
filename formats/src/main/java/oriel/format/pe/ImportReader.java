package oriel.format.pe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import oriel.bytes.FormatException;

/**
 * Reads IMAGE_IMPORT_DESCRIPTOR and ImgDelayDescr tables. The loader goes by the terminating
 * entries, not by the size of the directory, and so does this; tables that never end are cut off
 * when more slots were read than the image has room for.
 */
final class ImportReader {
    private static final int DESCRIPTOR = 20;
    private static final int DELAY_DESCRIPTOR = 32;

    private final ImageView image;
    private final OptionalHeader header;
    private final int width;
    private final List<ImportedModule> modules = new ArrayList<>();
    private final NameBudget names;
    private long budget;

    ImportReader(ImageView image, OptionalHeader header) {
        this.image = image;
        this.header = header;
        this.width = header.isPlus() ? 8 : 4;
        this.names = new NameBudget(image.bytes().size());
        this.budget = image.bytes().size() / width + 1;
    }

    /** Modules imported when the image is loaded. */
    List<ImportedModule> imports(long rva) {
        for (long at = rva; budget-- > 0 && image.contains(at + DESCRIPTOR - 1); at += DESCRIPTOR) {
            long lookup = image.u32(at);
            long name = image.u32(at + 12);
            long slots = image.u32(at + 16);
            if (name == 0 || slots == 0) {
                break;
            }
            // linkers of old leave the names out; a table outside the image is ignored likewise
            long table = lookup != 0 && image.contains(lookup) ? lookup : slots;
            modules.add(
                    new ImportedModule(
                            text(name),
                            false,
                            image.u32(at + 4),
                            image.u32(at + 8),
                            symbols(table, slots, 0)));
        }
        return List.copyOf(modules);
    }

    /** Modules imported at first use. */
    List<ImportedModule> delayed(long rva) {
        for (long at = rva;
                budget-- > 0 && image.contains(at + DELAY_DESCRIPTOR - 1);
                at += DELAY_DESCRIPTOR) {
            // without this bit the table of Visual C++ 6 holds addresses instead of rvas
            long base = (image.u32(at) & 1) != 0 ? 0 : header.imageBase();
            long name = image.u32(at + 4);
            long slots = image.u32(at + 12);
            long lookup = image.u32(at + 16);
            if (name == 0 || lookup == 0) {
                break;
            }
            modules.add(
                    new ImportedModule(
                            text(name - base),
                            true,
                            image.u32(at + 28),
                            0,
                            symbols(lookup - base, slots - base, base)));
        }
        return List.copyOf(modules);
    }

    private List<ImportedSymbol> symbols(long table, long slots, long base) {
        var list = new ArrayList<ImportedSymbol>();
        long top = 1L << (width * 8 - 1);
        for (long at = 0; budget-- > 0 && image.contains(table + at + width - 1); at += width) {
            long thunk = width == 8 ? image.u64(table + at) : image.u32(table + at);
            if (thunk == 0) {
                break;
            }
            list.add(
                    (thunk & top) != 0
                            ? new ImportedSymbol(
                                    Optional.empty(),
                                    OptionalInt.of((int) thunk & 0xffff),
                                    0,
                                    slots + at)
                            : byName(thunk - base, slots + at));
        }
        return list;
    }

    private ImportedSymbol byName(long rva, long slot) {
        try {
            String name = names.spend(image.cString(rva + 2, names.limit()));
            return new ImportedSymbol(Optional.of(name), OptionalInt.empty(), image.u16(rva), slot);
        } catch (FormatException e) {
            // the slot has been bound or overwritten: it holds an address
            return new ImportedSymbol(Optional.empty(), OptionalInt.empty(), 0, slot);
        }
    }

    private String text(long rva) {
        return image.contains(rva) ? names.spend(image.cString(rva, names.limit())) : "";
    }
}
