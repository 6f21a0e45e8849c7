package oriel.app.render;

import oriel.engine.symbols.Symbolizer;
import oriel.model.Register;
import oriel.model.RegisterSet;
import oriel.model.Registers;
import oriel.model.Target;
import oriel.model.TargetThread;

/** Threads as a table. */
public final class ThreadTable {
    private static final int ID_END = 9;
    private static final int TIMES = 52;
    private static final int PER_LINE = 4;

    private final Page page;
    private final Target target;
    private final Symbolizer symbolizer;
    private final Addresses addresses;

    /** Writes threads of a target to a page. */
    public ThreadTable(Page page, Target target, Symbolizer symbolizer) {
        this.page = page;
        this.target = target;
        this.symbolizer = symbolizer;
        this.addresses = new Addresses(target.architecture());
    }

    /** Names of the columns. */
    public void header() {
        page.to(ID_END - 2).styled(Style.DIM, "id").to(ID_END + 2).styled(Style.DIM, "pc");
        page.to(places()).styled(Style.DIM, "where").to(places() + TIMES);
        page.styled(Style.DIM, "user, kernel time, name").end();
    }

    /** One thread. */
    public void row(TargetThread thread) {
        long id = thread.ref().threadId();
        boolean crashed = target.stoppingThread().map(t -> t.threadId() == id).orElse(false);
        page.styled(Style.BAD, crashed ? "*" : "").rightTo(ID_END, Long.toString(id));
        page.to(ID_END + 2);
        if (thread.registers().pc().isPresent()) {
            long pc = thread.registers().pc().getAsLong();
            page.text(addresses.text(pc)).to(places());
            page.styled(Style.NAME, symbolizer.locate(pc).label());
        } else {
            page.text("registers unknown");
        }
        page.to(places() + TIMES);
        thread.userTime().ifPresent(t -> page.text(Durations.text(t)).text(", "));
        thread.kernelTime().ifPresent(t -> page.text(Durations.text(t)).text(" "));
        thread.name().ifPresent(n -> page.text("\"").text(n).text("\" "));
        if (thread.suspendCount().orElse(0) > 0) {
            page.text("suspended ");
        }
        page.end();
    }

    /** Its registers, all that are known. */
    public void registers(TargetThread thread) {
        RegisterSet set = thread.registers();
        int inLine = 0;
        for (Register register : Registers.of(set.architecture())) {
            if (!set.has(register)) {
                continue;
            }
            int digits = Math.min(64, register.bits()) / 4;
            if (inLine == PER_LINE) {
                page.end();
                inLine = 0;
            }
            boolean wide = register.bits() > 64;
            page.rightTo(ID_END + 5 + inLine * 26, register.name()).text("=");
            if (wide) {
                page.hex(set.high(register).orElse(0), (register.bits() - 64) / 4);
                inLine++;
            }
            page.hex(set.value(register).orElse(0), digits);
            inLine++;
            if (wide && inLine >= PER_LINE) {
                page.end();
                inLine = 0;
            }
        }
        if (inLine > 0) {
            page.end();
        }
    }

    private int places() {
        return ID_END + 2 + addresses.digits() + 2;
    }
}
