package oriel.engine.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oriel.engine.dump.DumpOptions;
import oriel.engine.dump.DumpTarget;
import oriel.engine.symbols.Symbolizer;
import oriel.engine.symbols.find.SymbolPathLocator;
import oriel.engine.symbols.store.FetchListener;
import oriel.engine.symbols.store.ServerSettings;
import oriel.engine.symbols.store.SymbolPath;
import oriel.engine.unwind.StackWalker;
import oriel.model.StackFrame;
import oriel.model.Target;
import oriel.testkit.Corpus;

/** Expressions of C++ on a dump whose program has a PDB with types. */
class TypedExpressionsTest {
    private static SymbolPathLocator locator;
    private static Target target;
    private static Symbolizer symbolizer;

    @BeforeAll
    static void open() throws IOException {
        Path examples = Corpus.projectRoot().resolve("examples");
        locator =
                new SymbolPathLocator(
                        new SymbolPath(List.of()),
                        List.of(examples),
                        ServerSettings.DEFAULT.withOffline(true),
                        FetchListener.NONE);
        target = DumpTarget.open(examples.resolve("crash-x64.dmp"), DumpOptions.DEFAULT);
        symbolizer = new Symbolizer(target, locator);
    }

    @AfterAll
    static void close() {
        locator.close();
    }

    private static Expressions expressions() {
        return new Expressions(target, symbolizer);
    }

