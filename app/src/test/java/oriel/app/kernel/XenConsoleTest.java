package oriel.app.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How the serial line of a Xen domain is found. */
class XenConsoleTest {
    private static XenConsole with(Map<String, String> answers) {
        return new XenConsole(
                command -> {
                    String answer = answers.get(String.join(" ", command));
                    if (answer == null) {
                        throw new IOException(String.join(" ", command) + ": failed");
                    }
                    return answer;
                });
    }

    @Test
    void asksTheDomainOfTheDeviceModelAsQubesHasIt() throws IOException {
        XenConsole console =
                with(
                        Map.of(
                                "xl domid win7-dm",
                                "12",
                                "xenstore-read /local/domain/12/device/console/3/tty",
                                "/dev/pts/4"));
        assertThat(console.device("win7")).isEqualTo("/dev/pts/4");
    }

    @Test
    void asksTheDomainItselfWhereThereIsNoDeviceModelOfItsOwn() throws IOException {
        XenConsole console =
                with(
                        Map.of(
                                "xl domid win7",
                                "5",
                                "xenstore-read /local/domain/5/serial/0/tty",
                                "/dev/pts/9"));
        assertThat(console.device("win7")).isEqualTo("/dev/pts/9");
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> with(Map.of("xl domid a", "7")).device("a"))
                .hasMessageContaining("serial='pty'");
        assertThatThrownBy(() -> with(Map.of("xl domid a-dm", "no such domain")).device("a"))
                .hasMessageContaining("no running domain 'a'");
    }
}
