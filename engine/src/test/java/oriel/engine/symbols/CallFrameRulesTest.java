package oriel.engine.symbols;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import oriel.engine.unwind.UnwindSource;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.LoadedModule;
import oriel.model.RegisterSet;

class CallFrameRulesTest {
    private static final LoadedModule APP =
            new LoadedModule(
                    new AddressRange(0x400000, 0x10000),
                    "app.exe",
                    0,
                    0,
                    Optional.empty(),
                    Optional.empty());

    private static Optional<RegisterSet> call(RegisterSet registers, String... rules) {
        var stack = new StackMemory(0x1000, 8, 1, 2, 3, 0x401234, 5);
        return new CallFrameRules(List.of(rules))
                .callerOf(new UnwindSource.Frame(APP, 0, registers, stack, 0), 0)
                .map(UnwindSource.Caller::registers);
    }

    private static RegisterSet x64() {
        return RegisterSet.builder(Architecture.X64)
                .set("rip", 0x400100)
                .set("rsp", 0x1000)
                .set("rbp", 0x1008)
                .set("rbx", 7)
                .set("rax", 9)
                .build();
    }

    @Test
    void laterRulesReplaceEarlierOnes() {
        RegisterSet caller =
                call(
                                x64(),
                                ".cfa: $rsp 8 + .ra: .cfa 8 - ^",
                                ".cfa: $rsp 32 +",
                                "$rbp: .cfa 16 - ^ $r12: .cfa 32 - ^")
                        .orElseThrow();
        assertThat(caller.pc()).hasValue(0x401234);
        assertThat(caller.sp()).hasValue(0x1020);
        assertThat(caller.value("rbp")).hasValue(3);
        assertThat(caller.value("r12")).hasValue(1);
        // Saved by convention and without a rule: unchanged. Others: unknown.
        assertThat(caller.value("rbx")).hasValue(7);
        assertThat(caller.value("rax")).isEmpty();
    }

    @Test
    void takesTheStackPointerFromItsRule() {
        RegisterSet caller =
                call(x64(), ".cfa: $rbp 16 + .ra: 4198964 $rsp: .cfa 8 +").orElseThrow();
        assertThat(caller.sp()).hasValue(0x1020);
        assertThat(caller.pc()).hasValue(4198964);
    }

    @Test
    void aRuleThatFailsMakesTheRegisterUnknown() {
        RegisterSet caller =
                call(x64(), ".cfa: $rsp 32 + .ra: .cfa 8 - ^ $rbx: .cfa 0 /").orElseThrow();
        assertThat(caller.value("rbx")).isEmpty();
    }

    @Test
    void understandsNumberedRegistersOfArm() {
        RegisterSet registers =
                RegisterSet.builder(Architecture.ARM64)
                        .set("pc", 0x400100)
                        .set("sp", 0x1000)
                        .set("fp", 0x1010)
                        .set("x19", 19)
                        .set("lr", 0x401300)
                        .build();
        RegisterSet caller =
                call(registers, ".cfa: sp 0 + .ra: x30", ".cfa: x29 16 + x29: .cfa 16 - ^")
                        .orElseThrow();
        assertThat(caller.pc()).hasValue(0x401300);
        assertThat(caller.sp()).hasValue(0x1020);
        assertThat(caller.value("fp")).hasValue(3);
        assertThat(caller.value("x19")).hasValue(19);
    }

    @Test
    void needsFrameAndReturnAddress() {
        assertThat(call(x64(), ".cfa: $rsp 8 +")).isEmpty();
        assertThat(call(x64(), ".ra: 5")).isEmpty();
        assertThat(call(x64(), ".cfa: $rsp 8 + .ra: .cfa 4000000 + ^")).isEmpty();
        assertThat(call(x64(), "nonsense")).isEmpty();
    }
}
