package oriel.engine.symbols;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.bytes.Bytes;
import oriel.engine.unwind.UnwindSource;
import oriel.format.pe.SeparateDebugFile;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.LoadedModule;
import oriel.model.RegisterSet;
import oriel.model.SourceLine;
import oriel.testkit.ByteWriter;
import oriel.testkit.DbgBuilder;

class DbgSourceTest {
    private static final int COFF = 1;
    private static final int CODEVIEW = 2;
    private static final int FPO = 3;
    private static final int OMAP_TO_SOURCE = 7;
    private static final int OMAP_FROM_SOURCE = 8;

    private static DbgSource source(DbgBuilder builder) {
        return new DbgSource(
                SeparateDebugFile.of(Bytes.of(builder.toBytes(), "app.dbg")), "app.dbg");
    }

    private static String nameAt(DbgSource source, long rva) {
        return source.symbolAt(rva)
                .map(s -> s.name() + "+" + Long.toHexString(rva - s.rva()))
                .orElse("nothing");
    }

    private static String lineAt(DbgSource source, long rva) {
        return source.lineAt(rva).map(SourceLine::toString).orElse("nothing");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsCoffSymbolsAndLinesHoweverValuesCount(boolean relative) {
        DbgSource source = source(new DbgBuilder(1).entry(COFF, DbgBuilder.coff(relative)));
        assertThat(nameAt(source, 0x1008)).isEqualTo("main+8");
        assertThat(nameAt(source, 0x1041)).isEqualTo("a_helper_with_a_long_name+1");
        assertThat(nameAt(source, 0x3004)).isEqualTo("counter+0");
        assertThat(nameAt(source, 0x3000)).isEqualTo("nothing");
        assertThat(lineAt(source, 0x100f)).isEqualTo("a.c:10");
        assertThat(lineAt(source, 0x1010)).isEqualTo("a.c:12");
        assertThat(lineAt(source, 0x1048)).isEqualTo("b.c:7");
        assertThat(source.named("counter"))
                .containsExactly(new RvaSymbol(0x3004, 0, "counter", false));
        assertThat(source.quality()).isEqualTo(SymbolSource.Quality.FULL);
    }

    @Test
    void readsCodeViewFromBeforePdbFiles() {
        DbgSource source =
                source(
                        new DbgBuilder(1)
                                .entry(COFF, DbgBuilder.coff(false))
                                .entry(CODEVIEW, DbgBuilder.codeView()));
        assertThat(source.symbolAt(0x1010)).contains(new RvaSymbol(0x1000, 0x20, "run", true));
        assertThat(nameAt(source, 0x1020)).isEqualTo("nothing");
        assertThat(nameAt(source, 0x1040)).isEqualTo("?late@@YAXXZ+0");
        assertThat(nameAt(source, 0x3008)).isEqualTo("total+0");
        assertThat(lineAt(source, 0x100f)).isEqualTo("run.c:3");
        assertThat(lineAt(source, 0x1011)).isEqualTo("run.c:5");
        var names = new ArrayList<String>();
        source.forEach(s -> names.add(s.name()));
        assertThat(names).containsExactly("run", "_run@8", "?late@@YAXXZ", "total");
    }

    @Test
    void findsCallersByFpoData() {
        DbgSource source = source(new DbgBuilder(1).entry(FPO, DbgBuilder.fpo(0x1000, 0x20)));
        var app =
                new LoadedModule(
                        new AddressRange(0x400000, 0x10000),
                        "app.exe",
                        0,
                        0,
                        Optional.empty(),
                        Optional.empty());
        RegisterSet registers =
                RegisterSet.builder(Architecture.X86)
                        .set("eip", 0x401004)
                        .set("esp", 0x8000)
                        .set("ebp", 0x9000)
                        .build();
        // A local, the saved ebx, the return address, two parameters.
        var stack = new StackMemory(0x8000, 4, 0x11, 0xb0b, 0x401234, 1, 2);
        UnwindSource.Caller caller =
                source.callerOf(
                                new UnwindSource.Frame(app, 0x1004, registers, stack, 0),
                                app.range()::contains)
                        .orElseThrow();
        assertThat(caller.registers().value("eip")).hasValue(0x401234);
        assertThat(caller.registers().value("esp")).hasValue(0x800c);
        assertThat(caller.parameterBytes()).isEqualTo(8);
        assertThat(source.parameterBytes(0x1000)).isEqualTo(8);
        assertThat(source.parameterBytes(0x1020)).isZero();
    }

    @Test
    void translatesMovedBlocksBothWays() {
        // The second half of run was moved to 0x1800, and nothing else is left.
        DbgSource source =
                source(
                        new DbgBuilder(1)
                                .entry(CODEVIEW, DbgBuilder.codeView())
                                .entry(FPO, DbgBuilder.fpo(0x1000, 0x20))
                                .entry(
                                        OMAP_TO_SOURCE,
                                        DbgBuilder.omap(0x1100, 0x1000, 0x1110, 0, 0x1800, 0x1010))
                                .entry(
                                        OMAP_FROM_SOURCE,
                                        DbgBuilder.omap(
                                                0x1000, 0x1100, 0x1010, 0x1800, 0x1020, 0)));
        assertThat(nameAt(source, 0x1104)).isEqualTo("run+4");
        assertThat(nameAt(source, 0x1804)).isEqualTo("run+14");
        assertThat(nameAt(source, 0x1200)).isEqualTo("nothing");
        assertThat(lineAt(source, 0x1804)).isEqualTo("run.c:5");
        assertThat(source.parameterBytes(0x1804)).isEqualTo(8);
        assertThat(source.named("run")).extracting(RvaSymbol::rva).containsOnly(0x1100L);
        // Code and data that the map does not keep have no address.
        assertThat(source.named("?late@@YAXXZ")).isEmpty();
    }

    @Test
    void namesThePdbThatTookItsPlace() {
        byte[] nb10 =
                new ByteWriter()
                        .bytes("NB10".getBytes(StandardCharsets.UTF_8))
                        .u32(0)
                        .u32(0x36a5b1c2)
                        .u32(3)
                        .cString("kernel32.pdb")
                        .toBytes();
        DbgSource source = source(new DbgBuilder(1).entry(CODEVIEW, nb10));
        assertThat(source.pdb().orElseThrow().key()).isEqualTo("36A5B1C23");
        assertThat(source.quality()).isEqualTo(SymbolSource.Quality.TABLE);
        assertThat(List.of(nameAt(source, 0x1000), lineAt(source, 0x1000))).containsOnly("nothing");
    }
}
