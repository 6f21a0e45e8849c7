package oriel.engine.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.engine.symbols.Symbolizer;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.RegisterSet;
import oriel.testkit.SyntheticTarget;

class ExpressionsTest {
    private static final byte[] MEMORY = {
        0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, (byte) 0x88, 0, 0x10, 0, 0, 0, 0, 0, 0
    };

    private static Expressions x64() {
        var target = new SyntheticTarget(Architecture.X64);
        target.bytes(0x1000, MEMORY);
        target.module("C:\\crash-x64.exe", 0x140000000L, 0x8000);
        target.module("C:\\libstdc++-6.dll", 0x150000000L, 0x8000);
        target.thread(
                RegisterSet.builder(Architecture.X64)
                        .set("rax", 0x1008)
                        .set("rip", 0x140001164L)
                        .set("rsp", 0x1000)
                        .set("rbx", 0x1122334455667788L)
                        .set("efl", 0x246)
                        .build(),
                AddressRange.EMPTY);
        return new Expressions(target, new Symbolizer(target, (module, memory) -> List.of()));
    }

    private static Expressions x86() {
        SyntheticTarget target = Kernel32.target();
        target.thread(
                RegisterSet.builder(Architecture.X86)
                        .set("eax", 0)
                        .set("ebx", 0xffffffffL)
                        .set("eip", Kernel32.CREATE_FILE)
                        .set("esp", 0x1000)
                        .build(),
                AddressRange.EMPTY);
        return new Expressions(target, Kernel32.symbolizer(target));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    10|10
                    0x10|10
                    0n10|a
                    0t17|f
                    0y101|5
                    10h|10
                    00000001`40002009|140002009
                    ffffffff`ffffffff|ffffffffffffffff
                    1+2*3|7
                    (1+2)*3|9
                    10-1-1|e
                    -1|ffffffffffffffff
                    - - 5|5
                    ~0|ffffffffffffffff
                    7/2|3
                    7%4|3
                    7 mod 4|3
                    ffffffffffffffff/2|7fffffffffffffff
                    1<<4|10
                    80000000`00000000>>3f|1
                    80000000`00000000>>>3f|ffffffffffffffff
                    1<<40|0
                    """)
    void numbersAndArithmetic(String text, String value) {
        assertThat(Long.toHexString(x64().value(text))).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    f0 | f, ff
                    f0 or f, ff
                    ff & f0, f0
                    ff and f0, f0
                    ff ^ f, f0
                    ff xor f, f0
                    1 = 1, 1
                    1 == 2, 0
                    1 != 2, 1
                    1 < 2, 1
                    -1 < 2, 0
                    2 <= 2, 1
                    3 >= 4, 0
                    4 > 3, 1
                    1 + 1 == 2 && 3 > 2, 1
                    0 || 5, 1
                    1 == 1 & 2 == 2, 1
                    not 0, 1
                    not(5), 0
                    hi(12345678), 1234
                    low(12345678), 5678
                    hi 12345678 + 1, 1235
                    """)
    void operators(String text, String value) {
        assertThat(Long.toHexString(x64().value(text))).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    @rax+10, 1018
                    rax+10, 1018
                    @eax, 1008
                    @al, 8
                    @ah, 10
                    @RAX, 1008
                    @ebx, 55667788
                    @zf, 1
                    @cf, 0
                    $ip, 140001164
                    @$ip, 140001164
                    $csp, 1000
                    @$retreg, 1008
                    $tid, 1
                    $ptrsize, 8
                    by(1000), 11
                    wo(1000), 2211
                    dwo(1000), 44332211
                    qwo(1000), 8877665544332211
                    poi(1008), 1000
                    poi(poi(1008)), 8877665544332211
                    by @rsp+1, 12
                    poi(@rax) + 2, 1002
                    crash-x64, 140000000
                    crash-x64+10, 140000010
                    crash_x64, 140000000
                    crash-x64.exe-10, 13ffffff0
                    libstdc++-6+8, 150000008
                    0 && poi(0), 0
                    1 || poi(0), 1
                    '$vvalid(1000,10)', 1
                    '$vvalid(1000, 11)', 0
                    """)
    void registersAndMemory(String text, String value) {
        assertThat(Long.toHexString(x64().value(text))).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    kernel32!CreateFileA|7c802000
                    kernel32!CreateFileA+200|7c802200
                    kernel32.dll!BasepInit|7c803000
                    KERNEL32!BasepInit - 1|7c802fff
                    BasepInit|7c803000
                    !BasepInit|7c803000
                    $!BasepInit|7c803000
                    kernel32!Shape::area+4|7c805004
                    @!"kernel32!Shape<int,char>::operator+"|7c804000
                    @!"kernel32!Shape<int,char>::operator+" + 1|7c804001
                    ntdll!RtlAllocateHeap|7c919000
                    kernel32!HeapAlloc|7c919000
                    ntdll!#10|7c9306ee
                    $iment(kernel32)|7c80b64e
                    @eax - 1|ffffffff
                    @eax - 1 == @ebx|1
                    @ebx + 1|0
                    -1 == @ebx|1
                    ff`00000000 + 1|ff00000001
                    qwo(7c800000) & 0|0
                    `base.c:10`|7c803000
                    `kernel32!win\\src\\base.c:11` + 4|7c803008
                    kernel32!base.c:12|7c804000
                    base.c:10+1|7c803001
                    """)
    void symbolsAndNarrowTargets(String text, String value) {
        assertThat(Long.toHexString(x86().value(text))).isEqualTo(value);
    }

