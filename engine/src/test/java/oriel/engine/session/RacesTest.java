package oriel.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static oriel.testkit.ScriptedDriver.PROCESS;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import oriel.driver.RawEvent;
import oriel.engine.symbols.SymbolLocator;
import oriel.model.Architecture;
import oriel.model.LoadedModule;
import oriel.model.ThreadRef;
import oriel.testkit.ScriptedDriver;

/** Every race that a debugger with traps can lose, played by a script. */
class RacesTest {
    private static final long CODE = 0x401000;
    private static final long STACK = 0x8000;
    private static final int ACCESS_VIOLATION = 0xc0000005;

    private final ScriptedDriver driver = new ScriptedDriver(Architecture.X64);
    private final LoadedModule app = ScriptedDriver.module("app.exe", 0x400000, 0x10000);
    private final ThreadRef first = driver.thread(1, CODE, STACK);
    private final ThreadRef second = driver.thread(2, CODE + 0x100, STACK + 0x1000);
    private DebugSession session = DebugSession.open(() -> driver, SymbolLocator.NONE);

    @BeforeEach
    void begin() {
        driver.memory(CODE, new int[0x200]);
        // push rbp; then cpuid, which is not emulated; ret
        driver.memory(CODE, 0x55, 0x0f, 0xa2, 0xc3, 0x90, 0x90, 0x90, 0x90, 0x90, 0x90);
        driver.memory(CODE + 0x20, 0x90, 0x90, 0x90, 0x90);
        driver.memory(STACK - 0x40, new int[0x80]);
        driver.then(driver.started(first, app));
        driver.then(driver.tellsLate(first, 0x77000000));
        session.stopAtLoader(true);
        assertThat(session.go().orElseThrow().event(DebugEvent.LoaderStopped.class)).isPresent();
        driver.move(first, CODE + 0x100);
    }

    @AfterEach
    void end() {
        session.close();
    }

    @Test
    void passesASimpleInstructionWithoutLiftingTheTrap() {
        Breakpoint push = session.breakAt(PROCESS, CODE);
        driver.then(plan -> List.of(driver.hits(first, CODE)));
        Stop stop = session.go().orElseThrow();
        assertThat(stop.event(DebugEvent.BreakpointHit.class).orElseThrow().breakpoint())
                .isEqualTo(push);
        assertThat(stop.pc()).isEqualTo(CODE);
        driver.then(
                plan -> {
                    assertThat(driver.rawByte(CODE)).isEqualTo(0xcc);
                    assertThat(driver.registers(first).pc()).hasValue(CODE + 1);
                    assertThat(driver.registers(first).sp()).hasValue(STACK - 8);
                    assertThat(plan.stepping()).isEmpty();
                    return List.of(driver.exits(first));
                });
        session.go();
        assertThat(push.hits()).isEqualTo(1);
        assertThat(driver.isOver()).isTrue();
    }

    @Test
    void holdsOthersWhileATrapIsLifted() {
        Breakpoint cpuid = session.breakAt(PROCESS, CODE + 1).run((hit, stop) -> {});
        driver.then(plan -> List.of(driver.hits(first, CODE + 1)));
        driver.then(
                plan -> {
                    assertThat(plan.only()).containsExactly(first);
                    assertThat(plan.stepping()).containsExactly(first);
                    assertThat(driver.rawByte(CODE + 1)).isEqualTo(0x0f);
                    return List.of(driver.stepped(first, CODE + 3));
                });
        driver.then(
                plan -> {
                    assertThat(plan.only()).isEmpty();
                    assertThat(driver.rawByte(CODE + 1)).isEqualTo(0xcc);
                    return List.of(driver.exits(first));
                });
        session.go();
        assertThat(cpuid.hits()).isEqualTo(1);
        assertThat(driver.isOver()).isTrue();
    }

    @Test
    void countsAThreadThatHitWhileAnotherPasses() {
        Breakpoint cpuid = session.breakAt(PROCESS, CODE + 1).run((hit, stop) -> {});
        driver.then(plan -> List.of(driver.hits(first, CODE + 1)));
        // The second thread ran into the trap before it was lifted; its event waited in line.
        driver.then(plan -> List.of(driver.tellsLate(second, CODE + 1)));
        driver.then(
                plan -> {
                    assertThat(plan.only()).containsExactly(first);
                    return List.of(driver.stepped(first, CODE + 3));
                });
        driver.then(
                plan -> {
                    assertThat(plan.only()).containsExactly(second);
                    assertThat(driver.registers(second).pc()).hasValue(CODE + 1);
                    return List.of(driver.stepped(second, CODE + 3));
                });
        driver.then(plan -> List.of(driver.exits(first)));
        session.go();
        assertThat(cpuid.hits()).isEqualTo(2);
        assertThat(driver.isOver()).isTrue();
    }

