package oriel.app.render;

import java.util.List;
import oriel.triage.report.BugCheckEntry;
import oriel.triage.report.BugCheckParameter;

/** What the parameters of a bug check mean. */
final class BugCheckText {
    private static final int VALUES = 5;

    private final Page page;
    private final Addresses addresses;

    BugCheckText(Page page, Addresses addresses) {
        this.page = page;
        this.addresses = addresses;
    }

    void parameters(BugCheckEntry bugCheck) {
        page.heading("Bug check");
        page.to(2).styled(Style.TITLE, bugCheck.name());
        page.text(": ").line(bugCheck.meaning().isEmpty() ? "not known" : bugCheck.meaning());
        List<BugCheckParameter> parameters = bugCheck.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            BugCheckParameter parameter = parameters.get(i);
            page.to(2).number(i + 1).to(VALUES).text(addresses.text(parameter.value()));
            String before = "  ";
            if (!parameter.meaning().isEmpty()) {
                page.text(before).text(parameter.meaning());
                before = ": ";
            }
            if (!parameter.text().isEmpty()) {
                page.text(before).styled(Style.NAME, parameter.text());
            }
            page.end();
        }
    }
}
