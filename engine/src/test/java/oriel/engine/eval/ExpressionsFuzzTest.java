package oriel.engine.eval;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import oriel.testkit.SyntheticTarget;

/** Anything a user may type has a value or an error that says where. */
class ExpressionsFuzzTest {
    private final SyntheticTarget target = Kernel32.target();
    private final Expressions expressions = new Expressions(target, Kernel32.symbolizer(target));
    private final Labels labels = new Labels(target, Kernel32.symbolizer(target));

    @FuzzTest
    void hasAValueOrSaysWhere(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        try {
            expressions.value(text);
        } catch (EvalException e) {
            check(text, e);
        }
        try {
            labels.resolve(text);
            String strict = labels.sanitize(text);
            if (!Label.parse(strict).toString().equals(strict)) {
                throw new AssertionError(text + " became " + strict);
            }
        } catch (EvalException e) {
            check(e.text(), e);
        }
    }

    private static void check(String text, EvalException e) {
        if (e.position() < 0 || e.position() > text.length()) {
            throw new AssertionError(e);
        }
    }
}