    @Test
    void dropsTheLateHitOfARemovedBreakpoint() {
        Breakpoint gone = session.breakAt(PROCESS, CODE);
        driver.then(plan -> List.of(driver.hits(first, CODE)));
        session.go();
        gone.erase();
        driver.then(plan -> List.of(driver.tellsLate(second, CODE)));
        driver.then(
                plan -> {
                    assertThat(driver.registers(second).pc()).hasValue(CODE);
                    assertThat(driver.rawByte(CODE)).isEqualTo(0x55);
                    return List.of(driver.exits(first));
                });
        Stop stop = session.go().orElseThrow();
        assertThat(stop.events()).singleElement().isInstanceOf(DebugEvent.ProcessExited.class);
    }

    @Test
    void countsAOneShotOnceThoughTwoThreadsRanIntoIt() {
        Breakpoint shot = session.breakAt(PROCESS, CODE).once().run((hit, stop) -> {});
        driver.then(plan -> List.of(driver.hits(first, CODE)));
        driver.then(plan -> List.of(driver.tellsLate(second, CODE)));
        driver.then(plan -> List.of(driver.exits(first)));
        session.go();
        assertThat(shot.hits()).isEqualTo(1);
        assertThat(driver.registers(second).pc()).hasValue(CODE);
    }

    @Test
    void reportsAStepThatLandsOnABreakpointAndItsHitOnce() {
        Breakpoint next = session.breakAt(PROCESS, CODE + 0x21);
        session.select(first);
        driver.move(first, CODE + 0x20);
        driver.then(plan -> List.of(driver.stepped(first, CODE + 0x21)));
        Stop stop = session.stepInto().orElseThrow();
        assertThat(stop.events()).hasSize(2);
        assertThat(next.hits()).isEqualTo(1);
        driver.then(plan -> List.of(driver.exits(first)));
        session.go();
        assertThat(next.hits()).isEqualTo(1);
    }

    @Test
    void doesNotReportTheStepOfAnAbandonedPass() {
        Breakpoint cpuid = session.breakAt(PROCESS, CODE + 1);
        driver.then(plan -> List.of(driver.hits(first, CODE + 1)));
        session.go();
        // The step was executed, but an exception of another thread is told first.
        driver.then(
                plan -> {
                    driver.move(first, CODE + 3);
                    return List.of(driver.raised(second, ACCESS_VIOLATION, 0x10, 0x10));
                });
        Stop stop = session.go().orElseThrow();
        assertThat(stop.event(DebugEvent.ExceptionRaised.class)).isPresent();
        driver.then(
                plan -> {
                    assertThat(plan.unhandled()).containsExactly(second);
                    return List.of(driver.stepped(first, CODE + 3));
                });
        driver.then(plan -> List.of(driver.exits(first)));
        stop = session.go().orElseThrow();
        assertThat(stop.events()).singleElement().isInstanceOf(DebugEvent.ProcessExited.class);
        assertThat(cpuid.hits()).isEqualTo(1);
    }

    @Test
    void leavesAPassAloneThatIsUnderWayWhenTheTimeIsOver() {
        Breakpoint cpuid = session.breakAt(PROCESS, CODE + 1).run((hit, stop) -> {});
        driver.then(plan -> List.of(driver.hits(first, CODE + 1)));
        driver.then(
                plan -> {
                    // It has made its step, or not; its event has not come in time.
                    driver.move(first, CODE + 3);
                    return List.of();
                });
        assertThat(session.go(Duration.ofSeconds(1))).isEmpty();
        driver.then(
                plan -> {
                    // The others are still held: the trap is not back.
                    assertThat(plan.only()).containsExactly(first);
                    assertThat(driver.rawByte(CODE + 1)).isEqualTo(0x0f);
                    return List.of(driver.stepped(first, CODE + 3));
                });
        driver.then(
                plan -> {
                    assertThat(plan.only()).isEmpty();
                    assertThat(plan.unhandled()).isEmpty();
                    assertThat(driver.rawByte(CODE + 1)).isEqualTo(0xcc);
                    return List.of(driver.exits(first));
                });
        Stop stop = session.go().orElseThrow();
        assertThat(stop.event(DebugEvent.ExceptionRaised.class)).isEmpty();
        assertThat(cpuid.hits()).isEqualTo(1);
        assertThat(driver.isOver()).isTrue();
    }

