package oriel.app.render;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import oriel.model.Annotation;

/**
 * What a target tells about itself in words. Short remarks of one group, such as counters of
 * memory, share lines; long ones have their own.
 */
final class RemarksText {
    private static final int LINES = 40;
    private static final int VALUES = 18;
    private static final int WIDTH = 116;
    private static final int SHORT = 60;

    private final Page page;
    private int lines;

    RemarksText(Page page) {
        this.page = page;
    }

    void write(List<Annotation> remarks) {
        if (remarks.isEmpty()) {
            return;
        }
        page.heading("Remarks in the dump");
        Map<String, List<Annotation>> groups = new LinkedHashMap<>();
        for (Annotation remark : remarks) {
            groups.computeIfAbsent(remark.group(), g -> new ArrayList<>()).add(remark);
        }
        for (Map.Entry<String, List<Annotation>> group : groups.entrySet()) {
            if (lines >= LINES) {
                page.to(2).line("... (all in --json)");
                return;
            }
            group(group.getKey(), group.getValue());
        }
    }

    private void group(String group, List<Annotation> remarks) {
        boolean joins = false;
        int column = 0;
        String label = group;
        for (Annotation remark : remarks) {
            String text = words(remark);
            boolean isShort = text.length() <= SHORT;
            if (joins && isShort && column + text.length() <= WIDTH) {
                page.text("; ").text(text);
                column += 2 + text.length();
                continue;
            }
            if (column > 0) {
                page.end();
            }
            if (++lines > LINES) {
                return;
            }
            page.to(2).styled(Style.DIM, label).to(VALUES).text(text);
            column = VALUES + text.length();
            joins = isShort;
            label = "";
        }
        page.end();
    }

    private static String words(Annotation remark) {
        String value = rounded(remark.value().strip());
        if (remark.name().isEmpty()) {
            return value;
        }
        boolean isLong = remark.name().length() + value.length() > SHORT;
        return remark.name() + (isLong ? ": " : " ") + value;
    }

    /** Of {@code 4964352 (4.7 MB)} only what is in parentheses. */
    private static String rounded(String value) {
        int at = 0;
        while (at < value.length() && Character.isDigit(value.charAt(at))) {
            at++;
        }
        return at > 0 && value.startsWith(" (", at) && value.endsWith(")")
                ? value.substring(at + 2, value.length() - 1)
                : value;
    }
}
