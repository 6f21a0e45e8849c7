package oriel.kd.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How lines are named, also as WinDbg names them. */
class EndpointTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tcp:localhost:4555                      | tcp:localhost:4555",
                "tcp:[::1]:4555                          | tcp:::1:4555",
                "listen:4555                             | listen:4555",
                "listen:127.0.0.1:4555                   | listen:127.0.0.1:4555",
                "serial:/dev/ttyS1,57600                 | serial:/dev/ttyS1,57600",
                "serial:COM3                             | serial:COM3,115200",
                "/dev/ttyUSB0                            | serial:/dev/ttyUSB0,115200",
                "COM2                                    | serial:COM2,115200",
                "pty:/dev/pts/4                          | pty:/dev/pts/4",
                "/dev/pts/4                              | pty:/dev/pts/4",
                "unix:/tmp/vm.sock                       | unix:/tmp/vm.sock",
                "net:port:50000,key:1.2.3.4              | net:port=50000",
                "net:port=50001,key=a.b.c.d              | net:port=50001",
                "com:port=COM1,baud=57600                | serial:COM1,57600",
                "com:port=\\\\.\\COM10,baud=9600           | serial:\\\\.\\COM10,9600",
                "\\\\.\\com12                               | serial:\\\\.\\com12,115200",
                "com:port=/dev/ttyS0                     | serial:/dev/ttyS0,115200",
                "com:ipport=4555,port=10.0.0.2           | tcp:10.0.0.2:4555",
                "com:pipe,port=/tmp/com_1,reconnect      | pipe:/tmp/com_1",
                "com:pipe,port=/tmp/com_1,resets=0       | pipe:/tmp/com_1",
            })
    void readsNames(String name, String line) {
        assertThat(Endpoint.parse(name)).hasToString(line);
    }

    @Test
    void readsNamedPipesOfWindows() {
        assertThat(Endpoint.parse("\\\\.\\pipe\\com_1")).isInstanceOf(Endpoint.Pipe.class);
        Endpoint lasting = Endpoint.parse("com:pipe,port=\\\\.\\pipe\\com_1,resets=0,reconnect");
        assertThat(lasting).isInstanceOf(Endpoint.Lasting.class);
        assertThat(lasting.waits()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tcp:localhost            | is not host:port",
                "tcp:host:99999           | is not a port",
                "net:port=1               | has no key",
                "net:key=1.2.3            | has 3 parts",
                "net:key=1.2.3.$          | is not a number of base 36",
                "com:baud=9600            | names no port",
                "serial:COM1,fast         | is not a speed",
                "com:modem,port=COM1      | modems",
                "nonsense                 | is not the end of a line",
            })
    void saysWhatIsWrongWithAName(String name, String words) {
        assertThatThrownBy(() -> Endpoint.parse(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }
}