    @Test
    void countsAHitThatAThreadRunsIntoWhenTheTimeIsOver() {
        Breakpoint push = session.breakAt(PROCESS, CODE).run((hit, stop) -> {});
        driver.then(
                plan -> {
                    // It stands at the trap for a moment, and has not executed it.
                    driver.move(first, CODE);
                    return List.of();
                });
        session.select(first);
        assertThat(session.go(Duration.ofSeconds(1))).isEmpty();
        driver.then(
                plan -> {
                    assertThat(driver.registers(first).pc()).hasValue(CODE);
                    return List.of(driver.hits(first, CODE));
                });
        driver.then(plan -> List.of(driver.exits(first)));
        session.go();
        assertThat(push.hits()).isEqualTo(1);
        assertThat(driver.isOver()).isTrue();
    }

    @Test
    void survivesTheEndOfTheProcessInTheMiddleOfAPass() {
        session.breakAt(PROCESS, CODE + 1).run((hit, stop) -> {});
        driver.then(plan -> List.of(driver.hits(first, CODE + 1)));
        driver.then(plan -> List.of(driver.exits(second)));
        Optional<Stop> stop = session.go();
        assertThat(stop.orElseThrow().event(DebugEvent.ProcessExited.class)).isPresent();
        assertThat(session.go()).isEmpty();
    }

    @Test
    void survivesTheEndOfTheThreadInTheMiddleOfAPass() {
        session.breakAt(PROCESS, CODE + 1).run((hit, stop) -> {});
        driver.then(plan -> List.of(driver.hits(first, CODE + 1)));
        driver.then(
                plan -> {
                    driver.end(first);
                    return List.of(new RawEvent.ThreadExited(first, 0));
                });
        driver.then(
                plan -> {
                    assertThat(plan.only()).isEmpty();
                    assertThat(driver.rawByte(CODE + 1)).isEqualTo(0xcc);
                    return List.of(driver.exits(second));
                });
        session.go();
        assertThat(driver.isOver()).isTrue();
    }

    @Test
    void hidesTrapsFromReadersAndWritesAroundThem() {
        session.breakAt(PROCESS, CODE);
        driver.then(plan -> List.of(driver.hits(first, CODE)));
        Stop stop = session.go().orElseThrow();
        assertThat(driver.rawByte(CODE)).isEqualTo(0xcc);
        assertThat(stop.memory().readUpTo(CODE, 4)).containsExactly(0x55, 0x0f, 0xa2, 0xc3);
        stop.write(CODE, new byte[] {0x53, 0x51});
        assertThat(driver.rawByte(CODE)).isEqualTo(0xcc);
        assertThat(driver.rawByte(CODE + 1)).isEqualTo(0x51);
        assertThat(stop.readNumber(CODE, 1)).isEqualTo(0x53);
        session.breakpoints().get(0).erase();
        driver.then(driver.exits(first));
        session.go();
        assertThat(driver.rawByte(CODE)).isEqualTo(0x53);
    }

    @Test
    void goesOnAfterABreakpointOnTheProgramsOwn() {
        driver.memory(CODE + 4, 0xcc);
        Breakpoint ours = session.breakAt(PROCESS, CODE + 4);
        driver.then(plan -> List.of(driver.hits(first, CODE + 4)));
        Stop stop = session.go().orElseThrow();
        assertThat(stop.event(DebugEvent.BreakpointHit.class)).isPresent();
        assertThat(stop.event(DebugEvent.ProgramStopped.class)).isPresent();
        driver.then(
                plan -> {
                    assertThat(driver.registers(first).pc()).hasValue(CODE + 5);
                    return List.of(driver.exits(first));
                });
        session.go();
        assertThat(ours.hits()).isEqualTo(1);
    }

    @Test
    void reportsWhatUserCodeThrowsAndGoesOn() {
        session.breakAt(PROCESS, CODE)
                .run(
                        (hit, stop) -> {
                            throw new java.io.IOException("no disk");
                        });
        driver.then(plan -> List.of(driver.hits(first, CODE)));
        Stop stop = session.go().orElseThrow();
        assertThat(stop.event(DebugEvent.CallbackFailed.class).orElseThrow().failure())
                .hasMessage("no disk");
        driver.then(driver.exits(first));
        assertThat(session.go()).isPresent();
    }

