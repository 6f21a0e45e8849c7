package oriel.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import oriel.testkit.StackBuilder;
import oriel.triage.report.CrashReason;
import oriel.triage.report.CrashReport;
import oriel.triage.report.Exploitability;
import oriel.triage.report.Fact;

class ReasonTest {
    private static final long DATA = 0x20000000L;

    @Test
    void namesTheTypeThrownOnX64RelativeToItsImage() {
        Scenery scene = Scenery.x64();
        long base = scene.base;
        // _ThrowInfo, array, two _CatchableType, two TypeDescriptor; all but the last relative
        byte[] info = ints(0, 0, 0, 0x2010, 2, 0x2020, 0x2030, 0, 0, 0x2100, 0, 0, 0, 0x2140, 0, 0);
        scene.bytes(base + 0x2000, info);
        scene.bytes(base + 0x2100, descriptor(8, ".?AVruntime_error@std@@"));
        scene.bytes(base + 0x2140, descriptor(8, ".?AVexception@std@@"));
        scene.bytes(DATA, new StackBuilder(DATA, 8).word(0).word(DATA + 0x40).build());
        scene.bytes(DATA + 0x40, text("no such key"));
        CrashReport report =
                scene.raise(0xe06d7363, 0x19930520L, DATA, base + 0x2000, base).report();
        assertThat(fact(report, "thrown type")).contains("std::runtime_error");
        assertThat(fact(report, "also caught as")).contains("std::exception");
        assertThat(fact(report, "message")).contains("no such key");
        assertThat(report.bucket().orElseThrow().humanId()).startsWith("C++:std::runtime_error ");
        assertThat(report.rating().orElseThrow().level()).isEqualTo(Exploitability.NOT_LIKELY);
    }

    @Test
    void namesTheTypeThrownOnX86ByAddress() {
        Scenery scene = Scenery.x86();
        byte[] info = ints(0, 0, 0, 0x402010, 1, 0x402020, 0, 0, 0, 0x402100, 0, 0);
        scene.bytes(0x402000, info).bytes(0x402100, descriptor(4, ".H"));
        CrashReport report = scene.raise(0xe06d7363, 0x19930520L, 0x120010L, 0x402000L).report();
        assertThat(fact(report, "thrown type")).contains("int");
    }

    @Test
    void namesTheTypeThrownByASymbolWhereItsDataIsMissing() {
        Scenery scene = Scenery.x64();
        long base = scene.base;
        scene.bytes(base + 0x2000, ints(0, 0, 0, 0x2010, 1, 0x2020, 0, 0, 0, 0x3000, 0, 0));
        scene.function(0x3000, 16, "??_R0?AUCageOpen@zoo@@@8");
        CrashReport report =
                scene.raise(0xe06d7363, 0x19930520L, DATA, base + 0x2000, base).report();
        assertThat(fact(report, "thrown type")).contains("zoo::CageOpen");
    }

    @Test
    void readsThrowInformationThatLiesWithoutTrouble() {
        Scenery scene = Scenery.x64();
        long base = scene.base;
        scene.bytes(base + 0x2000, ints(0, 0, 0, 0x2010, -1, -1, -1, -1));
        CrashReport report =
                scene.raise(0xe06d7363, 0x19930520L, DATA, base + 0x2000, base).report();
        assertThat(fact(report, "thrown type")).isEmpty();
        assertThat(reason(report).name()).isEqualTo("C++ exception");
    }

    @Test
    void tellsFastFailsApart() {
        CrashReport abort = Scenery.x64().raise(0xc0000409, 7L).report();
        assertThat(fact(abort, "fast fail").orElseThrow()).startsWith("FAST_FAIL_FATAL_APP_EXIT");
        assertThat(abort.rating().orElseThrow().level()).isEqualTo(Exploitability.NOT_EXPLOITABLE);
        assertThat(abort.bucket().orElseThrow().humanId()).startsWith("FailFast:FatalAppExit ");
        CrashReport cookie = Scenery.x64().raise(0xc0000409, 2L).report();
        assertThat(cookie.rating().orElseThrow().rule()).isEqualTo("GSViolation");
        assertThat(cookie.findings().get(0).kind()).isEqualTo("stack-smashing");
        CrashReport old = Scenery.x86().raise(0xc0000409).report();
        assertThat(old.rating().orElseThrow().rule()).isEqualTo("GSViolation");
    }

    @Test
    void saysWhatTheHeapFoundBroken() {
        Scenery scene = Scenery.x64();
        byte[] failure = new StackBuilder(DATA, 4).word(3).word(0x50).word(11).word(0).build();
        byte[] blocks = new StackBuilder(DATA, 8).word(0x30000L).word(0x31230L).build();
        scene.bytes(DATA, failure).bytes(DATA + 16, blocks);
        CrashReport report = scene.raise(0xc0000374, DATA).report();
        assertThat(fact(report, "error")).contains("memory was used after it was freed");
        assertThat(fact(report, "heap block")).contains("0x31230");
        assertThat(report.rating().orElseThrow().rule()).isEqualTo("HeapCorruption");
    }