    private static String shown(String text) {
        return String.join("\n", expressions().typed().show(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '"',
            textBlock =
                    """
                    1 + 2 * 3 => int 0n7
                    (1 + 2) * 3 => int 0n9
                    7 / 2 => int 0n3
                    -7 / 2 => int 0n-3
                    -7 % 4 => int 0n-3
                    0x10 + 010 + 0n10 + 0y11 => int 0n37
                    0xffffffff => unsigned int 0xffffffff
                    5u - 6 => unsigned int 0xffffffff
                    1i64 << 40 => __int64 0n1099511627776
                    -16 >> 2 => int 0n-4
                    0xf0u >> 4 => unsigned int 0xf
                    ~0 => int 0n-1
                    !5 => bool false
                    3 < 4 && 4 != 5 || 0 => bool true
                    1 ? 2 : 3 => int 0n2
                    0 ? 1 / 0 : 3 => int 0n3
                    0 && 1 / 0 => bool false
                    6 & 3 | 8 ^ 1 => int 0n11
                    7.0 / 2 => double 3.5
                    1.5e3 + 1 => double 1501.0
                    (int)3.9 => int 0n3
                    (float)1 / 3 => double 0.3333333333333333
                    (char)65 => char 0n65 'A'
                    'B' + 1 => int 0n67
                    (unsigned char)300 => unsigned char 0x2c
                    (bool)12 => bool true
                    sizeof(int) + sizeof(long long) => unsigned __int64 0xc
                    sizeof(void *) => unsigned __int64 0x8
                    sizeof(crash-x64!_LIST_ENTRY) => unsigned __int64 0x10
                    sizeof(DWORD) => unsigned __int64 0x4
                    @rsp == @@masm(@rsp) => bool true
                    @rip - @$ip => unsigned __int64 0x0
                    @@masm(1f) => __int64 0n31
                    true => bool true
                    (unsigned __int64)-1 > 0 => bool true
                    """)
    void numbers(String text, String value) {
        assertThat(shown(text)).isEqualTo(value);
    }

    @Test
    void structuresPointersAndMembers() {
        assertThat(shown("*(_LIST_ENTRY*)@rsp"))
                .startsWith("_LIST_ENTRY @ 0x7ffffe1ffe70\n")
                .contains("+0x000 Flink : _LIST_ENTRY * = 0x7ffffe1ffea0");
        assertThat(shown("((crash-x64!_LIST_ENTRY*)@rsp)->Flink"))
                .startsWith("struct _LIST_ENTRY * 0x00007fff`fe1ffea0\n");
        assertThat(shown("(*(_LIST_ENTRY*)@rsp).Flink->Flink"))
                .startsWith("struct _LIST_ENTRY * 0x00007fff`fe1ffed0");
        assertThat(shown("&((_LIST_ENTRY*)@rsp)->Blink"))
                .isEqualTo("struct _LIST_ENTRY ** 0x00007fff`fe1ffe78");
        // Pointers count in elements.
        assertThat(shown("(int*)@rsp + 2")).isEqualTo("int * 0x00007fff`fe1ffe78");
        assertThat(shown("(int*)@rsp - (int*)(@rsp - 8)")).isEqualTo("__int64 0n2");
        assertThat(shown("((int*)@rsp)[2]")).isEqualTo("int 0n1073745965");
        assertThat(shown("*(unsigned char*)@rsp")).isEqualTo("unsigned char 0xa0");
        assertThat(shown("(_LIST_ENTRY*)0")).isEqualTo("struct _LIST_ENTRY * 0x00000000`00000000");
    }

    @Test
    void masmAndCppReachEachOther() {
        assertThat(expressions().value("@@(sizeof(_LIST_ENTRY)) + 1")).isEqualTo(0x11);
        assertThat(expressions().value("@@c++(((_LIST_ENTRY*)@rsp)->Blink) == poi(@rsp+8)"))
                .isOne();
        assertThat(expressions().value("@@masm(10) + @@(10)")).isEqualTo(26);
        assertThat(expressions().value("0 && @@(1/0)")).isZero();
    }

    @Test
    void variablesBelongToAFrame() {
        List<StackFrame> frames =
                new StackWalker(target, List.of(symbolizer.unwindSource()))
                        .walk(target.threads().get(0))
                        .frames();
        assertThatThrownBy(() -> expressions().inFrame(frames.get(1)).typed().number("kind"))
                .hasMessageContaining("the value of kind is not known: in rcx, which is not known");
        assertThat(shown("sizeof(sink)")).isEqualTo("unsigned __int64 0x4");
        assertThatThrownBy(() -> shown("crash-x64!sink + 1"))
                .hasMessageContaining("memory at 0x140004004 cannot be read");
        assertThat(shown("&sink")).isEqualTo("long * 0x00000001`40004004");
        assertThat(shown("level1")).startsWith("void * 0x00000001`40001060");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '"',
            textBlock =
                    """
                    1 + => 3 => a number or a name is missing
                    (1 => 2 => the parenthesis of position 0 is not closed
                    1 2 => 2 => '2' is not expected here, an operator would be
                    1 / 0 => 2 => division by zero
                    nothing => 0 => 'nothing' is not known here
                    *5 => 0 => int is no pointer to something with a type
                    &5 => 0 => it has no address
                    5.x => 0 => '5.x' is no number
                    ((_LIST_ENTRY*)@rsp)->x => 20 => struct _LIST_ENTRY has no member 'x'
                    *(int*)0 => 0 => memory at 0x0 cannot be read
                    @nope => 0 => there is no register nope
                    1 ? 2 => 5 => ':' is missing
                    ((int*)@rsp)[1 => 14 => the bracket of position 12 is not closed
                    """)
    void errorsSayWhere(String text, int position, String problem) {
        assertThatThrownBy(() -> expressions().typed().number(text))
                .isInstanceOfSatisfying(
                        EvalException.class,
                        e -> {
                            assertThat(e.problem()).isEqualTo(problem);
                            assertThat(e.position()).isEqualTo(position);
                        });
    }

    @Test
    void nestingIsBounded() {
        assertThatThrownBy(
                        () -> expressions().typed().number("(".repeat(500) + "1" + ")".repeat(500)))
                .hasMessageContaining("nested more than 100 deep");
        assertThatThrownBy(() -> expressions().typed().number("1+".repeat(3000)))
                .hasMessageContaining("longer than 4096 characters");
    }

    @Test
    void assignmentsAreWorkedOut() {
        TypedExpressions typed = expressions().typed();
        TypedExpressions.Store store = typed.store("*(int*)@rsp = 2 + 3").orElseThrow();
        assertThat(store.target()).isEqualTo("*(int*)@rsp");
        assertThat(store.sizeBytes()).isEqualTo(4);
        assertThat(store.bits()).isEqualTo(5);
        assertThat(store.va()).isEqualTo(typed.number("@rsp"));
        long before = typed.number("*(short*)@rsp");
        assertThat(typed.store("*(short*)@rsp += 0x10").orElseThrow().bits())
                .isEqualTo((short) (before + 0x10));
        assertThat(typed.store("*(char*)@rsp <<= 1").orElseThrow().sizeBytes()).isEqualTo(1);
        assertThat(typed.store("*(double*)@rsp = 1").orElseThrow().bits())
                .isEqualTo(Double.doubleToRawLongBits(1));
        assertThat(typed.store("*(float*)@rsp = 0.5").orElseThrow().bits())
                .isEqualTo(Float.floatToRawIntBits(0.5f));
        assertThat(typed.store("((_LIST_ENTRY*)@rsp)->Flink = 0").orElseThrow().va())
                .isEqualTo(typed.number("@rsp"));
        assertThat(typed.store("@rcx = 5").orElseThrow().register()).contains("rcx");
        assertThat(typed.store("1 == 2")).isEmpty();
        assertThat(typed.store("1 <= 2 && 3 != 4")).isEmpty();
        assertThatThrownBy(() -> typed.store("5 = 6"))
                .hasMessageContaining("'5' is no place in memory");
        assertThatThrownBy(() -> typed.store("*(_LIST_ENTRY*)@rsp = 6"))
                .isInstanceOf(EvalException.class);
    }
}
