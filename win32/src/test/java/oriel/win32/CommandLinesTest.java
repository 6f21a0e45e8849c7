package oriel.win32;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Pointer;
import com.sun.jna.WString;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.Shell32;
import com.sun.jna.ptr.IntByReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.testkit.NeedsWindows;

@Timeout(600)
class CommandLinesTest {
    private static String any(Random random, String characters, int most) {
        var text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append(characters.charAt(random.nextInt(characters.length())));
        }
        return text.toString();
    }

    @Test
    void linesAreSplit() {
        assertThat(CommandLine.split("app.exe one  \"two three\" \"\" four\\\"five"))
                .containsExactly("app.exe", "one", "two three", "", "four\"five");
        // The name of a program has no backslashes before quotes.
        assertThat(CommandLine.split("\"C:\\a b\\\" c\\\\\"d\""))
                .containsExactly("C:\\a b\\", "c\\d");
        assertThat(CommandLine.split("a \"\"\"b c\"\"\"")).containsExactly("a", "\"b", "c\"");
        assertThat(CommandLine.split("")).isEmpty();
        assertThat(CommandLine.split(" a")).containsExactly("", "a");
    }

    @Test
    void whatIsJoinedIsSplitAgain() {
        var random = new Random(5);
        for (int i = 0; i < 5000; i++) {
            var arguments = new ArrayList<String>(List.of("app.exe"));
            for (int k = random.nextInt(4); k > 0; k--) {
                arguments.add(any(random, "ab \t\"\\\u00e9", 8));
            }
            assertThat(CommandLine.split(CommandLine.join(arguments))).isEqualTo(arguments);
        }
    }

    @Test
    @NeedsWindows(withDebuggees = false)
    void splitsAsTheSystemDoes() {
        var random = new Random(7);
        for (int i = 0; i < 5000; i++) {
            String line = any(random, "ab \t\"\"\\\\", 14) + "x";
            assertThat(CommandLine.split(line)).as(line).isEqualTo(systemSplit(line));
        }
    }

    private static List<String> systemSplit(String line) {
        var count = new IntByReference();
        Pointer found = Shell32.INSTANCE.CommandLineToArgvW(new WString(line), count);
        try {
            return List.of(found.getWideStringArray(0, count.getValue()));
        } finally {
            Kernel32.INSTANCE.LocalFree(found);
        }
    }
}
