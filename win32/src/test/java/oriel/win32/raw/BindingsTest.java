package oriel.win32.raw;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Function;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import oriel.testkit.NeedsWindows;

/** Each function that this package names is in the library that it names, and its class loads. */
@Timeout(600)
@NeedsWindows(withDebuggees = false)
class BindingsTest {
    private static final Map<Class<?>, String> LIBRARIES =
            Map.ofEntries(
                    Map.entry(Kernel32.class, "kernel32"),
                    Map.entry(DebugApi.class, "kernel32"),
                    Map.entry(Ntdll.class, "ntdll"),
                    Map.entry(Advapi32.class, "advapi32"),
                    Map.entry(User32.class, "user32"),
                    Map.entry(DbgHelp.class, "dbghelp"),
                    Map.entry(Version.class, "version"),
                    Map.entry(Shell32.class, "shell32"),
                    Map.entry(Ole32.class, "ole32"),
                    Map.entry(Wtsapi32.class, "wtsapi32"),
                    Map.entry(Mitigations.class, "kernel32"));

    @TestFactory
    List<DynamicTest> everyFunctionIsThere() {
        var tests = new ArrayList<DynamicTest>();
        var names = new TreeMap<String, String>();
        LIBRARIES.forEach(
                (type, library) -> {
                    for (Method method : type.getDeclaredMethods()) {
                        if (Modifier.isNative(method.getModifiers())) {
                            names.put(library + "!" + method.getName(), type.getName());
                        }
                    }
                });
        assertThat(names).hasSizeGreaterThan(100);
        names.forEach(
                (name, type) ->
                        tests.add(
                                DynamicTest.dynamicTest(
                                        name,
                                        () -> {
                                            String[] parts = name.split("!");
                                            // Both throw what is missing by name.
                                            Class.forName(type);
                                            assertThat(Function.getFunction(parts[0], parts[1]))
                                                    .isNotNull();
                                        })));
        return tests;
    }
}
