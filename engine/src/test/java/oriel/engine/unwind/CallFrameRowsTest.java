package oriel.engine.unwind;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import oriel.format.pe.FunctionEntry;
import oriel.format.pe.ImageBytes;

class CallFrameRowsTest {
    private static final int UNWIND = 0x100;

    private static ImageBytes image(String unwindData) {
        byte[] data = HexFormat.of().parseHex(unwindData.replace(" ", ""));
        return (rva, into, offset, length) -> {
            int at = (int) rva - UNWIND;
            int there = at < 0 ? 0 : Math.max(0, Math.min(length, data.length - at));
            System.arraycopy(data, Math.min(Math.max(at, 0), data.length), into, offset, there);
            return there;
        };
    }

    private static String x64(String unwindData) {
        var rows = new CallFrameRows();
        var entry = new FunctionEntry(0x1000, 0x1040, UNWIND);
        X64CallFrames.rows(image(unwindData), entry, rows);
        return text(rows);
    }

    private static String text(CallFrameRows rows) {
        var out = new StringBuilder();
        rows.write(0x1000, 0x40, out);
        return out.toString();
    }

    @Test
    void tellsTheFrameAfterEachInstructionOfAPrologue() {
        // push rbp (1 byte); push rdi (2); sub rsp,0x30 (6); mov [rsp+0x50],rbx at 0xb
        assertThat(x64("01 0b 05 00  0b 34 0a 00  06 52  02 70  01 50  00 00"))
                .isEqualTo(
                        """
                        STACK CFI INIT 1000 40 .cfa: $rsp 8 + .ra: .cfa 8 - ^
                        STACK CFI 1001 .cfa: $rsp 16 + $rbp: .cfa 16 - ^
                        STACK CFI 1002 .cfa: $rsp 24 + $rdi: .cfa 24 - ^
                        STACK CFI 1006 .cfa: $rsp 72 +
                        STACK CFI 100b $rbx: .cfa 8 + ^
                        """);
    }

    @Test
    void countsFromTheFrameRegisterOnceItIsSet() {
        // push rbp; sub rsp,0x20; lea rbp,[rsp+0x10]; alloc that does not matter any more
        assertThat(x64("01 12 04 15  12 12  0a 03  05 32  01 50"))
                .isEqualTo(
                        """
                        STACK CFI INIT 1000 40 .cfa: $rsp 8 + .ra: .cfa 8 - ^
                        STACK CFI 1001 .cfa: $rsp 16 + $rbp: .cfa 16 - ^
                        STACK CFI 1005 .cfa: $rsp 48 +
                        STACK CFI 100a .cfa: $rbp 32 +
                        """);
    }

    @Test
    void readsTheRegistersThatTheProcessorStored() {
        // machine frame with an error code, then sub rsp,0x18
        assertThat(x64("01 04 02 00  04 22  00 1a"))
                .isEqualTo(
                        """
                        STACK CFI INIT 1000 40 .cfa: $rsp 32 + ^ .ra: $rsp 8 + ^
                        STACK CFI 1004 .cfa: $rsp 56 + ^ .ra: $rsp 32 + ^
                        """);
    }

    @Test
    void writesNothingForDamagedData() {
        assertThat(x64("07 00 00 00")).isEmpty();
        assertThat(x64("01 00 08 00")).isEmpty();
    }

    @Test
    void tellsProloguesAndEpiloguesOfArm64() {
        // 0x40 bytes, one epilogue whose codes begin at 0, codes: mov fp,sp; stp fp,lr,[sp,#-32]!
        // (save_fplr_x 0x83), end
        var rows = new CallFrameRows();
        var entry = new FunctionEntry(0x1000, 0x1040, UNWIND);
        Arm64CallFrames.rows(image("10 00 20 08  e1 83 e4 e3"), entry, rows);
        assertThat(text(rows))
                .isEqualTo(
                        """
                        STACK CFI INIT 1000 40 .cfa: sp 0 + .ra: x30
                        STACK CFI 1004 .cfa: sp 32 + .ra: .cfa 24 - ^ x29: .cfa 32 - ^
                        STACK CFI 1008 .cfa: x29 32 +
                        STACK CFI 1038 .cfa: sp 32 +
                        STACK CFI 103c .cfa: sp 0 + .ra: x30 x29: x29
                        """);
    }
}
