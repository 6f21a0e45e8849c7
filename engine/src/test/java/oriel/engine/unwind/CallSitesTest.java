package oriel.engine.unwind;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import oriel.engine.unwind.CallSites.Answer;
import oriel.model.Architecture;
import oriel.testkit.SyntheticTarget;

class CallSitesTest {
    private static final long VA = 0x1000;

    @Test
    void knowsTheCallsOfX86() {
        for (String call :
                new String[] {
                    "e812345678", // call rel32
                    "ffd0", // call eax
                    "ff10", // call [eax]
                    "ff5108", // call [ecx+8]
                    "ff9180000000", // call [ecx+80h]
                    "ff1500104000", // call [401000h], or rip-relative
                    "ff542408", // call [esp+8]
                    "ff148500104000", // call [eax*4+401000h]
                    "ff942480000000", // call [esp+80h]
                    "41ffd3", // call r11
                    "9a000000001b00" // call far
                }) {
            assertThat(before("90909090909090" + call, Architecture.X64))
                    .as(call)
                    .isEqualTo(Answer.CALL);
        }
        for (String other : new String[] {"90", "ffe0", "ff2500104000", "ff30", "c3", "5d"}) {
            assertThat(before("90909090909090909090" + other, Architecture.X86))
                    .as(other)
                    .isEqualTo(Answer.NO_CALL);
        }
    }

    @Test
    void looksAtAsMuchCodeAsThereIs() {
        assertThat(before("ffd0", Architecture.X86)).isEqualTo(Answer.CALL);
        assertThat(before("e800000000", Architecture.X86)).isEqualTo(Answer.CALL);
        assertThat(before("90", Architecture.X86)).isEqualTo(Answer.UNREADABLE);
    }

    @Test
    void knowsTheCallsOfArm() {
        assertThat(before("00000094", Architecture.ARM64)).isEqualTo(Answer.CALL); // bl
        assertThat(before("00013fd6", Architecture.ARM64)).isEqualTo(Answer.CALL); // blr x8
        assertThat(before("1f093fd6", Architecture.ARM64)).isEqualTo(Answer.CALL); // blraaz x8
        assertThat(before("00000014", Architecture.ARM64)).isEqualTo(Answer.NO_CALL); // b
        assertThat(before("00011fd6", Architecture.ARM64)).isEqualTo(Answer.NO_CALL); // br x8
        assertThat(before("00f000f8", Architecture.ARM)).isEqualTo(Answer.CALL); // bl
        assertThat(before("00bf9847", Architecture.ARM)).isEqualTo(Answer.CALL); // blx r3
        assertThat(before("00bf1847", Architecture.ARM)).isEqualTo(Answer.NO_CALL); // bx r3
    }

    private static Answer before(String hex, Architecture architecture) {
        byte[] code = HexFormat.of().parseHex(hex);
        var target = new SyntheticTarget(architecture).bytes(VA - code.length, code);
        return CallSites.before(target.memory(), architecture, VA);
    }
}
