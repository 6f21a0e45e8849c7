package oriel.app.render;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import oriel.model.AddressRange;
import oriel.model.LoadedModule;
import oriel.model.MemoryRegion;
import oriel.model.Target;
import oriel.model.TargetThread;
import oriel.win32.LiveTarget;

/** The memory map as a table. */
public final class MemoryMapTable {
    private final Page page;
    private final Addresses addresses;
    private final List<AddressRange> readable;
    private final Owner[] owners;
    private final String share;

    /** Whose memory an area is. */
    private record Owner(AddressRange range, String words) {}

    /** Writes parts of the map of a target to a page. */
    public MemoryMapTable(Page page, Target target) {
        this.page = page;
        this.addresses = new Addresses(target.architecture());
        this.share = target instanceof LiveTarget ? "readable what" : "in dump  what";
        this.readable = target.readableRanges();
        var all = new java.util.ArrayList<Owner>();
        for (LoadedModule module : target.modules()) {
            all.add(new Owner(module.range(), module.name()));
        }
        for (TargetThread thread : target.threads()) {
            String who = "thread " + thread.ref().threadId();
            all.add(new Owner(thread.stack(), "stack of " + who));
            thread.tebVa()
                    .ifPresent(va -> all.add(new Owner(new AddressRange(va, 1), "TEB of " + who)));
        }
        target.process()
                .pebVa()
                .ifPresent(va -> all.add(new Owner(new AddressRange(va, 1), "PEB")));
        all.removeIf(owner -> owner.range().isEmpty());
        all.sort(Comparator.comparing(Owner::range));
        this.owners = all.toArray(Owner[]::new);
    }

    /** Names of the columns of regions. */
    public void header() {
        page.to(2).styled(Style.DIM, "start").to(size()).styled(Style.DIM, "size");
        page.to(size() + 13).styled(Style.DIM, "prot  state      type     " + share).end();
    }

    /** Names of the columns of ranges. */
    public void rangeHeader() {
        page.to(2).styled(Style.DIM, "start").to(size()).styled(Style.DIM, "size").to(size() + 13);
        page.styled(Style.DIM, "what").end();
    }

    /** A region. */
    public void row(MemoryRegion region) {
        page.to(2).text(addresses.text(region.range().start())).to(size());
        page.hex(region.range().sizeBytes(), 1).to(size() + 13);
        page.text(Protections.text(region)).to(size() + 19);
        page.text(region.state().name().toLowerCase(Locale.ROOT)).to(size() + 30);
        boolean typed = region.type() != MemoryRegion.Type.UNKNOWN;
        page.text(typed ? region.type().name().toLowerCase(Locale.ROOT) : "-").to(size() + 39);
        page.text(share(region)).to(size() + 48);
        owners(region.range());
        page.end();
    }

    /** Whose memory a region is, within a line. */
    public void usage(MemoryRegion region) {
        owners(region.range());
    }

    /** A range that can be read. */
    public void row(AddressRange range) {
        page.to(2).text(addresses.text(range.start())).to(size());
        page.hex(range.sizeBytes(), 1).to(size() + 13);
        owners(range);
        page.end();
    }

    /** How much can be read. */
    public void total() {
        long bytes = 0;
        for (AddressRange range : readable) {
            bytes += range.sizeBytes();
        }
        page.to(2)
                .styled(Style.DIM, TextReport.count(bytes, "byte") + " can be read, in ")
                .styled(Style.DIM, TextReport.count(readable.size(), "range"))
                .end();
    }

    private String share(MemoryRegion region) {
        if (region.state() != MemoryRegion.State.COMMITTED) {
            return "";
        }
        long there = 0;
        for (int i = firstEndingAfter(region.range().start()); i < readable.size(); i++) {
            AddressRange range = readable.get(i);
            if (!range.overlaps(region.range())) {
                break;
            }
            there += overlap(range, region.range());
        }
        if (there == 0) {
            return "-";
        }
        return there == region.range().sizeBytes() ? "all" : "0x" + Long.toHexString(there);
    }

    private static long overlap(AddressRange a, AddressRange b) {
        long start = AddressRange.compare(a.start(), b.start()) > 0 ? a.start() : b.start();
        // ends minus one, because an end of 0 is the end of the address space
        long lastA = a.end() - 1;
        long lastB = b.end() - 1;
        long last = AddressRange.compare(lastA, lastB) < 0 ? lastA : lastB;
        return last - start + 1;
    }

    private int firstEndingAfter(long va) {
        int low = 0;
        int high = readable.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (AddressRange.compare(readable.get(middle).end() - 1, va) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Names at most three owners of a range. */
    private void owners(AddressRange range) {
        var key = new Owner(new AddressRange(range.start(), 0), "");
        int at = Arrays.binarySearch(owners, key, Comparator.comparing(Owner::range));
        int first = at < 0 ? -at - 1 : at;
        int named = 0;
        if (first > 0 && owners[first - 1].range().overlaps(range)) {
            page.text(owners[first - 1].words());
            named++;
        }
        for (int i = first; i < owners.length && owners[i].range().overlaps(range); i++) {
            if (named == 3) {
                page.text(", ...");
                return;
            }
            page.text(named++ == 0 ? "" : ", ").text(owners[i].words());
        }
    }

    private int size() {
        return 2 + addresses.digits() + 2;
    }
}
