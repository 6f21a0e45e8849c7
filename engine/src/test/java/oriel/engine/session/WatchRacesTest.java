package oriel.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static oriel.testkit.ScriptedDriver.PROCESS;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import oriel.driver.RawEvent;
import oriel.engine.symbols.SymbolLocator;
import oriel.model.Architecture;
import oriel.model.LoadedModule;
import oriel.model.ThreadRef;
import oriel.testkit.ScriptedDriver;

/** What several threads can do to watches of data and of code, played by a script. */
class WatchRacesTest {
    private static final long CODE = 0x401000;
    private static final long DATA = 0x408000;
    private static final long STACK = 0x8000;
    private static final int READ_ONLY = 2;
    private static final int READ_WRITE = 4;
    private static final int EXECUTE_READ_WRITE = 0x40;

    private final ScriptedDriver driver = new ScriptedDriver(Architecture.X64);
    private final LoadedModule app = ScriptedDriver.module("app.exe", 0x400000, 0x10000);
    private final ThreadRef first = driver.thread(1, CODE + 0x80, STACK);
    private final DebugSession session = DebugSession.open(() -> driver, SymbolLocator.NONE);

    @BeforeEach
    void begin() {
        driver.memory(CODE, new int[0x200]);
        // mov [rcx], eax; mov eax, [rcx]; ret
        driver.memory(CODE, 0x89, 0x01, 0x8b, 0x01, 0xc3);
        // lock inc dword [rcx], which is not emulated
        driver.memory(CODE + 0x10, 0xf0, 0xff, 0x01, 0xc3);
        driver.memory(CODE + 0x80, 0x90, 0x90);
        driver.memory(DATA, new int[0x40]);
        driver.protect(DATA, READ_WRITE);
        driver.then(driver.started(first, app));
        driver.then(driver.tellsLate(first, 0x77000000));
        session.stopAtLoader(true);
        session.go();
        driver.move(first, CODE + 0x80);
    }

    @AfterEach
    void end() {
        session.close();
    }

    private ThreadRef second() {
        return driver.thread(2, CODE + 0x80, STACK + 0x1000);
    }

    private void pointTo(ThreadRef thread, long va) {
        driver.setRegisters(thread, driver.registers(thread).with("rcx", va).with("rax", 7));
    }

    private long control(ThreadRef thread) {
        return driver.registers(thread).value("dr7").orElseThrow();
    }

    private void goToTheEnd() {
        driver.then(plan -> List.of(driver.exits(first)));
        Stop end = session.go().orElseThrow();
        assertThat(end.event(DebugEvent.ProcessExited.class)).isPresent();
        assertThat(driver.isOver()).isTrue();
    }

    @Test
    void dropsTheLateHitOfARegisterThatWasCleared() {
        ThreadRef second = second();
        Breakpoint once = session.watch(PROCESS, CODE, Access.EXECUTE, 1).once().run((h, s) -> {});
        driver.then(plan -> List.of(driver.watched(first, CODE, 1)));
        driver.then(
                plan -> {
                    assertThat(control(second)).isZero();
                    return List.of(driver.watched(second, CODE, 1));
                });
        driver.then(
                plan -> {
                    assertThat(plan.unhandled()).isEmpty();
                    return List.of();
                });
        session.go();
        goToTheEnd();
        assertThat(once.hits()).isEqualTo(1);
    }

    @Test
    void keepsTheHitOfAThreadWhoseRegistersAreWrittenBeforeItTells() {
        ThreadRef second = second();
        Breakpoint watch = session.watch(PROCESS, DATA, Access.WRITE, 4);
        watch.run((hit, stop) -> session.watch(PROCESS, CODE, Access.EXECUTE, 1));
        driver.then(
                plan -> {
                    RawEvent late = driver.watched(second, CODE + 2, 1);
                    driver.then(p -> List.of(late));
                    return List.of(driver.watched(first, CODE + 2, 1));
                });
        driver.then(plan -> List.of());
        session.go();
        session.go();
        goToTheEnd();
        assertThat(watch.hits()).isEqualTo(2);
    }