    @Test
    void readsDelphiExceptions() {
        Scenery scene = Scenery.x86();
        // object {class, message}; the class name hangs 56 bytes before the class
        scene.bytes(DATA, ints((int) DATA + 0x100, (int) DATA + 0x204));
        scene.bytes(DATA + 0x100 - 56, ints((int) DATA + 0x180));
        byte[] name = "\tEZeroTest".getBytes(StandardCharsets.US_ASCII);
        scene.bytes(DATA + 0x180, name);
        scene.bytes(DATA + 0x200, ints(5));
        scene.bytes(DATA + 0x204, "Hello".getBytes(StandardCharsets.UTF_16LE));
        CrashReport report = scene.raise(0x0eedfade, 0x401000L, DATA).report();
        assertThat(fact(report, "exception class")).contains("EZeroTest");
        assertThat(fact(report, "message")).contains("Hello");
    }

    @Test
    void namesTheDllThatWasNotFound() {
        Scenery scene = Scenery.x64();
        byte[] info =
                new StackBuilder(DATA, 8)
                        .fill(3, 0)
                        .word(DATA + 0x100)
                        .word(1)
                        .word(DATA + 0x140)
                        .build();
        scene.bytes(DATA, info)
                .bytes(DATA + 0x100, text("plugin.dll"))
                .bytes(DATA + 0x140, text("PluginMain"));
        CrashReport report = scene.raise(0xc06d007f, DATA).report();
        assertThat(fact(report, "DLL")).contains("plugin.dll");
        assertThat(fact(report, "function")).contains("PluginMain");
    }

    @Test
    void decodesClrAndInPageErrors() {
        CrashReport clr = Scenery.x64().raise(0xe0434352, 0xffffffff80131509L).report();
        assertThat(fact(clr, "error")).contains("0x80131509 COR_E_INVALIDOPERATION");
        CrashReport page = Scenery.x64().raise(0xc0000006, 0L, 0x1234567L, 0xc000009cL).report();
        assertThat(fact(page, "error")).contains("0xc000009c STATUS_DEVICE_DATA_ERROR");
        assertThat(page.rating().orElseThrow().rule()).isEqualTo("InPageError");
    }

    @Test
    void recognisesPanicsByTheirRuntimes() {
        CrashReport rust =
                Scenery.x64()
                        .function(0x1000, 0x100, "core::panicking::panic_fmt::h0123456789abcdef")
                        .raise(0xc0000409, 7L)
                        .report();
        assertThat(fact(rust, "runtime")).contains("Rust panic");
        CrashReport go =
                Scenery.x64()
                        .function(0x1000, 0x100, "runtime.dieFromException")
                        .raise(0xc0000005, 0L, 0L)
                        .report();
        assertThat(fact(go, "runtime")).contains("Go panic");
    }

    @Test
    void tellsIllegalFromPrivilegedAndDeliberate() {
        // hlt; ud2; an undefined opcode
        assertThat(rule("f4", 0xc0000096)).isEqualTo("PrivilegedInstruction");
        assertThat(rule("0f 0b", 0xc000001d)).isEqualTo("IllegalInstructionTrap");
        assertThat(rule("0f ff ff ff ff ff ff ff", 0xc000001d)).startsWith("IllegalInstruction");
        assertThat(rule("06 06 06 06", 0xc000001d)).isEqualTo("IllegalInstruction");
    }

    @Test
    void ratesWhatIsNoError() {
        assertThat(rule("90", 0x406d1388)).isEqualTo("NotAnException");
        assertThat(rule("cc", 0x80000003)).isEqualTo("Breakpoint");
        assertThat(rule("cc", 0x4000001f)).isEqualTo("Breakpoint");
        assertThat(rule("90", 0xc0000094)).isEqualTo("DivideByZero");
        assertThat(rule("90", 0x80000001)).isEqualTo("GuardPage");
        assertThat(rule("90", 0xc00000fd)).isEqualTo("StackExhaustion");
        assertThat(rule("90", 0xdeadbeef)).isEqualTo("Unknown");
    }

    private static String rule(String code, int exception) {
        return Scenery.x64().code(code).raise(exception).report().rating().orElseThrow().rule();
    }

    private static CrashReason reason(CrashReport report) {
        return report.reason().orElseThrow();
    }

    private static Optional<String> fact(CrashReport report, String name) {
        return reason(report).details().stream()
                .filter(f -> f.name().equals(name))
                .map(Fact::value)
                .findFirst();
    }

    private static byte[] ints(int... values) {
        var builder = new StackBuilder(0, 4);
        Arrays.stream(values).forEach(v -> builder.word(v & 0xffffffffL));
        return builder.build();
    }

    private static byte[] descriptor(int pointerSize, String name) {
        byte[] characters = text(name);
        var bytes = new byte[pointerSize * 2 + characters.length];
        System.arraycopy(characters, 0, bytes, pointerSize * 2, characters.length);
        return bytes;
    }

    private static byte[] text(String text) {
        return (text + "\0").getBytes(StandardCharsets.ISO_8859_1);
    }
}
