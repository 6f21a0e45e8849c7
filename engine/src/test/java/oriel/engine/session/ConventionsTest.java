package oriel.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import oriel.engine.symbols.SymbolLocator;
import oriel.model.Architecture;
import oriel.model.LoadedModule;
import oriel.model.RegisterSet;
import oriel.model.ThreadRef;
import oriel.testkit.ScriptedDriver;

/** Where arguments and results are, on each architecture, and how values are told by name. */
class ConventionsTest {
    private static final long CODE = 0x401000;
    private static final long BACK = 0x401205;
    private static final long STACK = 0x8000;

    private final List<String> told = new ArrayList<>();

    /** Calls a function once: its registers, its stack from the stack pointer on, its result. */
    private void call(
            Architecture architecture,
            String declaration,
            RegisterSet.Builder registers,
            int[] stack,
            RegisterSet.Builder results,
            long spBehind) {
        var driver = new ScriptedDriver(architecture);
        LoadedModule app = ScriptedDriver.module("app.exe", 0x400000, 0x10000);
        ThreadRef thread = driver.thread(1, CODE + 0x100, STACK);
        driver.memory(CODE, new int[0x300]);
        driver.memory(STACK - 0x40, new int[0x100]);
        driver.memory(STACK, stack);
        if (architecture.isIntel()) {
            driver.memory(BACK - 5, 0xe8, 0, 0, 0, 0, 0x90);
        } else {
            // bl; nop
            driver.memory(BACK - 5, 0, 0, 0, 0x94, 0x1f, 0x20, 0x03, 0xd5);
        }
        long back = architecture.isIntel() ? BACK : BACK - 1;
        try (DebugSession session = DebugSession.open(() -> driver, SymbolLocator.NONE)) {
            driver.then(driver.started(thread, app));
            driver.then(driver.tellsLate(thread, 0x77000000));
            session.stopAtLoader(true);
            session.go();
            session.hook("0x401000", Signature.parse(declaration))
                    .onEnter((c, stop) -> told.add(c.describe()))
                    .onLeave((c, stop) -> told.add(c.resultText(stop)));
            driver.then(
                    plan -> {
                        driver.thread(1, CODE, STACK);
                        driver.setRegisters(thread, registers.build());
                        return List.of(driver.hits(thread, CODE));
                    });
            driver.then(
                    plan -> {
                        driver.thread(1, back, spBehind);
                        driver.setRegisters(thread, results.build());
                        return List.of(driver.hits(thread, back));
                    });
            driver.then(plan -> List.of(driver.exits(thread)));
            session.run();
        }
    }

    private static int[] words(int width, long... values) {
        var bytes = new int[width * values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (int) (values[i / width] >>> i % width * 8) & 0xff;
        }
        return bytes;
    }

    @Test
    void x64TakesRegistersByPositionAndTheRestBehindTheHomeSpace() {
        call(
                Architecture.X64,
                "double f(int a, double b, char c, float d, long long e, double g)",
                RegisterSet.builder(Architecture.X64)
                        .set("rcx", 0xffffffffL)
                        .set("xmm1", Double.doubleToRawLongBits(2.5))
                        .set("r8", 0x1ff)
                        .set("xmm3", Float.floatToRawIntBits(1.5f)),
                words(8, BACK, 0, 0, 0, 0, 0x100000000L, Double.doubleToRawLongBits(-4)),
                RegisterSet.builder(Architecture.X64).set("xmm0", Double.doubleToRawLongBits(9)),
                STACK + 8);
        assertThat(told)
                .containsExactly("f(a=-1, b=2.5, c=-1, d=1.5, e=4294967296, g=-4.0)", "9.0");
    }

