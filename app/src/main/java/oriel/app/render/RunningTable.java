package oriel.app.render;

import oriel.model.LoadedModule;
import oriel.win32.ProcessEntry;
import oriel.win32.ProcessOwner;

/** Running processes as a table, or a block for each. */
public final class RunningTable {
    private static final int ID_END = 8;
    private static final int PARENT_END = 15;
    private static final int BITS = 17;
    private static final int THREADS_END = 29;
    private static final int HANDLES_END = 37;
    private static final int MEMORY_END = 47;
    private static final int NAME = 49;
    private static final int SESSION_END = 56;
    private static final int USER = 58;
    private static final int NAME_AFTER_USER = 82;
    private static final long KIB = 1024;

    private final Page page;
    private final boolean fullPaths;
    private final boolean users;

    /**
     * Writes processes to a page.
     *
     * @param fullPaths whether to write whole paths, not only the names of files
     * @param users whether to write their sessions and users
     */
    public RunningTable(Page page, boolean fullPaths, boolean users) {
        this.page = page;
        this.fullPaths = fullPaths;
        this.users = users;
    }

    /** Names of the columns. */
    public void header() {
        page.to(ID_END - 2).styled(Style.DIM, "id").to(PARENT_END - 6);
        page.styled(Style.DIM, "parent").to(BITS).styled(Style.DIM, "arch");
        page.to(THREADS_END - 7).styled(Style.DIM, "threads").to(HANDLES_END - 7);
        page.styled(Style.DIM, "handles").to(MEMORY_END - 5).styled(Style.DIM, "K RAM");
        page.to(NAME);
        if (users) {
            page.styled(Style.DIM, "session").to(USER).styled(Style.DIM, "user");
            page.to(NAME_AFTER_USER);
        }
        page.styled(Style.DIM, "program").end();
    }

    /** One process, and what it has below. */
    public void row(ListedProcess process) {
        ProcessEntry entry = process.entry();
        page.rightTo(ID_END, Long.toString(entry.processId()));
        page.rightTo(PARENT_END, Long.toString(entry.parentId())).to(BITS);
        page.text(process.architecture().map(InfoText::words).orElse("-"));
        page.rightTo(THREADS_END, Integer.toString(entry.threads().size()));
        page.rightTo(HANDLES_END, Long.toString(entry.handleCount()));
        page.rightTo(MEMORY_END, TextReport.grouped(entry.workingSetBytes() / KIB)).to(NAME);
        if (users) {
            page.rightTo(SESSION_END, Integer.toString(entry.sessionId())).to(USER);
            page.text(process.identity().user().orElse("-")).text("  ").to(NAME_AFTER_USER);
        }
        page.styled(Style.NAME, fullPaths ? process.path() : entry.name());
        if (process.held()) {
            page.styled(Style.WARN, "  held");
        }
        page.end();
        for (String title : process.windows()) {
            page.to(NAME + 2).styled(Style.DIM, "window ").line(title);
        }
        for (String service : process.services()) {
            page.to(NAME + 2).styled(Style.DIM, "service ").line(service);
        }
        for (LoadedModule module : process.modules()) {
            page.to(NAME + 2).hex(module.base(), 8).text("  ");
            page.line(fullPaths ? module.path() : module.name());
        }
    }

    /** All that is known of a process. */
    public static void block(Page page, ListedProcess process) {
        ProcessEntry entry = process.entry();
        page.styled(Style.TITLE, entry.name()).text(" ").number(entry.processId()).end();
        label(page, "path").line(process.path());
        process.commandLine().ifPresent(c -> label(page, "command").line(c));
        process.architecture().ifPresent(a -> label(page, "kind").line(InfoText.words(a)));
        label(page, "parent").line(Long.toString(entry.parentId()));
        label(page, "session").line(Integer.toString(entry.sessionId()));
        identity(page, process.identity());
        if (process.held()) {
            label(page, "state").styled(Style.WARN, "held").end();
        }
        entry.created().ifPresent(t -> label(page, "started").line(Durations.text(t)));
        label(page, "time").text(Durations.text(entry.userTime())).text(" user, ");
        page.text(Durations.text(entry.kernelTime())).line(" kernel");
        label(page, "memory").text(TextReport.grouped(entry.workingSetBytes())).text(" in RAM, ");
        page.text(TextReport.grouped(entry.privateBytes())).line(" private");
        label(page, "threads").text(Integer.toString(entry.threads().size()));
        page.text(", handles ").line(Long.toString(entry.handleCount()));
        process.windows().forEach(t -> label(page, "window").line(t));
        process.services().forEach(s -> label(page, "service").line(s));
        for (LoadedModule module : process.modules()) {
            label(page, "module").hex(module.base(), 8).text("  ").line(module.path());
        }
        page.blank();
    }

    private static void identity(Page page, ListedIdentity identity) {
        identity.user()
                .ifPresent(
                        user -> {
                            label(page, "user").text(user);
                            identity.owner().ifPresent(owner -> trust(page, owner));
                            page.end();
                        });
        identity.protection().ifPresent(p -> label(page, "protected").line(p.words()));
        identity.packageName().ifPresent(name -> label(page, "package").line(name));
    }

    private static void trust(Page page, ProcessOwner owner) {
        page.text(", ").text(owner.integrity().words()).text(" integrity");
        page.text(owner.elevated() ? ", elevated" : "")
                .text(owner.sandboxed() ? ", sandboxed" : "");
    }

    private static Page label(Page page, String name) {
        return page.to(2).styled(Style.DIM, name).to(12);
    }
}
