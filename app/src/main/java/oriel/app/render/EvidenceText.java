package oriel.app.render;

import java.util.List;
import java.util.Optional;
import oriel.model.Register;
import oriel.triage.report.CodeLine;
import oriel.triage.report.CrashReport;
import oriel.triage.report.Place;
import oriel.triage.report.RegisterValue;

/** What the verdict rests on: exception parameters, registers, code. */
final class EvidenceText {
    private static final int BYTES_SHOWN = 8;

    private final Page page;
    private final CrashReport report;
    private final Addresses addresses;

    EvidenceText(Page page, CrashReport report) {
        this.page = page;
        this.report = report;
        this.addresses = new Addresses(report.architecture());
    }

    void exception() {
        List<Long> parameters = report.reason().map(r -> r.parameters()).orElse(List.of());
        if (parameters.isEmpty()) {
            return;
        }
        page.blank().text("Exception parameters:");
        for (long parameter : parameters) {
            page.text(" ").hex(parameter, 1);
        }
        page.end();
    }

    void registers() {
        if (report.registers().isEmpty()) {
            return;
        }
        page.heading("Registers");
        var narrow = new StringBuilder();
        for (RegisterValue value : report.registers()) {
            Register register = value.register();
            switch (register.kind()) {
                case GENERAL, PROGRAM_COUNTER -> wide(value);
                case FLAGS, SEGMENT ->
                        narrow.append("  ")
                                .append(register.name())
                                .append(' ')
                                .append(Long.toHexString(value.value()));
                case DEBUG, FLOATING_POINT, VECTOR, CONTROL -> {
                    // seldom tells more; JSON and 'oriel threads --registers' have them
                }
            }
        }
        if (!narrow.isEmpty()) {
            page.line(narrow.toString());
        }
    }

    private void wide(RegisterValue value) {
        Register register = value.register();
        page.rightTo(5, register.name()).to(7).hex(value.value(), register.bits() / 4);
        value.pointsTo().ifPresent(place -> page.text("  ").text(words(place)));
        page.end();
    }

    static String words(Place place) {
        Optional<String> label = place.location().map(l -> l.label());
        String text = label.isPresent() && place.text().isEmpty() ? label.get() : place.text();
        return place.content().isEmpty() ? text : text + ": " + place.content();
    }

    void code() {
        if (report.code().isEmpty() || report.code().get().lines().isEmpty()) {
            return;
        }
        page.heading(report.code().get().isCode() ? "Code" : "Bytes at pc (not code)");
        for (CodeLine line : report.code().get().lines()) {
            if (!line.label().isEmpty()) {
                page.to(3).styled(Style.NAME, line.label()).text(":").end();
            }
            Style style = line.current() ? Style.TITLE : Style.PLAIN;
            page.styled(style, line.current() ? "=>" : "").to(3);
            page.styled(style, addresses.text(line.va())).text("  ");
            int textColumn = 3 + addresses.digits() + 2 + 3 * BYTES_SHOWN + 1;
            page.styled(Style.DIM, bytes(line.bytes())).to(textColumn);
            page.styled(style, line.text()).end();
        }
    }

    private static String bytes(byte[] bytes) {
        var text = new StringBuilder();
        for (int i = 0; i < Math.min(bytes.length, BYTES_SHOWN); i++) {
            text.append(i == 0 ? "" : " ").append(Page.hexText(bytes[i] & 0xff, 2));
        }
        return bytes.length > BYTES_SHOWN ? text.append("+").toString() : text.toString();
    }
}
