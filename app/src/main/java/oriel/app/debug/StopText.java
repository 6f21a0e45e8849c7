package oriel.app.debug;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oriel.app.console.InspectCommands;
import oriel.app.render.Page;
import oriel.app.render.Style;
import oriel.engine.session.DebugEvent;
import oriel.engine.session.Stop;
import oriel.model.CodeLocation;
import oriel.model.Register;
import oriel.model.RegisterSet;
import oriel.model.Registers;

/** What is shown at each stop: where, which registers changed, the next instruction. */
final class StopText {
    private final Page page;
    private final InspectCommands inspect;
    private Optional<RegisterSet> before = Optional.empty();

    StopText(Page page, InspectCommands inspect) {
        this.page = page;
        this.inspect = inspect;
    }

    void write(Stop stop) {
        boolean gone = stop.event(DebugEvent.ProcessExited.class).isPresent();
        RegisterSet registers = stop.registers();
        if (gone || registers.pc().isEmpty()) {
            return;
        }
        changes(registers);
        before = Optional.of(registers);
        CodeLocation location = stop.symbolizer().locate(stop.pc());
        page.styled(Style.TITLE, location.label());
        page.text("  process ").number(stop.processId());
        page.text(" thread ").number(stop.thread().threadId()).end();
        location.line().ifPresent(l -> page.line(l.file() + ":" + l.line()));
        inspect.codeAt(stop.pc(), 1);
    }

    private void changes(RegisterSet now) {
        if (before.isEmpty() || before.get().architecture() != now.architecture()) {
            return;
        }
        List<String> changed = new ArrayList<>();
        for (Register register : Registers.of(now.architecture())) {
            boolean general = register.bits() >= 32 && register.bits() <= 64;
            boolean shown = general && !register.name().startsWith("dr");
            if (shown && !now.value(register).equals(before.get().value(register))) {
                changed.add(
                        register.name() + "=" + Long.toHexString(now.value(register).orElse(0)));
            }
        }
        if (!changed.isEmpty() && changed.size() <= 12) {
            page.styled(Style.DIM, String.join(" ", changed)).end();
        }
    }
}
