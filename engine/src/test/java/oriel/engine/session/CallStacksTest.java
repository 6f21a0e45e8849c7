package oriel.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
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

/** Entries and exits of functions that recurse, end in others, or are never returned from. */
class CallStacksTest {
    private static final long FIRST = 0x401000;
    private static final long OTHER = 0x401040;
    private static final long LOOPS = 0x401080;
    private static final long BACK = 0x401205;
    private static final long BACK_ELSEWHERE = 0x401305;
    private static final long STACK = 0x8000;

    private final ScriptedDriver driver = new ScriptedDriver(Architecture.X64);
    private final LoadedModule app = ScriptedDriver.module("app.exe", 0x400000, 0x10000);
    private final ThreadRef thread = driver.thread(1, 0x401400, STACK);
    private final DebugSession session = DebugSession.open(() -> driver, SymbolLocator.NONE);
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void begin() {
        driver.memory(0x401000, new int[0x500]);
        driver.memory(STACK - 0x100, new int[0x200]);
        // nop; ret
        driver.memory(FIRST, 0x90, 0xc3);
        driver.memory(OTHER, 0x90, 0xc3);
        // dec ecx; jne to the beginning; ret
        driver.memory(LOOPS, 0xff, 0xc9, 0x75, 0xfc, 0xc3);
        // call; nop
        driver.memory(BACK - 5, 0xe8, 0, 0, 0, 0, 0x90);
        driver.memory(BACK_ELSEWHERE - 5, 0xe8, 0, 0, 0, 0, 0x90);
        driver.then(driver.started(thread, app));
        driver.then(driver.tellsLate(thread, 0x77000000));
        session.stopAtLoader(true);
        session.go();
        driver.move(thread, 0x401400);
    }

    @AfterEach
    void end() {
        session.close();
    }

    private Hook hook(long va, String name) {
        return session.hook("0x" + Long.toHexString(va), Signature.of(name, 0))
                .onEnter((call, stop) -> told.add(call.depth() + " " + name))
                .onLeave(
                        (call, stop) ->
                                told.add(
                                        call.depth()
                                                + (call.hasReturned() ? " returns " : " lost ")
                                                + name));
    }

    /** The thread comes to a function. */
    private void enters(long va, long sp, long returnVa) {
        driver.then(
                plan -> {
                    driver.thread(1, va, sp);
                    for (int i = 0; i < 8; i++) {
                        driver.memory(sp + i, (int) (returnVa >>> i * 8) & 0xff);
                    }
                    return List.of(driver.hits(thread, va));
                });
    }

    private void returns(long va, long sp) {
        driver.then(
                plan -> {
                    driver.thread(1, va, sp);
                    return List.of(driver.hits(thread, va));
                });
    }

    private void run() {
        driver.then(plan -> List.of(driver.exits(thread)));
        session.run();
        assertThat(driver.isOver()).isTrue();
    }

    @Test
    void tellsRecursion() {
        hook(FIRST, "f");
        enters(FIRST, STACK, BACK);
        enters(FIRST, STACK - 0x40, BACK_ELSEWHERE);
        returns(BACK_ELSEWHERE, STACK - 0x38);
        returns(BACK, STACK + 8);
        run();
        assertThat(told).containsExactly("0 f", "1 f", "1 returns f", "0 returns f");
    }

    @Test
    void endsATailCallWithTheFunctionThatItEndsIn() {
        hook(FIRST, "f");
        hook(OTHER, "g");
        enters(FIRST, STACK, BACK);
        enters(OTHER, STACK, BACK);
        returns(BACK, STACK + 8);
        run();
        assertThat(told).containsExactly("0 f", "1 g", "1 returns g", "0 returns f");
    }

    @Test
    void knowsATailCallOfTheFunctionItself() {
        hook(LOOPS, "f");
        enters(LOOPS, STACK, BACK);
        enters(LOOPS, STACK, BACK);
        returns(BACK, STACK + 8);
        run();
        assertThat(told).containsExactly("0 f", "1 f", "1 returns f", "0 returns f");
    }