    @Test
    void changesToTrapsAsSoonAsThereIsASecondThread() {
        driver.doesNotShareDebugRegisters();
        Breakpoint code = session.watch(PROCESS, CODE + 0x80, Access.EXECUTE, 1).run((h, s) -> {});
        Breakpoint data = session.watch(PROCESS, DATA, Access.WRITE, 4).run((h, s) -> {});
        driver.then(
                plan -> {
                    assertThat(control(first) & 0xf).isEqualTo(5);
                    assertThat(driver.rawByte(CODE + 0x80)).isEqualTo(0x90);
                    return List.of(new RawEvent.ThreadStarted(second(), CODE));
                });
        driver.then(
                plan -> {
                    ThreadRef second = new ThreadRef(PROCESS, 2);
                    assertThat(control(first) | control(second)).isZero();
                    assertThat(driver.rawByte(CODE + 0x80)).isEqualTo(0xcc);
                    pointTo(second, DATA);
                    return List.of(driver.faults(second, CODE, true, DATA));
                });
        driver.then(
                plan -> {
                    // Told when it is done, as registers do.
                    assertThat(data.hits()).isEqualTo(1);
                    assertThat(driver.rawByte(DATA)).isEqualTo(7);
                    return List.of(driver.hits(first, CODE + 0x80));
                });
        driver.then(
                plan -> {
                    driver.end(new ThreadRef(PROCESS, 2));
                    return List.of(new RawEvent.ThreadExited(new ThreadRef(PROCESS, 2), 0));
                });
        driver.then(
                plan -> {
                    assertThat(control(first) & 0xf).isEqualTo(5);
                    assertThat(driver.rawByte(CODE + 0x80)).isEqualTo(0x90);
                    return List.of(driver.watched(first, CODE + 2, 2));
                });
        goToTheEnd();
        assertThat(code.hits()).isEqualTo(1);
        assertThat(data.hits()).isEqualTo(2);
    }

    @Test
    void countsTwoThreadsThatAreStoppedByOnePage() {
        ThreadRef second = second();
        pointTo(first, DATA);
        pointTo(second, DATA + 4);
        Breakpoint watch = session.watchBuffer(PROCESS, DATA, 8, Access.WRITE).run((h, s) -> {});
        driver.then(plan -> List.of(driver.faults(first, CODE + 0x10, true, DATA)));
        driver.then(
                plan -> {
                    assertThat(plan.only()).containsExactly(first);
                    assertThat(plan.stepping()).containsExactly(first);
                    // It was stopped before the first one was let in.
                    return List.of(driver.faults(second, CODE + 0x10, true, DATA + 4));
                });
        driver.then(
                plan -> {
                    assertThat(plan.only()).containsExactly(first);
                    return List.of(driver.stepped(first, CODE + 0x13));
                });
        driver.then(
                plan -> {
                    assertThat(plan.only()).containsExactly(second);
                    return List.of(driver.stepped(second, CODE + 0x13));
                });
        driver.then(
                plan -> {
                    assertThat(plan.only()).isEmpty();
                    assertThat(driver.calls()).endsWith("disarm 408000", "arm 408000");
                    return List.of(driver.exits(first));
                });
        session.go();
        assertThat(watch.hits()).isEqualTo(2);
    }

    @Test
    void leavesAPageClosedWhileAnAccessIsEmulated() {
        pointTo(first, DATA);
        Breakpoint watch = session.watchBuffer(PROCESS, DATA, 4, Access.ACCESS).run((h, s) -> {});
        driver.then(plan -> List.of(driver.faults(first, CODE, true, DATA)));
        driver.then(plan -> List.of(driver.faults(first, CODE + 2, false, DATA)));
        goToTheEnd();
        assertThat(watch.hits()).isEqualTo(2);
        assertThat(driver.rawByte(DATA)).isEqualTo(7);
        assertThat(driver.calls()).doesNotContain("disarm 408000");
    }

