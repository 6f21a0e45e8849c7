package oriel.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import oriel.engine.disasm.FlowKind;
import oriel.engine.symbols.SymbolLocator;
import oriel.model.Architecture;
import oriel.model.LoadedModule;
import oriel.model.ThreadRef;
import oriel.testkit.ScriptedDriver;

/** Steps of instructions and branches, and the trap flag that makes them. */
class SteppingTest {
    private static final long CODE = 0x401000;
    private static final long STACK = 0x8000;
    private static final int SINGLE_STEP = 0x80000004;

    private final ScriptedDriver driver = new ScriptedDriver(Architecture.X64);
    private final LoadedModule app = ScriptedDriver.module("app.exe", 0x400000, 0x10000);
    private final ThreadRef thread = driver.thread(1, CODE, STACK);
    private final DebugSession session = DebugSession.open(() -> driver, SymbolLocator.NONE);

    @BeforeEach
    void begin() {
        driver.memory(CODE, new int[0x200]);
        driver.memory(STACK - 0x40, new int[0x80]);
        driver.then(driver.started(thread, app));
        driver.then(driver.tellsLate(thread, 0x77000000));
        session.stopAtLoader(true);
        session.go();
        driver.move(thread, CODE);
    }

    @AfterEach
    void end() {
        session.close();
    }

    @Test
    void hidesTheTrapFlagFromPushf() {
        driver.memory(CODE, 0x9c, 0x90);
        driver.then(
                plan -> {
                    driver.thread(1, CODE + 1, STACK - 8);
                    driver.memory(STACK - 8, 0x02, 0x03);
                    return List.of(driver.stepped(thread, CODE + 1));
                });
        session.stepInto();
        assertThat(driver.rawByte(STACK - 7)).isEqualTo(0x02);
    }

    @Test
    void givesTheProgramTheTrapThatItAskedForByPopf() {
        driver.memory(CODE, 0x9d, 0x90, 0x90);
        driver.memory(STACK, 0x02, 0x03);
        driver.then(
                plan -> {
                    driver.thread(1, CODE + 1, STACK + 8);
                    return List.of(driver.stepped(thread, CODE + 1));
                });
        Stop popped = session.stepInto().orElseThrow();
        assertThat(popped.event(DebugEvent.ExceptionRaised.class)).isEmpty();
        assertThat(popped.register("efl") & 0x100).isEqualTo(0x100);
        driver.then(plan -> List.of(driver.stepped(thread, CODE + 2)));
        // No step was asked for: the exception is the program's.
        Stop trapped = session.go().orElseThrow();
        var raised = trapped.event(DebugEvent.ExceptionRaised.class).orElseThrow();
        assertThat(raised.exception().code()).isEqualTo(SINGLE_STEP);
        driver.then(
                plan -> {
                    assertThat(plan.unhandled()).containsExactly(thread);
                    return List.of(driver.exits(thread));
                });
        session.go();
    }

    @Test
    void givesTheProgramItsTrapAlsoWhenItIsTraced() {
        // popfq; nop; nop; int1
        driver.memory(CODE, 0x9d, 0x90, 0x90, 0xf1, 0x90);
        driver.memory(STACK, 0x02, 0x03);
        List<Long> programs = new ArrayList<>();
        session.exceptions().stop(ExceptionRules.StopAt.NEVER);
        session.on(DebugEvent.ExceptionRaised.class, (e, stop) -> programs.add(stop.pc()));
        Trace trace = session.trace(thread, Trace.Grain.INSTRUCTION, (from, stop) -> {});
        driver.then(
                plan -> {
                    driver.thread(1, CODE + 1, STACK + 8);
                    return List.of(driver.stepped(thread, CODE + 1));
                });
        driver.then(plan -> List.of(driver.stepped(thread, CODE + 2)));
        driver.then(
                plan -> {
                    assertThat(plan.unhandled()).containsExactly(thread);
                    return List.of(driver.stepped(thread, CODE + 3));
                });
        driver.then(plan -> List.of(driver.stepped(thread, CODE + 4)));
        driver.then(plan -> List.of(driver.exits(thread)));
        session.run();
        assertThat(programs).containsExactly(CODE + 2, CODE + 4);
        assertThat(trace.steps()).isEqualTo(4);
    }

    private List<String> branches(int steps, long first) {
        // nop; nop; jmp +0x10
        driver.memory(CODE, 0x90, 0x90, 0xeb, 0x10);
        driver.memory(CODE + 0x14, 0x90, 0x90, 0xc3);
        List<String> told = new ArrayList<>();
        session.trace(
                thread,
                Trace.Grain.BRANCH,
                (from, stop) -> told.add(from.flow() + " " + Long.toHexString(stop.pc())));
        driver.then(
                plan -> {
                    assertThat(plan.branching()).containsExactly(thread);
                    return List.of(driver.stepped(thread, first));
                });
        for (int i = 1; i < steps; i++) {
            long to = i == steps - 1 ? CODE + 0x14 : CODE + 1 + i;
            driver.then(
                    plan -> {
                        assertThat(plan.branching()).isEmpty();
                        assertThat(plan.stepping()).containsExactly(thread);
                        return List.of(driver.stepped(thread, to));
                    });
        }
        driver.then(plan -> List.of(driver.exits(thread)));
        session.run();
        return told;
    }

    @Test
    void letsTheProcessorFindBranches() {
        assertThat(branches(1, CODE + 0x14)).containsExactly(FlowKind.JUMP + " 401014");
    }

    @Test
    void findsBranchesByDecodingWhereTheProcessorDoesNot() {
        assertThat(branches(3, CODE + 1)).containsExactly(FlowKind.JUMP + " 401014");
    }

    @Test
    void runsToNoBranchWhereTheTrapFlagCouldBeSeen() {
        // pushfq; jmp
        driver.memory(CODE, 0x9c, 0xeb, 0x10);
        session.trace(thread, Trace.Grain.BRANCH, (from, stop) -> {});
        driver.then(
                plan -> {
                    assertThat(plan.branching()).isEmpty();
                    assertThat(plan.stepping()).containsExactly(thread);
                    return List.of(driver.exits(thread));
                });
        session.run();
        assertThat(driver.isOver()).isTrue();
    }
}
