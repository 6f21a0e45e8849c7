package oriel.app.render;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import oriel.model.LoadedModule;
import oriel.model.MemoryRegion;
import oriel.win32.LiveTarget;

/** The memory map of a running process with the files behind it. */
public final class LiveMap {
    private final LiveTarget target;
    private final Addresses addresses;
    private final Map<Long, String> files = new HashMap<>();

    /** Looks at a process. */
    public LiveMap(LiveTarget target) {
        this.target = target;
        this.addresses = new Addresses(target.architecture());
    }

    /** The regions that are shown. */
    List<MemoryRegion> regions(boolean all) {
        return target.regions().stream()
                .filter(r -> all || r.state() == MemoryRegion.State.COMMITTED)
                .toList();
    }

    /** The file behind a region; empty text when there is none. */
    String file(MemoryRegion region) {
        boolean mapped =
                region.type() == MemoryRegion.Type.IMAGE
                        || region.type() == MemoryRegion.Type.MAPPED;
        if (!mapped) {
            return "";
        }
        long base = region.allocationBase().orElse(region.range().start());
        return files.computeIfAbsent(
                base,
                b ->
                        target.memory()
                                .mappedFile(b)
                                .or(() -> target.moduleAt(b).map(LoadedModule::path))
                                .orElse(""));
    }

    /** Writes a line for each region. */
    public void write(Page page, boolean all) {
        int size = 2 + addresses.digits() + 2;
        page.to(2).styled(Style.DIM, "start").to(size).styled(Style.DIM, "size").to(size + 14);
        page.styled(Style.DIM, "prot  state      type     file").end();
        for (MemoryRegion region : regions(all)) {
            page.to(2).text(addresses.text(region.range().start())).to(size);
            page.hex(region.range().sizeBytes(), 1).to(size + 14);
            page.text(Protections.text(region)).to(size + 20);
            page.text(region.state().name().toLowerCase(Locale.ROOT)).to(size + 31);
            page.text(type(region)).to(size + 40).styled(Style.NAME, file(region)).end();
        }
    }

    static String type(MemoryRegion region) {
        return region.type() == MemoryRegion.Type.UNKNOWN
                ? "-"
                : region.type().name().toLowerCase(Locale.ROOT);
    }

    /** Sums over the committed regions, in the order of {@link #TOTALS}. */
    long[] totals() {
        var sums = new long[TOTALS.size()];
        for (MemoryRegion region : regions(false)) {
            long size = region.range().sizeBytes();
            sums[0] += region.isReadable() ? size : 0;
            sums[1] += region.isWritable() ? size : 0;
            sums[2] += region.isExecutable() ? size : 0;
            sums[3] += region.type() == MemoryRegion.Type.PRIVATE ? size : 0;
            sums[4] += region.type() == MemoryRegion.Type.MAPPED ? size : 0;
            sums[5] += region.type() == MemoryRegion.Type.IMAGE ? size : 0;
            sums[6] += size;
        }
        return sums;
    }

    /** Names of the sums. */
    static final List<String> TOTALS =
            List.of("readable", "writable", "executable", "private", "mapped", "image", "total");

    /** Writes the sums. */
    public void writeTotals(Page page) {
        long[] sums = totals();
        for (int i = 0; i < sums.length; i++) {
            page.to(2).styled(Style.DIM, TOTALS.get(i));
            page.rightTo(30, TextReport.grouped(sums[i])).line(" bytes");
        }
        page.flush();
    }
}
