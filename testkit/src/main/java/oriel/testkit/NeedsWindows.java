package oriel.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** Skips tests, with the reason in the report, where there is no Windows to run them in. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(WindowsCondition.class)
public @interface NeedsWindows {
    /** Whether 32-bit programs must run too. */
    boolean with32Bit() default false;

    /** Whether the programs of debuggees/live must have been built. */
    boolean withDebuggees() default true;
}
