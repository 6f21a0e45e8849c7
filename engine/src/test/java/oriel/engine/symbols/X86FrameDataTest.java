package oriel.engine.symbols;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import oriel.engine.unwind.UnwindSource;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.FrameTrust;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.model.RegisterSet;

class X86FrameDataTest {
    private static final LoadedModule APP =
            new LoadedModule(
                    new AddressRange(0x400000, 0x10000),
                    "app.exe",
                    0,
                    0,
                    Optional.empty(),
                    Optional.empty());

    private static Optional<UnwindSource.Caller> call(
            X86FrameData data, Memory memory, int calleeParameters, long... espEbp) {
        RegisterSet registers =
                RegisterSet.builder(Architecture.X86)
                        .set("eip", 0x401000)
                        .set("esp", espEbp[0])
                        .set("ebp", espEbp[1])
                        .set("ebx", 0xbbbb)
                        .build();
        return data.callerOf(
                new UnwindSource.Frame(APP, 0x1000, registers, memory, calleeParameters),
                APP.range()::contains);
    }

    @Test
    void runsProgramsThatSearchTheReturnAddress() {
        var stack = new StackMemory(0x1000, 4, 0, 0x77, 0x88, 0x401234, 0xa1);
        var data =
                new X86FrameData(
                        "$T0 .raSearch = $eip $T0 ^ = $esp $T0 4 + =  $20 $T0 8 - ^ =",
                        false,
                        8,
                        4,
                        4);
        UnwindSource.Caller caller = call(data, stack, 4, 0x1000, 0x2000).orElseThrow();
        assertThat(caller.registers().value("eip")).hasValue(0x401234);
        assertThat(caller.registers().value("esp")).hasValue(0x1010);
        assertThat(caller.registers().value("ebx")).hasValue(0x77);
        assertThat(caller.registers().value("esi")).isEmpty();
        assertThat(caller.parameterBytes()).isEqualTo(8);
        assertThat(caller.trust()).isEqualTo(FrameTrust.UNWIND_INFO);
    }

    @Test
    void findsTheReturnAddressBehindPaddingOfAnAlignedStack() {
        var stack = new StackMemory(0x1000, 4, 0x55, 1, 2, 0x401234, 0);
        var data = new X86FrameData("", false, 0, 0, 4);
        UnwindSource.Caller caller = call(data, stack, 0, 0x1000, 0x2000).orElseThrow();
        assertThat(caller.registers().value("eip")).hasValue(0x401234);
        assertThat(caller.registers().value("esp")).hasValue(0x1010);
        assertThat(caller.registers().value("ebp")).hasValue(0x2000);
    }

    @Test
    void skipsTheReturnAddressOfASystemCallThatHasReturned() {
        var stack = new StackMemory(0x1000, 4, 0x401000, 0x401234, 0);
        UnwindSource.Caller caller =
                call(new X86FrameData("", false, 0, 0, 0), stack, 0, 0x1000, 0x2000).orElseThrow();
        assertThat(caller.registers().value("eip")).hasValue(0x401234);
        assertThat(caller.registers().value("esp")).hasValue(0x1008);
    }

    @Test
    void restoresEbpOfCodeThatUsesItOtherwise() {
        // saved ebp, a local, the return address
        var stack = new StackMemory(0x1000, 4, 0x1010, 0x11, 0x22, 0x401234, 0x33);
        var data = new X86FrameData("", true, 0, 8, 4);
        UnwindSource.Caller caller = call(data, stack, 0, 0x1000, 0xdead).orElseThrow();
        assertThat(caller.registers().value("eip")).hasValue(0x401234);
        assertThat(caller.registers().value("ebp")).hasValue(0x1010);
    }

    @Test
    void computesFromEbpWhereTheStackWasAligned() {
        var stack = new StackMemory(0x1000, 4, 0, 0, 0, 0, 0x1020, 0x401234, 0, 0, 0);
        var data =
                new X86FrameData(
                        "$T1 .raSearch = $T0 $T1 4 - 8 @ = $ebp $T1 4 - ^ = $eip $T1 ^ ="
                                + " $esp $T1 4 + =",
                        false,
                        0,
                        0,
                        0);
        UnwindSource.Caller caller = call(data, stack, 0, 0x1000, 0x1010).orElseThrow();
        assertThat(caller.registers().value("eip")).hasValue(0x401234);
        assertThat(caller.registers().value("ebp")).hasValue(0x1020);
        assertThat(caller.registers().value("esp")).hasValue(0x1018);
    }

    @Test
    void scansWhenTheProgramLeadsNowhere() {
        var stack = new StackMemory(0x1000, 4, 0, 1, 2, 3, 4, 5, 6, 0x401234, 0);
        UnwindSource.Caller caller =
                call(new X86FrameData("", false, 0, 0, 0), stack, 0, 0x1000, 0x1000).orElseThrow();
        assertThat(caller.registers().value("eip")).hasValue(0x401234);
        assertThat(caller.registers().value("esp")).hasValue(0x1020);
        assertThat(caller.trust()).isEqualTo(FrameTrust.SCAN);
    }

    @Test
    void endsAtTheBottomOfTheStack() {
        var stack = new StackMemory(0x1000, 4, 0, 0, 0, 0x401111);
        UnwindSource.Caller caller =
                call(X86FrameData.CONVENTIONAL, stack, 0, 0xf00, 0x1000).orElseThrow();
        assertThat(caller.registers().value("eip")).hasValue(0);
    }

    @Test
    void knowsNothingWhenProgramsFail() {
        var stack = new StackMemory(0x1000, 4, 0x401234);
        for (String program :
                new String[] {"$eip 1 0 / =", "$eip .raSearch ^ =", "$esp 4 =", "^ ^ ^", "="}) {
            var data = new X86FrameData(program, false, 0, 0, 0);
            assertThat(call(data, stack, 0, 0x1000, 0x1000)).as(program).isEmpty();
        }
        assertThat(call(new X86FrameData("", false, 0, 0, 0), Memory.EMPTY, 0, 0x1000, 0))
                .isEmpty();
    }

    @Test
    void boundsHugeSizes() {
        var stack = new StackMemory(0x1000, 4, 0x401234, 0x401234);
        long huge = 0xffffffffL;
        assertThat(
                        call(
                                new X86FrameData("", true, huge, huge, huge),
                                stack,
                                Integer.MAX_VALUE,
                                0x1000,
                                0x1000))
                .isEmpty();
    }
}
