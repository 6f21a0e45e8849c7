package oriel.app.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import oriel.engine.symbols.SymbolLocator;
import oriel.engine.symbols.Symbolizer;
import oriel.model.Architecture;
import oriel.testkit.ByteWriter;
import oriel.testkit.SyntheticTarget;

/** Names of the pointers through which a module calls others, out of its import table. */
class CodeNamesTest {
    private static final long BASE = 0x140000000L;

    /** An image whose section at 0x1000 imports ExitProcess, and number 12, from kernel32. */
    private static byte[] image() {
        var out = new ByteWriter().bytes("MZ".getBytes(StandardCharsets.US_ASCII));
        out.padTo(0x3c).u32(0x80).padTo(0x80).u32(0x4550);
        out.u16(0x8664).u16(1).u32(0).u32(0).u32(0).u16(0xf0).u16(0x22);
        int optional = out.at();
        out.u16(0x20b).u16(0).u32(0x1000).u32(0).u32(0).u32(0).u32(0x1000).u64(BASE);
        out.u32(0x1000).u32(0x200).padTo(optional + 56).u32(0x2000).u32(0x400);
        out.padTo(optional + 0x6c).u32(16).padTo(optional + 0x70 + 8).u32(0x1000).u32(40);
        out.padTo(optional + 0xf0).bytes(".rdata\0\0".getBytes(StandardCharsets.US_ASCII));
        out.u32(0x1000).u32(0x1000).u32(0x1000).u32(0x1000).zeros(12).u32(0x40000040);
        // one descriptor: names at 1100, kernel32.dll at 1180, pointers at 1200
        out.padTo(0x1000).u32(0x1100).u32(0).u32(0).u32(0x1180).u32(0x1200).zeros(20);
        out.padTo(0x1100).u64(0x1140).u64(0x800000000000000cL).u64(0);
        out.padTo(0x1140).u16(7).bytes("ExitProcess\0".getBytes(StandardCharsets.US_ASCII));
        out.padTo(0x1180).bytes("kernel32.dll\0".getBytes(StandardCharsets.US_ASCII));
        return out.padTo(0x1200).u64(0x7ff812340000L).u64(0x7ff812341000L).padTo(0x2000).toBytes();
    }

    @Test
    void namesPointersOfImports() {
        byte[] image = image();
        var target =
                new SyntheticTarget(Architecture.X64)
                        .bytes(BASE, image)
                        .module("C:\\app.exe", BASE, image.length);
        var names = new CodeNames(target, new Symbolizer(target, SymbolLocator.NONE));
        assertThat(label(names, 0x1200)).isEqualTo("app!_imp_ExitProcess");
        assertThat(label(names, 0x1208)).isEqualTo("app!_imp_Ordinal12");
        assertThat(label(names, 0x1204)).isEmpty();
        assertThat(label(names, 0x1210)).isEmpty();
        assertThat(label(names, 0x5000)).isEmpty();
        var shared = new StringBuilder();
        assertThat(names.append(0x7ffe0308L, shared)).isTrue();
        assertThat(shared).hasToString("SharedUserData+0x308");
        assertThat(names.append(0x7ffe1000L, shared)).isFalse();
        assertThat(names.nameAt(BASE + 0x1200)).isEqualTo(Optional.of("_imp_ExitProcess"));
        assertThat(names.nameAt(BASE + 0x1300)).isEmpty();
    }

    private static String label(CodeNames names, int rva) {
        var out = new StringBuilder();
        assertThat(names.append(BASE + rva, out)).isEqualTo(!out.isEmpty());
        return out.toString();
    }
}
