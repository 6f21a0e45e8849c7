package oriel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RegisterSetTest {
    @Test
    void knowsOnlyWhatWasSet() {
        RegisterSet set = RegisterSet.builder(Architecture.X64).set("rax", -1).build();
        assertThat(set.value("RAX")).hasValue(-1);
        assertThat(set.value("rbx")).isEmpty();
        assertThat(set.value("nonsense")).isEmpty();
        assertThat(set.pc()).isEmpty();
        assertThat(set.value(Registers.require(Architecture.X86, "eax"))).isEmpty();
    }

    @Test
    void cutsValuesToTheWidthOfTheRegister() {
        RegisterSet set =
                RegisterSet.builder(Architecture.X86)
                        .set("eip", 0xffffffff_80001234L)
                        .set("cs", 0x12345)
                        .build();
        assertThat(set.pc()).hasValue(0x80001234L);
        assertThat(set.value("cs")).hasValue(0x2345);
    }

    @Test
    void changesMakeCopies() {
        RegisterSet before = RegisterSet.unknown(Architecture.ARM64);
        RegisterSet after = before.with("x29", 0x1000).with("sp", 0x2000);
        assertThat(before).isEqualTo(RegisterSet.unknown(Architecture.ARM64));
        assertThat(after.value("fp")).hasValue(0x1000);
        assertThat(after.without(Registers.framePointer(Architecture.ARM64)).value("fp")).isEmpty();
        assertThat(after.sp()).hasValue(0x2000);
        assertThat(after).hasToString("fp=1000 sp=2000");
    }

    @Test
    void keepsWideRegistersWhole() {
        Register xmm0 = Registers.require(Architecture.X64, "xmm0");
        RegisterSet set = RegisterSet.builder(Architecture.X64).set(xmm0, 1, 2).build();
        assertThat(set.value(xmm0)).hasValue(1);
        assertThat(set.high(xmm0)).hasValue(2);
        assertThatThrownBy(() -> RegisterSet.builder(Architecture.X86).set(xmm0, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(Architecture.class)
    void everyArchitectureNamesItsRegistersOnce(Architecture architecture) {
        var names = new HashSet<String>();
        for (Register register : Registers.of(architecture)) {
            assertThat(names.add(register.name())).as(register.name()).isTrue();
            assertThat(Registers.of(architecture).get(register.index())).isSameAs(register);
        }
        assertThat(Registers.programCounter(architecture).kind())
                .isEqualTo(Register.Kind.PROGRAM_COUNTER);
        assertThat(Registers.stackPointer(architecture).bits())
                .isEqualTo(architecture.pointerSize() * 8);
        assertThat(Registers.framePointer(architecture).bits())
                .isEqualTo(architecture.pointerSize() * 8);
    }
}