    @Test
    void arm64CountsGeneralAndVectorRegistersByThemselves() {
        var registers = RegisterSet.builder(Architecture.ARM64).set("lr", BACK - 1);
        for (int i = 0; i < 8; i++) {
            registers.set("x" + i, i + 1);
        }
        registers.set("v0", Double.doubleToRawLongBits(0.5));
        registers.set("v1", Float.floatToRawIntBits(0.25f));
        call(
                Architecture.ARM64,
                "int f(int a, double b, int c, float d, int e, int g, int h, int i, int j, int k,"
                        + " int l)",
                registers,
                words(8, 99, 0),
                RegisterSet.builder(Architecture.ARM64).set("x0", 0xfffffffeL),
                STACK);
        assertThat(told)
                .containsExactly(
                        "f(a=1, b=0.5, c=2, d=0.25, e=3, g=4, h=5, i=6, j=7, k=8, l=99)", "-2");
    }

    @Test
    void fastcallTakesTwoRegistersThatFit() {
        call(
                Architecture.X86,
                "int __fastcall f(long long a, int b, float c, int d, int e)",
                RegisterSet.builder(Architecture.X86).set("ecx", 5).set("edx", 6),
                words(4, BACK, 7, 1, Float.floatToRawIntBits(3f), 8),
                RegisterSet.builder(Architecture.X86).set("eax", 3),
                STACK + 4);
        assertThat(told).containsExactly("f(a=4294967303, b=5, c=3.0, d=6, e=8)", "3");
    }

    @Test
    void thiscallTakesOne() {
        call(
                Architecture.X86,
                "long long __thiscall f(void *self, int a, int b)",
                RegisterSet.builder(Architecture.X86).set("ecx", 0x1234),
                words(4, BACK, 2, 3),
                RegisterSet.builder(Architecture.X86).set("eax", 1).set("edx", 1),
                STACK + 12);
        assertThat(told).containsExactly("f(self=0x1234, a=2, b=3)", "4294967297");
    }

    @Test
    void cdeclAndStdcallTakeTheStack() {
        call(
                Architecture.X86,
                "BOOL WINAPI f(int a, double b, unsigned char c)",
                RegisterSet.builder(Architecture.X86),
                words(4, BACK, 1, 0, 0x40080000, 0x1ff),
                RegisterSet.builder(Architecture.X86).set("eax", 1),
                STACK + 20);
        assertThat(told).containsExactly("f(a=1, b=3.0, c=0xff)", "TRUE");
    }

    @Test
    void tellsEnumeratorsAndFlagsByName() {
        call(
                Architecture.X64,
                "enum Color {RED, GREEN=4, BLUE} f(enum Color {RED, GREEN=4, BLUE} a, flags"
                        + " {READ=1, WRITE, ALL=0xf} b, flags PAGE_PROTECTION c, enum {A} d)",
                RegisterSet.builder(Architecture.X64)
                        .set("rcx", 5)
                        .set("rdx", 0x13)
                        .set("r8", 0x104)
                        .set("r9", 9),
                words(8, BACK),
                RegisterSet.builder(Architecture.X64).set("rax", 4),
                STACK + 8);
        assertThat(told)
                .containsExactly(
                        "f(a=BLUE, b=READ|WRITE|0x10, c=PAGE_READWRITE|PAGE_GUARD, d=9)", "GREEN");
    }

    @Test
    void tellsStatusCodesWithTheirNames() {
        call(
                Architecture.X64,
                "NTSTATUS NtClose(HANDLE h)",
                RegisterSet.builder(Architecture.X64).set("rcx", 0x44),
                words(8, BACK),
                RegisterSet.builder(Architecture.X64).set("rax", 0xc0000008L),
                STACK + 8);
        assertThat(told).containsExactly("NtClose(h=0x44)", "0xc0000008 STATUS_INVALID_HANDLE");
    }

    @Test
    void refusesNamesThatMakeNoSense() {
        assertThatThrownBy(() -> Signature.parse("int f(enum {A=x} a)"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'x'");
    }

    @Test
    void readsAllDeclarationsThatItKnows() {
        for (String name : List.of("NtCreateFile", "NtClose", "NtYieldExecution")) {
            assertThat(KnownDeclarations.windows().function(name).orElseThrow().name())
                    .isEqualTo(name);
        }
        Signature file = KnownDeclarations.windows().function("NtCreateFile").orElseThrow();
        assertThat(file.parameters()).hasSize(11);
        assertThat(file.parameters().get(1).names().flags()).isTrue();
    }
}
