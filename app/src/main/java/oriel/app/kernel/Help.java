package oriel.app.kernel;

import java.util.List;
import oriel.app.console.InspectCommands;
import oriel.app.render.Page;
import oriel.app.render.Style;

/** What the commands of the console are. */
final class Help {
    private static final int WORDS = 46;

    private static final List<String[]> OWN =
            List.of(
                    new String[] {
                        "g [ADDRESS], gn", "run; gn lets the target handle the exception"
                    },
                    new String[] {"p [COUNT], t [COUNT], gu", "step over, into, out"},
                    new String[] {"bp ADDRESS; bl; bc|bd|be NUMBER|*", "breakpoints"},
                    new String[] {"~, ~Ns, ~N COMMAND", "processors; turn to one; about one"},
                    new String[] {"!process [0|ADDRESS|ID [FLAGS [NAME]]]", "processes"},
                    new String[] {"!thread [ADDRESS], !running", "threads"},
                    new String[] {
                        ".process [ADDRESS|ID], .thread [ADDRESS]", "whose memory, whose stack"
                    },
                    new String[] {"!drivers, .reload", "drivers; read their list anew"},
                    new String[] {"!pcr [N], !idt [VECTOR]", "processor block, interrupts"},
                    new String[] {"!msr N, wrmsr N VALUE", "model-specific registers"},
                    new String[] {"!ioport PORT [SIZE [VALUE]], ib|iw|id, ob|ow|od", "ports"},
                    new String[] {
                        "!bus TYPE BUS SLOT [OFFSET [LENGTH]]", "configuration of devices"
                    },
                    new String[] {"!pte ADDRESS, !address ADDRESS", "page tables; kind of memory"},
                    new String[] {"!dbgprint, .bugcheck, .time, version", "the system"},
                    new String[] {
                        ".kdfiles [MAPFILE | -m PATH FILE | -c]", "replace drivers while they load"
                    },
                    new String[] {".reboot, .crash", "restart the target; bug check e2"},
                    new String[] {"!line", "what went over the line"},
                    new String[] {"q, qq", "leave the target running; leave it stopped"});

    private Help() {}

    static void write(Page page) {
        page.line("Ctrl-C stops a target that runs.");
        OWN.forEach(entry -> line(page, entry));
        InspectCommands.help().forEach(entry -> line(page, entry));
    }

    private static void line(Page page, String[] entry) {
        page.to(2).styled(Style.NAME, entry[0]).to(2 + WORDS).line(entry[1]);
    }
}
