package oriel.engine.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.model.Architecture;
import oriel.testkit.ByteWriter;
import oriel.testkit.SyntheticTarget;

/** A 32-bit Python 3.12, laid by hand. */
class PythonRuntimeTest {
    private static final int BASE = 0x10000;
    private static final int RUNTIME = BASE;
    private static final int VERSION = 0x030c01f0;
    private static final int STR = BASE + 0x1000;
    private static final int INT = BASE + 0x1100;
    private static final int LIST = BASE + 0x1200;
    private static final int DICT = BASE + 0x1300;
    private static final int CODE = BASE + 0x1400;
    private static final int BYTES = BASE + 0x1500;

    private final byte[] memory = new byte[0x8000];

    private void put(int va, long value) {
        ByteWriter.put32(memory, va - BASE, value);
    }

    private void text(int va, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, memory, va - BASE, bytes.length);
    }

    private void type(int va, String name, long flags) {
        put(va + 12, va + 0xc0);
        put(va + 84, flags);
        text(va + 0xc0, name);
    }

    private int string(int va, String text) {
        put(va + 4, STR);
        put(va + 8, text.length());
        put(va + 16, 1 << 2 | 1 << 5 | 1 << 6);
        text(va + 20, text);
        return va;
    }

    private int integer(int va, int tag, long... digits) {
        put(va + 4, INT);
        put(va + 8, tag);
        for (int i = 0; i < digits.length; i++) {
            put(va + 12 + 4 * i, digits[i]);
        }
        return va;
    }

    private PythonRuntime runtime() {
        type(STR, "str", 1 << 28);
        type(INT, "int", 1 << 24);
        type(LIST, "list", 1 << 25);
        type(DICT, "dict", 1 << 29);
        type(CODE, "code", 0);
        type(BYTES, "bytes", 1 << 27);
        var target = new SyntheticTarget(Architecture.X86).bytes(BASE, memory);
        return PythonRuntime.of(target, RUNTIME, VERSION).orElseThrow();
    }

    @Test
    void walksInterpretersThreadsAndFrames() {
        put(RUNTIME + 28, 0x12000); // the interpreter
        put(0x12000 + 64, 0x12100); // its thread
        put(0x12100 + 40, 0x12200); // what points to the frame
        put(0x12100 + 80, 1234);
        put(0x12200, 0x12300);
        put(0x12300, 0x12400); // code
        put(0x12300 + 4, 0x12300); // its own caller: must end
        put(0x12300 + 28, 0x12400 + 124 + 2);
        put(0x12300 + 40, integer(0x12800, 1 << 3, 5));
        put(0x12400 + 4, CODE);
        put(0x12400 + 80, string(0x12900, "a.py"));
        put(0x12400 + 88, string(0x12a00, "f"));
        put(0x12400 + 44, 10);
        put(0x12400 + 92, 0x12b00);
        put(0x12b00 + 8, 4);
        memory[0x2b00 + 16] = (byte) (0x80 | 10 << 3);
        memory[0x2b00 + 19] = (byte) (0x80 | 13 << 3);
        memory[0x2b00 + 20] = 4;
        put(0x12b00 + 8, 5);
        put(0x12400 + 72, 0x12c00);
        put(0x12c00 + 12, string(0x12d00, "x"));
        put(0x12400 + 76, 0x12e00);
        put(0x12e00 + 8, 1);
        memory[0x2e00 + 16] = 0x20;
        PythonRuntime runtime = runtime();
        List<PythonThread> threads = runtime.threads();
        assertThat(runtime.version()).isEqualTo("3.12");
        assertThat(threads).hasSize(1);
        assertThat(runtime.thread(1234)).isPresent();
        assertThat(threads.get(0).frames()).hasSize(1);
        PythonFrame frame = threads.get(0).frames().get(0);
        assertThat(frame).hasToString("File \"a.py\", line 12, in f");
        assertThat(frame.locals()).containsExactly(java.util.Map.entry("x", 0x12800L));
        assertThat(runtime.objects().text(0x12800)).isEqualTo("5");
    }

    @Test
    void showsObjectsOf32Bits() {
        PythonRuntime runtime = runtime();
        PythonObjects objects = runtime.objects();
        // -(2**30 + 7): two digits, the lowest bits of the tag say negative.
        assertThat(objects.text(integer(0x14000, 2 << 3 | 2, 7, 1))).isEqualTo("-1073741831");
        assertThat(objects.text(string(0x14100, "it's"))).isEqualTo("\"it's\"");
        put(0x14200 + 4, DICT);
        put(0x14200 + 24, 0x14300);
        memory[0x4300 + 5] = 3; // eight bytes of indices
        put(0x14300 + 16, 2);
        put(0x14300 + 28 + 4, string(0x14400, "k"));
        put(0x14300 + 28 + 8, 0x14000);
        // The second entry was removed.
        put(0x14300 + 40 + 4, 0x14400);
        assertThat(objects.text(0x14200)).isEqualTo("{'k': -1073741831}");
        assertThat(objects.typeName(0x14200)).isEqualTo("dict");
    }

    @Test
    void cutsWhatNeverEnds() {
        PythonRuntime runtime = runtime();
        // A list of itself, of which there are said to be two thousand million.
        put(0x15000 + 4, LIST);
        put(0x15000 + 8, 0x7fffffff);
        put(0x15000 + 12, 0x15100);
        for (int i = 0; i < 0x200; i++) {
            put(0x15100 + 4 * i, 0x15000);
        }
        assertThat(runtime.objects().text(0x15000)).startsWith("[[[[[...").hasSizeLessThan(20_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 0x020712f0, 0x030a08f0, 0x030d05f0, 0x030f00a0, 0x040000f0})
    void refusesVersionsThatItDoesNotKnow(long version) {
        var target = new SyntheticTarget(Architecture.X86).bytes(BASE, memory);
        assertThat(PythonRuntime.of(target, RUNTIME, version)).isEmpty();
    }
}
