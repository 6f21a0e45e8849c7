package oriel.engine.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
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
        return FunctionRange.from(target, BASE + rva, FunctionNames.NONE).end() - BASE;
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
        assertThat(FunctionRange.from(target, 0x401000, FunctionNames.NONE).end())
                .isEqualTo(0x401009);
    }

    @Test
    void endsWhereNothingCanBeRead() {
        var target = new SyntheticTarget(Architecture.X64).bytes(BASE, Arrays.copyOf(RETURNS, 2));
        assertThat(FunctionRange.from(target, BASE + 0x100, FunctionNames.NONE).sizeBytes())
                .isZero();
        assertThat(FunctionRange.from(target, 0xfffff80000000000L, FunctionNames.NONE).sizeBytes())
                .isZero();
    }

    private static long end(Architecture architecture, String hex, FunctionNames names) {
        byte[] code = HexFormat.of().parseHex(hex.replace(" ", ""));
        var target = new SyntheticTarget(architecture).bytes(0x401000, code);
        return FunctionRange.from(target, 0x401000, names).end() - 0x401000;
    }

    @Test
    void endsBehindCallsThatDoNotReturn() {
        String call = "55 e8fa000000" + "31c0 c3";
        assertThat(end(Architecture.X64, call, FunctionNames.NONE)).isEqualTo(9);
        FunctionNames names =
                va -> va == 0x401100 ? Optional.of("_abort") : Optional.<String>empty();
        assertThat(end(Architecture.X64, call, names)).isEqualTo(6);
    }

    @Test
    void knowsThemThroughPointersAndStubs() {
        FunctionNames names =
                va ->
                        va == 0x402000
                                ? Optional.of("_imp__ExitProcess@4")
                                : Optional.<String>empty();
        assertThat(end(Architecture.X86, "ff1500204000 31c0c3", names)).isEqualTo(6);
        assertThat(end(Architecture.X64, "ff15fa0f0000 31c0c3", names)).isEqualTo(6);
        // call to jmp dword ptr [402000]
        String stub = "e80b000000 31c0 c3 cccccccccccccccc ff2500204000";
        assertThat(end(Architecture.X86, stub, names)).isEqualTo(5);
    }

    @Test
    void endsWhereAnotherFunctionBegins() {
        // push ebp; mov ebp,esp; call; nops up to a multiple of 16; the next function
        String code = "55 8bec e8f8000000 8db42600000000 90" + "55 8bec 5d c3";
        assertThat(end(Architecture.X86, code, FunctionNames.NONE)).isEqualTo(8);
        // a loop that begins there and pushes is more of the same function
        String loop = "55 8bec e8f8000000 8db42600000000 90" + "53 53 e8000000005d c3";
        assertThat(end(Architecture.X86, loop, FunctionNames.NONE)).isEqualTo(25);
        // named, it needs no padding
        FunctionNames names = va -> va == 0x401005 ? Optional.of("next") : Optional.<String>empty();
        assertThat(end(Architecture.X64, "e8fb000000 31c0c3", names)).isEqualTo(5);
        // a tail call of what lies right behind
        assertThat(end(Architecture.X64, "e902000000 31c0 c3", FunctionNames.NONE)).isEqualTo(8);
        FunctionNames tail = va -> va == 0x401007 ? Optional.of("next") : Optional.<String>empty();
        assertThat(end(Architecture.X64, "e902000000 31c0 c3", tail)).isEqualTo(5);
    }

    @Test
    void readsDecoratedNames() {
        for (String name : List.of("abort", "_exit", "__imp__ExitProcess@4", "_imp_ExitProcess")) {
            assertThat(CallEnds.isNoReturn(name)).as(name).isTrue();
        }
        for (String name :
                List.of(
                        "_CxxThrowException",
                        "?terminate@@YAXXZ",
                        "std::terminate",
                        "__fastfail")) {
            assertThat(CallEnds.isNoReturn(name)).as(name).isTrue();
        }
        for (String name : List.of("atexit", "RaiseException", "App::exit", "_", "@")) {
            assertThat(CallEnds.isNoReturn(name)).as(name).isFalse();
        }
    }
}
