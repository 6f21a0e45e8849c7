package oriel.win32;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.driver.DriverException;
import oriel.testkit.NeedsWindows;

@Timeout(600)
@NeedsWindows
class RegistryTest {
    private static final String ROOT = "HKCU\\Software\\OrielRegistryTest";

    private final Registry registry = Registry.local();

    @AfterEach
    void clean() {
        if (registry.exists(ROOT)) {
            registry.delete(ROOT);
        }
    }

    @Test
    void keepsEachTypeOfValue() {
        var values =
                List.of(
                        RegistryValue.ofText("", "default"),
                        RegistryValue.ofText("text", "\u00e4\u65e5\ud83d\ude00"),
                        RegistryValue.ofExpandable("path", "%windir%\\x"),
                        RegistryValue.ofTexts("texts", List.of("one", "two")),
                        RegistryValue.ofNumber("number", -1),
                        RegistryValue.ofLongNumber("long", Long.MIN_VALUE),
                        RegistryValue.ofBytes("bytes", new byte[] {1, 2, (byte) 0xff}),
                        RegistryValue.ofBytes("empty", new byte[0]),
                        new RegistryValue("odd", 0x1234, new byte[] {7}));
        try (RegistryKey key = registry.create(ROOT + "\\types")) {
            values.forEach(key::set);
            assertThat(key.values()).hasSameSizeAs(values);
            for (RegistryValue value : values) {
                RegistryValue read = key.value(value.name()).orElseThrow();
                assertThat(read.type()).isEqualTo(value.type());
                assertThat(read.data()).as(value.name()).isEqualTo(value.data());
            }
            assertThat(key.value("number").orElseThrow().number()).hasValue(0xffffffffL);
            assertThat(key.value("texts").orElseThrow().texts()).containsExactly("one", "two");
            assertThat(key.value("odd").orElseThrow().typeName()).isEqualTo("0x1234");
            assertThat(key.deleteValue("odd")).isTrue();
            assertThat(key.deleteValue("odd")).isFalse();
            assertThat(key.value("odd")).isEmpty();
        }
    }

    @Test
    void longValuesComeWhole() {
        byte[] big = new byte[100_000];
        java.util.Arrays.fill(big, (byte) 0x5a);
        try (RegistryKey key = registry.create(ROOT)) {
            key.set(RegistryValue.ofBytes("big", big));
            assertThat(key.value("big").orElseThrow().data()).isEqualTo(big);
        }
    }

    @Test
    void copiesSearchesExportsAndDeletesTrees() throws IOException {
        try (RegistryKey key = registry.create(ROOT + "\\a\\b")) {
            key.set(RegistryValue.ofText("say \"hi\"", "C:\\x"));
            key.set(RegistryValue.ofNumber("n", 255));
        }
        registry.copy(ROOT + "\\a", ROOT + "\\copy");
        var found = new ArrayList<String>();
        registry.search(ROOT, Pattern.compile("^C:"), f -> found.add(f.path()));
        assertThat(found).containsExactlyInAnyOrder(ROOT + "\\a\\b", ROOT + "\\copy\\b");
        var text = new StringBuilder();
        RegistryExport.write(registry, ROOT + "\\copy", text);
        assertThat(text.toString())
                .startsWith(
                        "Windows Registry Editor Version 5.00\r\n\r\n"
                                + "[HKEY_CURRENT_USER\\Software\\OrielRegistryTest\\copy]\r\n\r\n"
                                + "[HKEY_CURRENT_USER\\Software\\OrielRegistryTest\\copy\\b]\r\n")
                .contains("\"say \\\"hi\\\"\"=\"C:\\\\x\"\r\n")
                .contains("\"n\"=dword:000000ff\r\n");
        assertThatThrownBy(() -> registry.copy(ROOT, ROOT + "\\a\\inside"))
                .isInstanceOf(IllegalArgumentException.class);
        registry.delete(ROOT + "\\a");
        assertThat(registry.exists(ROOT + "\\a\\b")).isFalse();
        assertThat(registry.exists(ROOT + "\\copy\\b")).isTrue();
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> registry.delete("HKLM"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("whole hives");
        assertThatThrownBy(() -> registry.open("NOWHERE\\x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HKLM");
        assertThatThrownBy(() -> registry.open(ROOT + "\\missing"))
                .isInstanceOfSatisfying(
                        DriverException.class, e -> assertThat(e.code()).isEqualTo(2));
        assertThat(registry.exists("HKEY_LOCAL_MACHINE\\Software")).isTrue();
    }

    @Test
    void connectsToMachines() {
        // This machine by its name is a machine like any other.
        Registry here = Registry.remote(System.getenv("COMPUTERNAME"));
        assertThat(here.exists("HKLM\\Software\\Microsoft")).isTrue();
        assertThat(here.exists("HKLM\\Software\\Oriel nothing")).isFalse();
        assertThatThrownBy(() -> Registry.remote("oriel-nobody").open("HKLM\\Software"))
                .isInstanceOf(DriverException.class)
                .hasMessageContaining("RegConnectRegistry \\\\oriel-nobody");
    }

    @Test
    void registersDebuggersForCrashes() {
        var before = PostMortemDebugger.registered(false);
        try {
            new PostMortemDebugger("C:\\oriel\\oriel.cmd jit %ld %ld", true, 0).register(false);
            assertThat(PostMortemDebugger.registered(false).orElseThrow().commandLine())
                    .isEqualTo("C:\\oriel\\oriel.cmd jit %ld %ld");
            assertThat(PostMortemDebugger.registered(false).orElseThrow().automatic()).isTrue();
            PostMortemDebugger.exclude("OrielTest.exe", false);
            assertThat(PostMortemDebugger.excluded(false)).contains("orieltest.exe");
            assertThat(PostMortemDebugger.include("OrielTest.exe", false)).isTrue();
            assertThat(PostMortemDebugger.unregister(false)).isTrue();
            assertThat(PostMortemDebugger.registered(false)).isEmpty();
        } finally {
            before.ifPresent(debugger -> debugger.register(false));
        }
    }
}
