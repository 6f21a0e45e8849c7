package oriel.app.render;

import oriel.model.Register;
import oriel.model.RegisterSet;
import oriel.model.Registers;

/** Registers as text. */
public final class RegisterText {
    private static final int PER_LINE = 3;

    private final Page page;

    /** Writes to a page. */
    public RegisterText(Page page) {
        this.page = page;
    }

    /** The registers that programs use; flags and segments in a line of their own. */
    public void all(RegisterSet set) {
        int column = 0;
        var narrow = new StringBuilder();
        for (Register register : Registers.of(set.architecture())) {
            if (!set.has(register)) {
                continue;
            }
            switch (register.kind()) {
                case GENERAL, PROGRAM_COUNTER -> {
                    page.text(column == 0 ? "" : " ");
                    wide(set, register);
                    column = (column + 1) % PER_LINE;
                    if (column == 0) {
                        page.end();
                    }
                }
                case FLAGS, SEGMENT ->
                        narrow.append(narrow.isEmpty() ? "" : " ")
                                .append(register.name())
                                .append('=')
                                .append(value(set, register));
                case DEBUG, FLOATING_POINT, VECTOR, CONTROL -> {
                    // asked for by name
                }
            }
        }
        if (column != 0) {
            page.end();
        }
        page.line(narrow.toString());
    }

    private void wide(RegisterSet set, Register register) {
        page.text(" ".repeat(Math.max(0, 3 - register.name().length())));
        page.styled(Style.DIM, register.name() + "=").text(value(set, register));
    }

    /** One register. */
    public void one(RegisterSet set, Register register) {
        page.line(register.name() + "=" + (set.has(register) ? value(set, register) : "?"));
    }

    private static String value(RegisterSet set, Register register) {
        int digits = (register.bits() + 3) / 4;
        long low = set.value(register).orElse(0);
        if (digits <= 16) {
            return Page.hexText(low, digits);
        }
        return Page.hexText(set.high(register).orElse(0), digits - 16) + Page.hexText(low, 16);
    }
}
