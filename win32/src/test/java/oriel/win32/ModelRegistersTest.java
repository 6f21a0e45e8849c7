package oriel.win32;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.driver.DriverException;
import oriel.model.Architecture;
import oriel.testkit.NeedsWindows;

/** Both answers of a system: that of Wine, and that of one which gives the registers out. */
@Timeout(600)
@NeedsWindows(withDebuggees = false)
class ModelRegistersTest {
    private static final int REFUSED = 0xc0000022;

    @Test
    void theSystemIsAskedAsItWants() {
        var processor = new HashMap<Integer, Long>();
        ModelRegisters.Control system =
                (command, in, inSize, out, outSize) -> {
                    assertThat(inSize).isEqualTo(16);
                    assertThat(outSize).isEqualTo(16);
                    int number = in.getInt(0);
                    if (command == 17) {
                        processor.put(number, in.getLong(8));
                        return 0;
                    }
                    assertThat(command).isEqualTo(16);
                    Long value = processor.get(number);
                    if (value == null) {
                        return REFUSED;
                    }
                    out.setLong(8, value);
                    return 0;
                };
        ModelRegisters.write(0xc0000080, -2, Architecture.X64, system);
        assertThat(processor).containsExactly(java.util.Map.entry(0xc0000080, -2L));
        assertThat(ModelRegisters.read(0xc0000080, Architecture.X86, system)).isEqualTo(-2);
        assertThatThrownBy(() -> ModelRegisters.read(0x10, Architecture.X64, system))
                .isInstanceOfSatisfying(
                        DriverException.class, e -> assertThat(e.code()).isEqualTo(REFUSED))
                .hasMessageContaining("NtSystemDebugControl MSR 0x10")
                .hasMessageContaining("debug privilege");
        assertThatThrownBy(() -> ModelRegisters.read(0x10, Architecture.ARM64, system))
                .isInstanceOf(DriverException.class);
    }

    @Test
    void aRefusalIsClear() {
        try {
            ModelRegisters.read(ModelRegisters.DEBUG_CONTROL);
            assertThat(SystemFacts.isWine()).isFalse();
        } catch (DriverException e) {
            assertThat(e.call()).isEqualTo("NtSystemDebugControl MSR 0x1d9");
            assertThat(e).hasMessageContaining("NtSystemDebugControl");
        }
    }
}
