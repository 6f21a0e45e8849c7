package oriel.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static oriel.testkit.ScriptedDriver.PROCESS;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import oriel.engine.symbols.SymbolLocator;
import oriel.model.Architecture;
import oriel.model.LoadedModule;
import oriel.model.RegisterSet;
import oriel.model.ThreadRef;
import oriel.testkit.ScriptedDriver;

/** Handlers, the hooks that they declare, and what a call tells of its arguments. */
class HandlersTest {
    private static final int CODE = 0x401000;
    private static final int STACK = 0x8000;

    private final ScriptedDriver driver = new ScriptedDriver(Architecture.X64);
    private final LoadedModule app = ScriptedDriver.module("app.exe", 0x400000, 0x10000);
    private final ThreadRef first = driver.thread(1, CODE, STACK);
    private final DebugSession session = DebugSession.open(() -> driver, SymbolLocator.NONE);
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void begin() {
        driver.memory(CODE, 0x55, 0x0f, 0xa2, 0xc3, 0x90, 0x90, 0x90, 0x90, 0x90, 0x90);
        driver.memory(CODE + 0x100, 0x90, 0x90, 0x90, 0x90, 0x90, 0x90, 0x90, 0x90, 0x90, 0x90);
        driver.memory(STACK - 0x40, new int[0x100]);
        driver.then(driver.started(first, app));
        driver.then(driver.tellsLate(first, 0x77000000));
        session.stopAtLoader(true);
    }

    @AfterEach
    void end() {
        session.close();
    }

    private void enter() {
        session.go();
        var registers = RegisterSet.builder(Architecture.X64).set("rcx", 7).set("rdx", 0xabcL);
        driver.setRegisters(first, registers.set("r8", 9).build());
        driver.memory(STACK, 0x00, 0x11, 0x40, 0, 0, 0, 0, 0);
        // The fifth argument lies behind the room for the first four.
        driver.memory(STACK + 0x28, 0x2a, 0, 0, 0, 0, 0, 0, 0);
        driver.then(plan -> List.of(driver.hits(first, CODE)));
        driver.then(plan -> List.of(driver.exits(first)));
        session.run();
    }

    private final class Calls extends DebugHandler {
        Calls() {
            hook("app!int 0x1000(int count, void *where, ...)", this::entered);
        }

        private void entered(FunctionCall call, Stop stop) {
            told.add(call.argument("count") + " " + call.text("where"));
            told.add(call.variadic(0, stop) + " " + call.variadic(2, stop));
            told.add(stop.disassemble(stop.pc()));
            assertThatThrownBy(() -> call.argument("none"))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Override
        public void onProcessExited(DebugEvent.ProcessExited event, Stop stop) {
            told.add("exit of " + stop.processId());
        }
    }

    @Test
    void hookWhatTheyDeclareAndReadArgumentsByName() {
        session.handle(new Calls());
        enter();
        assertThat(told).containsExactly("7 0xabc", "9 42", "push    rbp", "exit of " + PROCESS);
    }

    @Test
    void areMadeForEachProcess() {
        var made = new ArrayList<Calls>();
        session.handleEach(
                () -> {
                    made.add(new Calls());
                    return made.get(made.size() - 1);
                });
        enter();
        assertThat(made).hasSize(1);
        assertThat(told).first().isEqualTo("7 0xabc");
        assertThat(told).last().isEqualTo("exit of " + PROCESS);
    }

    @Test
    void takeNoNumbersFromBreakpoints() {
        session.hook("app!int 0x1000(int count)");
        assertThat(session.breakAt("app!0x1100").id()).isZero();
        session.hook("app!int 0x1100(int count)");
        assertThat(session.breakAt("app!0x1200").id()).isEqualTo(1);
        assertThat(session.breakpoints()).hasSize(2);
    }

    @Test
    void refuseAFunctionWithoutAModule() {
        assertThatThrownBy(() -> session.hook("CreateFileW"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MODULE!FUNCTION");
    }
}
