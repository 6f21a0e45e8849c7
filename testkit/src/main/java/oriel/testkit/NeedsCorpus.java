package oriel.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/** Skips a test, with its reason in the report, where the folder of real files is absent. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(
        value = "oriel.testkit.Corpus#isPresent",
        disabledReason = "no corpus of real files: set ORIEL_CORPUS")
public @interface NeedsCorpus {}
