package oriel.engine.unwind;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import oriel.bytes.Bytes;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.DynamicFunctions;
import oriel.model.FrameTrust;
import oriel.model.LoadedModule;
import oriel.model.RegisterSet;
import oriel.model.StackEnd;
import oriel.model.StackFrame;
import oriel.model.StackTrace;
import oriel.testkit.StackBuilder;
import oriel.testkit.SyntheticTarget;

/** Code outside of modules, where stacks begin, and words that are no return addresses. */
class WalkLimitsTest {
    private static final long JIT = 0x2_0000_0000L;
    private static final long APP = 0x140000000L;
    private static final long KERNEL32 = 0x7ff900000000L;
    private static final long NTDLL = 0x7ff910000000L;
    private static final long STACK = 0x10000;

    @Test
    void unwindsCodeMadeAtRunTimeByItsRegisteredTable() {
        // one function 100-140 with unwind data at 200: version 1, prologue 5, sub rsp,28h at 5,
        // push rbx at 1
        byte[] table = HexFormat.of().parseHex("00010000" + "40010000" + "00020000");
        byte[] unwind = HexFormat.of().parseHex("01050200" + "0542" + "0130");
        byte[] stack =
                new StackBuilder(STACK, 8).fill(5, 0xdead).word(0x31).word(APP + 0x1005).build();
        var target = new SyntheticTarget(Architecture.X64);
        target.module("C:\\app\\app.exe", APP, 0x10000);
        target.bytes(APP + 0x1000, HexFormat.of().parseHex("e800000000c3"));
        target.bytes(JIT + 0x200, unwind);
        target.bytes(STACK, stack);
        target.dynamic(
                new DynamicFunctions(
                        new AddressRange(JIT, 0x1000), JIT, Bytes.of(table, "function table")));
        StackTrace trace =
                new StackWalker(target, List.of())
                        .walk(
                                RegisterSet.builder(Architecture.X64)
                                        .set("rip", JIT + 0x120)
                                        .set("rsp", STACK)
                                        .set("rbx", 0xbad)
                                        .build());
        StackFrame caller = trace.frames().get(1);
        assertThat(caller.trust()).isEqualTo(FrameTrust.UNWIND_INFO);
        assertThat(caller.pc()).isEqualTo(APP + 0x1005);
        assertThat(caller.registers().value("rbx")).hasValue(0x31);
    }

    @Test
    void endsWhereThreadsBegin() {
        byte[] stack =
                new StackBuilder(STACK, 8)
                        .fill(4, 0)
                        .word(0x1234)
                        .word(KERNEL32 + 0x17034)
                        .fill(5, 0)
                        .word(NTDLL + 0x52651)
                        .fill(9, 0)
                        .word(NTDLL + 0x99999) // a leftover
                        .fill(4, 0)
                        .build();
        var target = new SyntheticTarget(Architecture.X64);
        target.module("C:\\app\\app.exe", APP, 0x10000);
        target.module("C:\\Windows\\System32\\KERNEL32.DLL", KERNEL32, 0x100000);
        target.module("C:\\Windows\\System32\\ntdll.dll", NTDLL, 0x200000);
        target.bytes(STACK, stack);
        target.thread(at(APP + 0x1000), new AddressRange(STACK, stack.length));
        StackTrace trace = new StackWalker(target, List.of()).walk(target.threads().get(0));
        assertThat(trace.frames().stream().map(StackFrame::pc))
                .containsExactly(APP + 0x1000, KERNEL32 + 0x17034, NTDLL + 0x52651);
        assertThat(trace.end().kind()).isEqualTo(StackEnd.Kind.COMPLETE);
    }

    @Test
    void passesOverWordsThatSymbolsKnowToBeNoCode() {
        byte[] stack =
                new StackBuilder(STACK, 8)
                        .word(0)
                        .word(APP + 0x3060) // a string
                        .word(0)
                        .word(APP + 0x1171)
                        .build();
        var target = new SyntheticTarget(Architecture.X64);
        target.module("C:\\app\\app.exe", APP, 0x10000);
        target.bytes(STACK, stack);
        var symbols =
                new UnwindSource() {
                    @Override
                    public Optional<Caller> callerOf(Frame frame) {
                        return Optional.empty();
                    }

                    @Override
                    public boolean deniesReturn(LoadedModule module, long rva) {
                        return rva >= 0x3000;
                    }
                };
        StackTrace trace = new StackWalker(target, List.of(symbols)).walk(at(APP + 0x1000));
        assertThat(trace.frames().get(1).pc()).isEqualTo(APP + 0x1171);
        assertThat(trace.frames()).hasSize(2);
    }

    @Test
    void saysWhyUnwindDataWasNotUsed() {
        byte[] table = HexFormat.of().parseHex("00010000" + "40010000" + "00020000");
        var target = new SyntheticTarget(Architecture.X64);
        target.bytes(JIT + 0x200, HexFormat.of().parseHex("03050200" + "0542" + "0130"));
        target.bytes(STACK, new byte[64]);
        target.dynamic(
                new DynamicFunctions(
                        new AddressRange(JIT, 0x1000), JIT, Bytes.of(table, "function table")));
        var walker = new StackWalker(target, List.of());
        walker.walk(at(JIT + 0x120));
        assertThat(walker.diagnostics()).hasSize(1);
        assertThat(walker.diagnostics().get(0).problem())
                .contains("version 3 is not known")
                .contains("callers are looked for by other means");
    }

    private static RegisterSet at(long pc) {
        return RegisterSet.builder(Architecture.X64).set("rip", pc).set("rsp", STACK).build();
    }
}
