package oriel.engine.eval;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import oriel.testkit.SyntheticTarget;

/** Anything a user may type as C++ has a value or an error that says where. */
class TypedExpressionsFuzzTest {
    private final SyntheticTarget target = Kernel32.target();
    private final TypedExpressions expressions =
            new Expressions(target, Kernel32.symbolizer(target)).typed();

    @FuzzTest
    void hasAValueOrSaysWhere(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        try {
            expressions.show(text);
        } catch (EvalException e) {
            if (e.position() < 0 || e.position() > text.length()) {
                throw new AssertionError(e);
            }
        }
        try {
            expressions.store(text);
        } catch (EvalException e) {
            if (e.position() < 0 || e.position() > e.text().length()) {
                throw new AssertionError(e);
            }
        }
    }
}