    @Test
    void losesACallThatAnExceptionHasLeft() {
        hook(FIRST, "f");
        enters(FIRST, STACK, BACK);
        enters(FIRST, STACK, BACK);
        returns(BACK, STACK + 8);
        run();
        assertThat(told).containsExactly("0 f", "0 lost f", "0 f", "0 returns f");
    }

    @Test
    void takesNoOtherFunctionInTheSamePlaceForATailCall() {
        hook(FIRST, "f");
        hook(OTHER, "g");
        enters(FIRST, STACK, BACK);
        enters(OTHER, STACK, BACK_ELSEWHERE);
        returns(BACK_ELSEWHERE, STACK + 8);
        run();
        assertThat(told).containsExactly("0 f", "0 lost f", "0 g", "0 returns g");
    }

    @Test
    void losesTheCallsOfFramesThatAreJumpedOver() {
        hook(FIRST, "f");
        hook(OTHER, "g");
        enters(FIRST, STACK, BACK);
        enters(OTHER, STACK - 0x40, BACK_ELSEWHERE);
        returns(BACK, STACK + 8);
        run();
        assertThat(told).containsExactly("0 f", "1 g", "1 lost g", "0 returns f");
    }

    @Test
    void tellsTheEndOfCallsThatNeverReturn() {
        hook(FIRST, "f");
        enters(FIRST, STACK, BACK);
        driver.then(
                plan -> {
                    driver.end(thread);
                    return List.of(new RawEvent.ThreadExited(thread, 0));
                });
        run();
        assertThat(told).containsExactly("0 f", "0 lost f");
    }

    @Test
    void tellsTheEndOfCallsBeforeThatOfTheirProcess() {
        hook(FIRST, "f");
        session.on(DebugEvent.ProcessExited.class, (e, stop) -> told.add("end"));
        enters(FIRST, STACK, BACK);
        run();
        assertThat(told).containsExactly("0 f", "0 lost f", "end");
    }

    @Test
    void setsNoTrapIntoDataThatIsNoReturnAddress() {
        hook(FIRST, "f");
        enters(FIRST, STACK, 0x401480);
        run();
        assertThat(driver.calls()).doesNotContain("arm 401480");
        assertThat(told).containsExactly("0 f", "0 lost f");
    }

    @Test
    void tellsNothingOfAProcessThatIsLetGo() {
        hook(FIRST, "f");
        enters(FIRST, STACK, BACK);
        driver.then(plan -> List.of(new RawEvent.Interrupted(thread)));
        session.go();
        session.detach(ScriptedDriver.PROCESS);
        assertThat(told).containsExactly("0 f");
        assertThat(driver.rawByte(BACK)).isEqualTo(0x90);
    }

    @Test
    void answersInPlaceOfAFunction() {
        hook(FIRST, "f").onEnter((call, stop) -> call.answer(77, stop));
        enters(FIRST, STACK, BACK);
        driver.then(
                plan -> {
                    assertThat(driver.registers(thread).pc()).hasValue(BACK);
                    assertThat(driver.registers(thread).sp()).hasValue(STACK + 8);
                    assertThat(driver.registers(thread).value("rax")).hasValue(77);
                    return List.of(driver.hits(thread, BACK));
                });
        run();
        assertThat(told).containsExactly("0 returns f");
    }

    @Test
    void tracesCallsOfAFunctionByItsAddress() {
        CallTrace trace =
                session.traceCalls(
                                new CallTrace.Listener() {
                                    @Override
                                    public void entered(TracedCall call, Stop stop) {
                                        told.add("in " + Long.toHexString(call.functionVa()));
                                    }

                                    @Override
                                    public void left(TracedCall call, Stop stop) {
                                        told.add("out " + call.hasReturned());
                                    }
                                })
                        .function("0x" + Long.toHexString(FIRST));
        enters(FIRST, STACK, BACK);
        returns(BACK, STACK + 8);
        run();
        assertThat(told).containsExactly("in 401000", "out true");
        assertThat(trace.calls()).isEqualTo(1);
    }
}
