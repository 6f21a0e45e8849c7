package oriel.app.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The layers of docs/ARCHITECTURE.md. Each rule must hold for the program and must fail for a
 * canary that breaks it: a rule that finds nothing may not be looking.
 */
class LayersTest {
    private static final String[] OUTSIDE_ENGINE = {
        "oriel.engine..", "oriel.triage..", "oriel.app.."
    };

    /** Classes with Test in their names, whatever the folders are called. */
    private static final Pattern TESTS = Pattern.compile(".*Test[^/]*\\.class");

    private static final JavaClasses PROGRAM =
            new ClassFileImporter()
                    .withImportOption(location -> !location.contains("/canary/"))
                    .withImportOption(
                            location ->
                                    !location.contains("/oriel/testkit/")
                                            && !location.contains("/oriel/bench/"))
                    .withImportOption(location -> !location.matches(TESTS))
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("oriel");

    private static final JavaClasses CANARIES =
            new ClassFileImporter()
                    .withImportOption(location -> location.contains("/canary/"))
                    .importPackages("oriel");

    private static final List<ArchRule> RULES =
            List.of(
                    noClasses()
                            .that()
                            .resideInAPackage("oriel.win32..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(
                                    "oriel.format..",
                                    "oriel.engine..",
                                    "oriel.triage..",
                                    "oriel.app.."),
                    noClasses()
                            .that()
                            .resideInAnyPackage("oriel.bytes..", "oriel.model..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(
                                    "oriel.format..",
                                    "oriel.engine..",
                                    "oriel.triage..",
                                    "oriel.app.."),
                    noClasses()
                            .that()
                            .resideInAPackage("oriel.format..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(OUTSIDE_ENGINE),
                    noClasses()
                            .that()
                            .resideInAPackage("oriel.format..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(
                                    "java.nio.file..", "java.nio.channels..", "java.net.."),
                    noClasses()
                            .that()
                            .resideInAPackage("oriel.format..")
                            .should()
                            .dependOnClassesThat()
                            .areAssignableTo(Thread.class)
                            .orShould()
                            .dependOnClassesThat()
                            .areAssignableTo(java.util.concurrent.Executor.class),
                    noClasses()
                            .that()
                            .resideInAPackage("oriel.engine.unwind..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage("oriel.engine.symbols.."),
                    noClasses()
                            .that()
                            .resideInAPackage("oriel.kd..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(
                                    "oriel.format..",
                                    "oriel.engine..",
                                    "oriel.triage..",
                                    "oriel.app.."),
                    noClasses()
                            .that()
                            .resideInAnyPackage("oriel.kd.packet..", "oriel.kd.protocol..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(
                                    "java.net..", "java.nio.channels..", "java.nio.file.."),
                    noClasses()
                            .that()
                            .resideOutsideOfPackage("oriel.app..")
                            .should()
                            .accessField(System.class, "out")
                            .orShould()
                            .accessField(System.class, "err"),
                    noClasses()
                            .that()
                            .resideOutsideOfPackage("oriel.app..")
                            .should()
                            .callMethod(System.class, "getenv", String.class)
                            .orShould()
                            .callMethod(System.class, "getenv")
                            .orShould()
                            .callMethod(System.class, "getProperty", String.class),
                    classes()
                            .should()
                            .haveNameNotMatching(
                                    ".*(Utils?|Manager|Helper|Impl)|.*\\.Abstract[A-Z][^.]*"),
                    methods()
                            .that()
                            .arePublic()
                            .and()
                            .areDeclaredInClassesThat()
                            .resideInAPackage("oriel..")
                            .should(notBeNamedLikeABean()),
                    fields().that().areStatic().should().beFinal());

    private static ArchCondition<JavaMethod> notBeNamedLikeABean() {
        return new ArchCondition<>("not be named get...") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean bean = method.getName().matches("get[A-Z].*");
                boolean ours =
                        Stream.concat(
                                        method.getOwner().getAllRawSuperclasses().stream(),
                                        method.getOwner().getAllRawInterfaces().stream())
                                .flatMap(type -> type.getMethods().stream())
                                .noneMatch(m -> m.getName().equals(method.getName()));
                events.add(
                        new SimpleConditionEvent(
                                method, !(bean && ours), method.getFullName() + " is a getter"));
            }
        };
    }

    @TestFactory
    Stream<DynamicTest> theProgramKeepsEachRule() {
        return RULES.stream()
                .map(
                        rule ->
                                DynamicTest.dynamicTest(
                                        rule.getDescription(), () -> rule.check(PROGRAM)));
    }

    @TestFactory
    Stream<DynamicTest> aCanaryBreaksEachRule() {
        return RULES.stream()
                .map(
                        rule ->
                                DynamicTest.dynamicTest(
                                        "canary: " + rule.getDescription(),
                                        () ->
                                                assertThatThrownBy(() -> rule.check(CANARIES))
                                                        .isInstanceOf(AssertionError.class)
                                                        .hasMessageContaining("canary")));
    }

    @Test
    void theRulesSeeTheWholeProgram() {
        for (String one :
                List.of(
                        "oriel.bytes.Bytes",
                        "oriel.model.Target",
                        "oriel.format.pe.PeImage",
                        "oriel.engine.unwind.StackWalker",
                        "oriel.triage.Analyzer",
                        "oriel.win32.SystemSnapshot",
                        "oriel.kd.KdSession",
                        "oriel.app.Main")) {
            assertThat(PROGRAM.contain(one)).as(one).isTrue();
        }
    }

    @Test
    void formatsDoNotKnowTheirSiblings() {
        slices().matching("oriel.format.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(
                        resideInAPackage("oriel.format.pdb.."),
                        resideInAPackage("oriel.format.msf.."))
                .check(PROGRAM);
    }

    @Test
    void thirdPartyCodeStaysWhereItIsUsed() {
        noClasses()
                .that(not(resideInAPackage("oriel.app.cli..")))
                .should()
                .dependOnClassesThat(resideInAPackage("picocli.."))
                .check(PROGRAM);
        noClasses()
                .that(not(resideInAPackage("oriel.win32..")))
                .should()
                .dependOnClassesThat(resideInAPackage("com.sun.jna.."))
                .check(PROGRAM);
        noClasses()
                .that(not(resideInAPackage("oriel.app.render..")))
                .should()
                .dependOnClassesThat(resideInAnyPackage("tools.jackson..", "com.fasterxml.."))
                .check(PROGRAM);
        noClasses()
                .that(not(resideInAPackage("oriel.kd.transport..")))
                .should()
                .dependOnClassesThat(resideInAPackage("com.fazecast.."))
                .check(PROGRAM);
    }
}