    @Test
    void dropsTheLateFaultOfAWatchThatIsGone() {
        ThreadRef second = second();
        pointTo(first, DATA);
        Breakpoint watch =
                session.watchBuffer(PROCESS, DATA, 4, Access.WRITE).once().run((h, s) -> {});
        driver.then(plan -> List.of(driver.faults(first, CODE, true, DATA)));
        driver.then(plan -> List.of(driver.faults(second, CODE, true, DATA)));
        driver.then(
                plan -> {
                    assertThat(plan.unhandled()).isEmpty();
                    return List.of(driver.exits(first));
                });
        Stop end = session.go().orElseThrow();
        assertThat(end.event(DebugEvent.ProcessExited.class)).isPresent();
        assertThat(watch.hits()).isEqualTo(1);
    }

    @Test
    void handsTheProgramItsOwnFaultInAWatchedPage() {
        driver.protect(DATA, READ_ONLY);
        pointTo(first, DATA);
        Breakpoint watch = session.watchBuffer(PROCESS, DATA, 4, Access.ACCESS);
        driver.then(plan -> List.of(driver.faults(first, CODE, true, DATA)));
        Stop stop = session.go().orElseThrow();
        assertThat(stop.event(DebugEvent.ExceptionRaised.class)).isPresent();
        driver.then(
                plan -> {
                    assertThat(plan.unhandled()).containsExactly(first);
                    return List.of(driver.exits(first));
                });
        session.go();
        assertThat(watch.hits()).isZero();
    }

    @Test
    void doesNotEmulateAStoreThatTheProgramMayNotMake() {
        driver.protect(DATA, READ_ONLY);
        pointTo(first, DATA);
        session.breakAt(PROCESS, CODE).run((hit, stop) -> {});
        driver.then(plan -> List.of(driver.hits(first, CODE)));
        driver.then(
                plan -> {
                    assertThat(plan.stepping()).containsExactly(first);
                    assertThat(driver.rawByte(DATA)).isZero();
                    return List.of(driver.faults(first, CODE, true, DATA));
                });
        assertThat(session.go().orElseThrow().event(DebugEvent.ExceptionRaised.class)).isPresent();
    }

    @Test
    void doesNotEmulateAStoreOfWhichAWatchMustBeTold() {
        pointTo(first, DATA);
        session.breakAt(PROCESS, CODE).run((hit, stop) -> {});
        Breakpoint watch = session.watch(PROCESS, DATA, Access.WRITE, 4).run((h, s) -> {});
        driver.then(plan -> List.of(driver.hits(first, CODE)));
        driver.then(
                plan -> {
                    assertThat(plan.stepping()).containsExactly(first);
                    return List.of(driver.watched(first, CODE + 2, 0x4001));
                });
        goToTheEnd();
        assertThat(watch.hits()).isEqualTo(1);
    }

    @Test
    void keepsABreakpointInCodeThatTheProgramWrites() {
        driver.protect(CODE, EXECUTE_READ_WRITE);
        pointTo(first, CODE + 0x80);
        Breakpoint written = session.breakAt(PROCESS, CODE + 0x80).run((hit, stop) -> {});
        driver.then(plan -> List.of(driver.faults(first, CODE, true, CODE + 0x80)));
        driver.then(
                plan -> {
                    // Emulated: the breakpoint stays, and hides another instruction.
                    assertThat(driver.rawByte(CODE + 0x80)).isEqualTo(0xcc);
                    return List.of(driver.hits(first, CODE + 0x80));
                });
        driver.then(plan -> List.of(driver.faults(first, CODE + 0x10, true, CODE + 0x80)));
        driver.then(
                plan -> {
                    assertThat(plan.only()).containsExactly(first);
                    driver.memory(CODE + 0x80, 0x90);
                    return List.of(driver.stepped(first, CODE + 0x13));
                });
        driver.then(
                plan -> {
                    // Stepped: it is set again before anything else runs.
                    return List.of(driver.hits(first, CODE + 0x80));
                });
        goToTheEnd();
        assertThat(written.hits()).isEqualTo(2);
    }
}