    @Test
    void reportsAConditionThatMeansNothing() {
        session.breakAt(PROCESS, CODE).when("@nonsense == 1");
        driver.then(plan -> List.of(driver.hits(first, CODE)));
        Stop stop = session.go().orElseThrow();
        assertThat(stop.event(DebugEvent.CallbackFailed.class)).isPresent();
    }

    @Test
    void keepsBreakpointsOverUnloadAndReload() {
        LoadedModule plugin = ScriptedDriver.module("plugin.dll", 0x500000, 0x1000);
        Breakpoint in = session.breakAt("plugin!0x10").run((hit, stop) -> {});
        assertThat(in.isPending()).isTrue();
        for (int i = 0; i < 2; i++) {
            driver.then(
                    plan -> {
                        driver.memory(0x500000, new int[0x100]);
                        return List.of(driver.loaded(first, plugin));
                    });
            driver.then(plan -> List.of(driver.hits(first, 0x500010)));
            driver.then(plan -> List.of(driver.unloaded(first, plugin)));
        }
        driver.then(plan -> List.of(driver.exits(first)));
        session.go();
        assertThat(in.hits()).isEqualTo(2);
        assertThat(driver.isOver()).isTrue();
    }

    @Test
    void refusesAStopThatIsOver() {
        driver.then(plan -> List.of(driver.raised(first, ACCESS_VIOLATION, 1, 1)));
        Stop stop = session.go().orElseThrow();
        driver.then(plan -> List.of(driver.exits(first)));
        session.go();
        assertThatThrownBy(stop::pc).isInstanceOf(StaleStopException.class);
    }

    @Test
    void stepsOverACallAlsoWhenItRecurses() {
        // call +0x10; nop
        driver.memory(CODE + 0x100, 0xe8, 0x0b, 0, 0, 0, 0x90);
        driver.thread(1, CODE + 0x100, STACK);
        session.select(first);
        long next = CODE + 0x105;
        driver.then(
                plan -> {
                    // A deeper frame comes by first: its stack pointer is lower.
                    driver.thread(1, next, STACK - 0x40);
                    return List.of(driver.hits(first, next));
                });
        driver.then(
                plan -> {
                    driver.thread(1, next, STACK);
                    return List.of(driver.hits(first, next));
                });
        Stop stop = session.stepOver().orElseThrow();
        assertThat(stop.event(DebugEvent.StepDone.class).orElseThrow().va()).isEqualTo(next);
        assertThat(stop.sp()).isEqualTo(STACK);
        assertThat(driver.isOver()).isTrue();
    }

    @Test
    void survivesTheDeathOfTheProcessBetweenAnEventAndItsContinuation() {
        Breakpoint push = session.breakAt(PROCESS, CODE).run((hit, stop) -> driver.dies());
        driver.then(plan -> List.of(driver.hits(first, CODE)));
        driver.then(
                plan -> {
                    assertThat(plan.stepping()).isEmpty();
                    return List.of(driver.exits(first));
                });
        Stop stop = session.go().orElseThrow();
        assertThat(stop.event(DebugEvent.ProcessExited.class)).isPresent();
        assertThat(push.hits()).isEqualTo(1);
        assertThat(session.go()).isEmpty();
    }

    @Test
    void survivesTheDeathOfTheProcessWhileItSteps() {
        session.select(first);
        driver.then(
                plan -> {
                    assertThat(plan.stepping()).containsExactly(first);
                    driver.dies();
                    return List.of(driver.exits(second));
                });
        Stop stop = session.stepInto().orElseThrow();
        assertThat(stop.event(DebugEvent.ProcessExited.class)).isPresent();
        assertThat(stop.event(DebugEvent.StepDone.class)).isEmpty();
        assertThat(session.go()).isEmpty();
    }

    @Test
    void survivesTheDeathOfTheProcessWhileABreakpointIsSet() {
        driver.then(plan -> List.of(driver.raised(first, ACCESS_VIOLATION, 1, CODE + 0x100)));
        session.go();
        driver.dies();
        Breakpoint late = session.breakAt(PROCESS, CODE + 2);
        Breakpoint watch = session.watch(PROCESS, CODE, Access.WRITE, 8);
        driver.then(plan -> List.of(driver.exits(first)));
        assertThat(session.go().orElseThrow().event(DebugEvent.ProcessExited.class)).isPresent();
        assertThat(late.hits() + watch.hits()).isZero();
        assertThat(session.go()).isEmpty();
    }

