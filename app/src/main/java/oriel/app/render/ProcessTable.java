package oriel.app.render;

import oriel.engine.kernel.Kernel;
import oriel.engine.kernel.KernelProcess;
import oriel.model.Architecture;

/** Processes of a kernel as a table. */
public final class ProcessTable {
    private static final int ID_END = 9;
    private static final int PARENT_END = 17;
    private static final int THREADS_END = 26;
    private static final int NAME = 28;
    private static final int CREATED = 45;
    private static final int OBJECT = 70;

    private final Page page;
    private final Addresses addresses;

    /** Writes processes of a kernel of some architecture to a page. */
    public ProcessTable(Page page, Architecture architecture) {
        this.page = page;
        this.addresses = new Addresses(architecture);
    }

    /** Writes all of them. */
    public void write(Kernel kernel) {
        page.to(ID_END - 2).styled(Style.DIM, "id").to(PARENT_END - 6).styled(Style.DIM, "parent");
        page.to(THREADS_END - 7).styled(Style.DIM, "threads").to(NAME).styled(Style.DIM, "name");
        page.to(CREATED).styled(Style.DIM, "started").to(OBJECT).styled(Style.DIM, "process");
        page.to(OBJECT + addresses.digits() + 2).styled(Style.DIM, "page tables").end();
        for (KernelProcess process : kernel.processes()) {
            page.rightTo(ID_END, Long.toString(process.processId()));
            if (process.parentId().isPresent()) {
                page.rightTo(PARENT_END, Long.toString(process.parentId().getAsLong()));
            }
            page.rightTo(THREADS_END, Integer.toString(kernel.threads(process).size()));
            page.to(NAME).styled(Style.NAME, process.name()).to(CREATED);
            process.created().ifPresent(t -> page.text(Durations.text(t)));
            page.to(OBJECT).text(addresses.text(process.va()));
            page.to(OBJECT + addresses.digits() + 2).hex(process.directoryTableBase(), 1).end();
        }
    }

    /** Writes all of them as JSON. */
    public static void json(JsonPage json, Kernel kernel) {
        json.object(
                () -> {
                    json.number("version", JsonReport.VERSION);
                    json.objects(
                            "processes",
                            kernel.processes(),
                            process -> {
                                json.number("id", process.processId());
                                json.number("parentId", process.parentId());
                                json.text("name", process.name());
                                json.number("threadCount", kernel.threads(process).size());
                                json.time("created", process.created());
                                json.hex("object", process.va());
                                json.hex("pageTables", process.directoryTableBase());
                                json.hex("peb", process.pebVa());
                            });
                });
        json.endLine();
    }
}
