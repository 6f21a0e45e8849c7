package oriel.engine.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import oriel.model.Architecture;
import oriel.testkit.ByteWriter;
import oriel.testkit.SyntheticTarget;

/** The end of a function: by unwind data where there is some, else by its branches. */
class FunctionRangeTest {
    private static final long BASE = 0x140000000L;
    private static final int UNWIND = 0x2800;

    /** ret; int3; ret; int3 ... so that branches alone would end every function at once. */
    private static final byte[] RETURNS = HexFormat.of().parseHex("c3cc".repeat(0x80));

    private static byte[] image() {
        var out = new ByteWriter().bytes("MZ".getBytes(StandardCharsets.US_ASCII));
        out.padTo(0x3c).u32(0x80).padTo(0x80).u32(0x4550);
        out.u16(0x8664).u16(1).u32(0).u32(0).u32(0).u16(0xf0).u16(0x22);
        int optional = out.at();
        out.u16(0x20b).u16(0).u32(0x1000).u32(0).u32(0).u32(0).u32(0x1000).u64(BASE);
        out.u32(0x1000).u32(0x200).padTo(optional + 56).u32(0x3000).u32(0x400);
        out.padTo(optional + 0x6c).u32(16).padTo(optional + 0x70 + 24).u32(0x2000).u32(36);
        out.padTo(optional + 0xf0).bytes(".text".getBytes(StandardCharsets.US_ASCII));
        out.padTo(optional + 0xf0 + 8).u32(0x1000).u32(0x1000).u32(0x1000).u32(0x1000).zeros(12);
        out.u32(0x60000020).padTo(0x1000).bytes(RETURNS).padTo(0x2000);
        out.u32(0x1000).u32(0x1010).u32(UNWIND);
        out.u32(0x1010).u32(0x1020).u32(UNWIND + 8); // more of the first: its data is chained
        out.u32(0x1020).u32(0x1030).u32(UNWIND);
        out.padTo(UNWIND).u8(0x01).u8(0).u8(0).u8(0).padTo(UNWIND + 8).u8(0x21).u8(0).u8(0).u8(0);
        out.u32(0x1000).u32(0x1010).u32(UNWIND).padTo(0x3000);
        return out.toBytes();
    }

    private static long end(int rva) {
        byte[] bytes = image();
        var target =
                new SyntheticTarget(Architecture.X64)
                        .bytes(BASE, bytes)
                        .module("C:\\app.exe", BASE, bytes.length);
        return FunctionRange.from(target, BASE + rva).end() - BASE;
    }

    @Test
    void followsTheTableAndItsFragments() {
        assertThat(end(0x1000)).isEqualTo(0x1020);
        assertThat(end(0x1004)).isEqualTo(0x1020);
        assertThat(end(0x1012)).isEqualTo(0x1020);
        assertThat(end(0x1020)).isEqualTo(0x1030);
    }

    @Test
    void followsBranchesWhereTheTableIsSilent() {
        assertThat(end(0x1030)).isEqualTo(0x1031);
        byte[] code = HexFormat.of().parseHex("85c97402" + "c3cc" + "33c0c3" + "cc");
        var target = new SyntheticTarget(Architecture.X86).bytes(0x401000, code);
        assertThat(FunctionRange.from(target, 0x401000).end()).isEqualTo(0x401009);
    }

    @Test
    void endsWhereNothingCanBeRead() {
        var target = new SyntheticTarget(Architecture.X64).bytes(BASE, Arrays.copyOf(RETURNS, 2));
        assertThat(FunctionRange.from(target, BASE + 0x100).sizeBytes()).isZero();
        assertThat(FunctionRange.from(target, 0xfffff80000000000L).sizeBytes()).isZero();
    }
}
