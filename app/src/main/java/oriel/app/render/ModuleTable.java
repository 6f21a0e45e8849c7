package oriel.app.render;

import java.util.List;
import oriel.model.Architecture;
import oriel.model.LoadedModule;
import oriel.model.PdbId;
import oriel.model.UnloadedModule;
import oriel.triage.report.ModuleEntry;

/** Mapped images as a table. */
public final class ModuleTable {
    private static final int NAME_WIDTH = 24;
    private static final int VERSION_WIDTH = 18;

    private final Page page;
    private final Addresses addresses;

    /**
     * @param architecture whose addresses they are
     */
    public ModuleTable(Page page, Architecture architecture) {
        this.page = page;
        this.addresses = new Addresses(architecture);
    }

    /** Names of the columns. */
    public void header() {
        page.to(2).styled(Style.DIM, "base").to(names()).styled(Style.DIM, "module");
        page.to(versions()).styled(Style.DIM, "version").to(sizes()).styled(Style.DIM, "size");
        page.to(sizes() + 9).styled(Style.DIM, "symbols key, path").end();
    }

    /** One image, and what is odd about it. */
    public void row(ModuleEntry entry) {
        row(entry.module(), entry.marks());
        for (String symbols : entry.symbols()) {
            page.to(names()).styled(Style.DIM, "symbols: " + symbols).end();
        }
    }

    /** One image. */
    public void row(LoadedModule module, List<ModuleEntry.Mark> marks) {
        page.to(2).text(addresses.text(module.base())).to(names());
        page.styled(Style.NAME, module.name().isEmpty() ? "(no name)" : module.name());
        page.to(versions()).text(module.version().map(Object::toString).orElse("-")).to(sizes());
        page.hex(module.range().sizeBytes(), 1).to(sizes() + 9);
        page.text(module.pdb().map(PdbId::key).orElse("-"));
        if (!module.path().equals(module.name())) {
            page.text("  ").text(module.path());
        }
        String before = "  ";
        for (ModuleEntry.Mark mark : marks) {
            page.text(before).styled(Style.WARN, mark.text());
            before = ", ";
        }
        page.end();
    }

    /** An image that is no longer mapped. */
    public void row(UnloadedModule module) {
        page.to(2).text(addresses.text(module.range().start())).to(names());
        page.styled(Style.NAME, module.name()).to(sizes());
        page.hex(module.range().sizeBytes(), 1).end();
    }

    private int names() {
        return 2 + addresses.digits() + 2;
    }

    private int versions() {
        return names() + NAME_WIDTH + 1;
    }

    private int sizes() {
        return versions() + VERSION_WIDTH + 1;
    }
}
