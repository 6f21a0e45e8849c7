package oriel.format.dwarf;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import oriel.bytes.Bytes;

class DwarfTest {
    private static final Bytes NOTHING = Bytes.of(new byte[0], "test");

    /** Sections laid out by hand: one unit of version 4 with a function and an inlined one. */
    static Map<String, byte[]> version4() {
        var abbrev = new Out();
        abbrev.leb(1).leb(0x11).u8(1); // compile unit with children
        abbrev.leb(0x03).leb(0x08).leb(0x1b).leb(0x08).leb(0x10).leb(0x17);
        abbrev.leb(0x11).leb(0x01).leb(0x12).leb(0x06).leb(0).leb(0);
        abbrev.leb(2).leb(0x2e).u8(0); // subprogram without code: the inlined one
        abbrev.leb(0x03).leb(0x08).leb(0x6e).leb(0x08).leb(0).leb(0);
        abbrev.leb(3).leb(0x2e).u8(1); // subprogram
        abbrev.leb(0x03).leb(0x08).leb(0x11).leb(0x01).leb(0x12).leb(0x06).leb(0).leb(0);
        abbrev.leb(4).leb(0x1d).u8(0); // inlined subroutine
        abbrev.leb(0x31).leb(0x13).leb(0x11).leb(0x01).leb(0x12).leb(0x06);
        abbrev.leb(0x58).leb(0x0b).leb(0x59).leb(0x0b).leb(0).leb(0);
        abbrev.leb(0);

        var body = new Out();
        body.u16(4).u32(0).u8(8);
        body.leb(1).text("a.c").text("/src").u32(0).u64(0x1000).u32(0x100);
        int inlined = 4 + body.size();
        body.leb(2).text("twice").text("_Z5twicei");
        body.leb(3).text("main").u64(0x1000).u32(0x40);
        body.leb(4).u32(inlined).u64(0x1010).u32(0x10).u8(1).u8(9);
        body.leb(0).leb(0);
        var info = new Out().u32(body.size()).bytes(body);

        var header = new Out();
        header.u8(1).u8(1).u8(1).u8(0xfb).u8(14).u8(13);
        header.bytes(0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1);
        header.u8(0).text("a.c").leb(0).leb(0).leb(0).u8(0);
        var program = new Out();
        program.u8(0).leb(9).u8(2).u64(0x1000); // set address
        program.u8(3).leb(4).u8(1); // line 5, row
        program.u8(2).leb(0x10).u8(3).leb(0x10).u8(5).leb(3).u8(1); // +16: line 21, column 3
        program.u8(2).leb(0x10).u8(3).leb(0x73).u8(1); // +16: line 8
        program.u8(2).leb(0x20).u8(0).leb(1).u8(1); // +32: end
        var table = new Out().u16(4).u32(header.size()).bytes(header).bytes(program);
        var line = new Out().u32(table.size()).bytes(table);

        var sections = new HashMap<String, byte[]>();
        sections.put(".debug_abbrev", abbrev.array());
        sections.put(".debug_info", info.array());
        sections.put(".debug_line", line.array());
        return sections;
    }

    static Dwarf open(Map<String, byte[]> sections) {
        return Dwarf.of(
                name ->
                        sections.containsKey(name)
                                ? Bytes.of(sections.get(name), "test" + name)
                                : NOTHING);
    }

    @Test
    void readsFunctionsInlinesAndLines() {
        Dwarf dwarf = open(version4());
        assertThat(dwarf.unitCount()).isEqualTo(1);
        assertThat(dwarf.functionAt(0x1015)).contains(new DwarfFunction(0x1000, 0x40, "main", ""));
        assertThat(dwarf.functionAt(0x1040)).isEmpty();
        assertThat(dwarf.functionAt(0xfff)).isEmpty();
        assertThat(dwarf.lineAt(0x100f)).contains(new DwarfLine("/src/a.c", 5, 0));
        assertThat(dwarf.lineAt(0x1010)).contains(new DwarfLine("/src/a.c", 21, 3));
        assertThat(dwarf.lineAt(0x103f).orElseThrow().line()).isEqualTo(8);
        assertThat(dwarf.lineAt(0x1040)).isEmpty();
        assertThat(dwarf.inlinedAt(0x101f))
                .containsExactly(
                        new DwarfInline(
                                "twice",
                                "_Z5twicei",
                                Optional.of(new DwarfLine("/src/a.c", 9, 0))));
        assertThat(dwarf.inlinedAt(0x1020)).isEmpty();
        assertThat(dwarf.diagnostics()).isEmpty();
    }

    @Test
    void keepsWhatComesBeforeDamage() {
        for (String section : version4().keySet()) {
            int size = version4().get(section).length;
            for (int cut = 0; cut < size; cut++) {
                Map<String, byte[]> sections = version4();
                sections.put(section, Arrays.copyOf(sections.get(section), cut));
                Dwarf dwarf = open(sections);
                dwarf.functionAt(0x1015);
                dwarf.lineAt(0x1015);
                dwarf.inlinedAt(0x1015);
            }
        }
        Map<String, byte[]> sections = version4();
        change(sections, ".debug_info", 4, 77);
        assertThat(open(sections).diagnostics())
                .hasToString("[test.debug_info: unit of version 77 left out]");
    }

    @Test
    void surviveAnyChangedByte() {
        for (String section : version4().keySet()) {
            for (int at = 0; at < version4().get(section).length; at++) {
                for (int value : new int[] {0, 1, 0x7f, 0x80, 0xff}) {
                    Map<String, byte[]> sections = version4();
                    change(sections, section, at, value);
                    Dwarf dwarf = open(sections);
                    dwarf.functionAt(0x1015);
                    dwarf.lineAt(0x1015);
                    dwarf.inlinedAt(0x1015);
                    dwarf.forEachFunction(f -> dwarf.inlinedAt(f.address()));
                }
            }
        }
    }

    private static void change(Map<String, byte[]> sections, String name, int at, int value) {
        sections.computeIfPresent(
                name,
                (n, bytes) -> {
                    bytes[at] = (byte) value;
                    return bytes;
                });
    }

    /** Bytes in order. */
    private static final class Out {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Out u8(int value) {
            bytes.write(value);
            return this;
        }

        Out u16(int value) {
            return u8(value).u8(value >> 8);
        }

        Out u32(int value) {
            return u16(value).u16(value >> 16);
        }

        Out u64(long value) {
            return u32((int) value).u32((int) (value >> 32));
        }

        Out leb(int value) {
            return value < 0x80 ? u8(value) : u8(value & 0x7f | 0x80).leb(value >> 7);
        }

        Out text(String text) {
            bytes.writeBytes(text.getBytes(US_ASCII));
            return u8(0);
        }

        Out bytes(int... values) {
            for (int value : values) {
                u8(value);
            }
            return this;
        }

        Out bytes(Out other) {
            bytes.writeBytes(other.array());
            return this;
        }

        int size() {
            return bytes.size();
        }

        byte[] array() {
            return bytes.toByteArray();
        }
    }
}