    @Test
    void radixAndVariables() {
        assertThat(x64().inRadix(10).value("10 + 0x10")).isEqualTo(26);
        assertThat(x64().inRadix(8).value("17")).isEqualTo(15);
        Variables own = name -> name.equals("t0") ? OptionalLong.of(7) : OptionalLong.empty();
        assertThat(x64().with(own).value("@$t0 * 2 + $t0")).isEqualTo(21);
        assertThat(x64().holds("@rax == 1008")).isTrue();
        assertThat(x86().address("-1")).isEqualTo(0xffffffffL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    ""|0|a number or a name is missing
                    1 +|3|a number or a name is missing
                    (1 + 2|6|the parenthesis of position 0 is not closed
                    1 2|2|'2' is not expected here, an operator would be
                    @nope|0|there is no register nope
                    @r15|0|the value of r15 is not known
                    r15 + 1|0|the value of r15 is not known
                    1 + poi(0)|4|memory at 0x0 cannot be read
                    4 / 0|2|division by zero
                    $nothing|0|$nothing is not known here
                    2 + nowhere!f|4|no module nowhere is loaded
                    crash-x64!f|0|crash-x64 has no f
                    zzz|0|'zzz' is not a number, register, module or symbol here
                    1ffffffffffffffff|0|'1ffffffffffffffff' is not a number, register, module or symbol here
                    crash-x64!|10|the name of a symbol is missing
                    `base.c:10|0|the backtick is not closed
                    `base.c`|0|`MODULE!FILE:LINE` or `FILE:LINE` is wanted
                    `a.c:1`|0|no code of line a.c:1 is known
                    *|0|'*' is not expected here, a number or a name would be
                    """)
    void errorsSayWhere(String text, int position, String problem) {
        assertThatThrownBy(() -> x64().value(text))
                .isInstanceOfSatisfying(
                        EvalException.class,
                        e -> {
                            assertThat(e.problem()).isEqualTo(problem);
                            assertThat(e.position()).isEqualTo(position);
                        });
    }

    @Test
    void quotesAreClosed() {
        assertThatThrownBy(() -> x64().value("@!\"x"))
                .hasMessage("'@!\"x' at 2: the quote is not closed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "-", "poi ", "~", "poi("})
    void nestingIsBounded(String part) {
        assertThatThrownBy(() -> x64().value(part.repeat(3000)))
                .isInstanceOf(EvalException.class)
                .hasMessageContaining("nested more than 200 deep");
        assertThatThrownBy(() -> x64().value(part.repeat(30_000)))
                .hasMessageContaining("longer than 16384 characters");
    }
}