    @Test
    void findsABreakpointInTheLastOfFiveHundredModules() {
        Breakpoint in = session.breakAt("dll499!0x10").run((hit, stop) -> {});
        for (int i = 0; i < 500; i++) {
            long base = 0x10000000L + i * 0x10000L;
            LoadedModule dll = ScriptedDriver.module("dll" + i + ".dll", base, 0x1000);
            driver.then(
                    plan -> {
                        driver.memory(base, new int[0x20]);
                        return List.of(driver.loaded(first, dll));
                    });
        }
        long va = 0x10000000L + 499 * 0x10000L + 0x10;
        driver.then(plan -> List.of(driver.hits(first, va)));
        driver.then(plan -> List.of(driver.exits(first)));
        Stop end = session.go().orElseThrow();
        assertThat(in.hits()).isEqualTo(1);
        assertThat(end.modules()).hasSize(501);
    }

    @Test
    void handsTenThousandExceptionsToTheProgram() {
        int[] raised = {0};
        session.exceptions().stop(ExceptionRules.StopAt.NEVER);
        session.on(DebugEvent.ExceptionRaised.class, (e, stop) -> raised[0]++);
        for (int i = 0; i < 10_000; i++) {
            driver.then(plan -> List.of(driver.raised(second, ACCESS_VIOLATION, 1, CODE)));
        }
        driver.then(
                plan -> {
                    assertThat(plan.unhandled()).containsExactly(second);
                    return List.of(driver.exits(first));
                });
        session.go();
        assertThat(raised[0]).isEqualTo(10_000);
        assertThat(driver.plans().stream().filter(p -> p.unhandled().contains(second)).count())
                .isEqualTo(10_000);
    }

    @Test
    void copesWithThreadsThatEndBeforeAnythingIsKnownOfThem() {
        Breakpoint all = session.breakAt(PROCESS, CODE).run((hit, stop) -> {});
        session.watch(PROCESS, CODE + 8, Access.WRITE, 8);
        for (long id = 1000; id < 1200; id++) {
            var quick = new ThreadRef(PROCESS, id);
            driver.then(plan -> List.of(new RawEvent.ThreadStarted(quick, 0)));
            // It has run into the trap, and has no registers any more when that is told.
            driver.then(plan -> List.of(driver.tellsLate(quick, CODE)));
            driver.then(plan -> List.of(new RawEvent.ThreadExited(quick, 0)));
        }
        var unknown = new ThreadRef(PROCESS, 5000);
        driver.then(plan -> List.of(new RawEvent.ThreadExited(unknown, 0)));
        driver.then(plan -> List.of(driver.exits(first)));
        session.go();
        assertThat(all.hits()).isEqualTo(200);
        assertThat(driver.isOver()).isTrue();
    }

    @Test
    void showsWhatTheProgramHasWrittenOverABreakpoint() {
        session.breakAt(PROCESS, CODE);
        driver.then(
                plan -> {
                    // The program patches itself: mov eax, 9
                    driver.memory(CODE, 0xb8, 9, 0, 0, 0);
                    return List.of(driver.raised(second, ACCESS_VIOLATION, 1, CODE + 0x100));
                });
        Stop stop = session.go().orElseThrow();
        assertThat(stop.memory().readUpTo(CODE, 5)).containsExactly(0xb8, 9, 0, 0, 0);
        driver.then(
                plan -> {
                    assertThat(driver.rawByte(CODE)).isEqualTo(0xcc);
                    return List.of(driver.hits(first, CODE));
                });
        stop = session.go().orElseThrow();
        assertThat(stop.event(DebugEvent.BreakpointHit.class)).isPresent();
        assertThat(stop.memory().readUpTo(CODE, 5)).containsExactly(0xb8, 9, 0, 0, 0);
        driver.then(
                plan -> {
                    assertThat(driver.registers(first).value("rax")).hasValue(9);
                    return List.of(driver.exits(first));
                });
        session.go();
    }

    @Test
    void leavesNoTrapInAProcessThatIsLetGo() {
        session.breakAt(PROCESS, CODE);
        session.breakAt(PROCESS, CODE + 0x20);
        driver.then(plan -> List.of(driver.hits(first, CODE)));
        session.go();
        session.detach(PROCESS);
        assertThat(driver.rawByte(CODE)).isEqualTo(0x55);
        assertThat(driver.rawByte(CODE + 0x20)).isEqualTo(0x90);
        assertThat(driver.registers(first).pc()).hasValue(CODE);
    }
}
