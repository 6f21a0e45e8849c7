package oriel.kd.transport;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import oriel.kd.net.KdnetKey;

/** How the end of a line is named, and opened. */
public sealed interface Endpoint {
    /** The usual speed of a line to a kernel debugger. */
    int DEFAULT_BAUD = 115_200;

    /**
     * Opens the line.
     *
     * @throws IOException naming the line and what is wrong with it
     */
    Transport open() throws IOException;

    /** The same line, opened again whenever its other end has gone. */
    default Transport openAgainAndAgain() throws IOException {
        return new ReconnectingTransport(toString(), this::open);
    }

    /**
     * Whether it is a line to which the other end comes by itself, so that none has to be there.
     */
    default boolean waits() {
        return false;
    }

    /** A TCP server. */
    record Tcp(String host, int port) implements Endpoint {
        @Override
        public Transport open() throws IOException {
            return TcpTransport.connect(host, port);
        }

        @Override
        public String toString() {
            return "tcp:" + host + ":" + port;
        }
    }

    /** A TCP port of this machine to which the other end connects, again and again. */
    record Listen(String address, int port) implements Endpoint {
        @Override
        public Transport open() throws IOException {
            return listen(false);
        }

        @Override
        public Transport openAgainAndAgain() throws IOException {
            return listen(true);
        }

        private Transport listen(boolean again) throws IOException {
            return new ListeningTransport(
                    address.isEmpty() ? null : InetAddress.getByName(address), port, again);
        }

        @Override
        public boolean waits() {
            return true;
        }

        @Override
        public String toString() {
            return "listen:" + (address.isEmpty() ? "" : address + ":") + port;
        }
    }

    /** A serial port. */
    record Serial(String device, int baud) implements Endpoint {
        @Override
        public Transport open() throws IOException {
            return Terminal.isPseudo(device)
                    ? Terminal.open(device)
                    : new SerialTransport(device, baud);
        }

        @Override
        public String toString() {
            return "serial:" + device + "," + baud;
        }
    }

    /** A pseudo-terminal. */
    record Pty(String device) implements Endpoint {
        @Override
        public Transport open() throws IOException {
            return Terminal.open(device);
        }

        @Override
        public String toString() {
            return "pty:" + device;
        }
    }

    /**
     * A named pipe of Windows, or what stands for one elsewhere: a socket in the file system, or
     * two FIFOs whose names end in .in and .out, as QEMU has them.
     */
    record Pipe(String path) implements Endpoint {
        @Override
        public Transport open() throws IOException {
            if (path.startsWith("\\\\")) {
                return NamedPipe.open(path);
            }
            Path in = Path.of(path + ".in");
            Path out = Path.of(path + ".out");
            if (!Files.exists(in) || !Files.exists(out)) {
                return UnixSocket.connect(path);
            }
            // Opening a FIFO waits for the other end. QEMU opens both for reading and writing.
            var writer = new FileOutputStream(in.toFile());
            InputStream reader = new FileInputStream(out.toFile());
            return new StreamTransport("pipe:" + path, reader, writer);
        }

        @Override
        public String toString() {
            return "pipe:" + path;
        }
    }

    /** A socket in the file system. */
    record Unix(String path) implements Endpoint {
        @Override
        public Transport open() throws IOException {
            return UnixSocket.connect(path);
        }

        @Override
        public String toString() {
            return "unix:" + path;
        }
    }

    /** A UDP port to which a target sends by KDNET. */
    record Net(int port, KdnetKey key) implements Endpoint {
        @Override
        public Transport open() throws IOException {
            var random = new java.security.SecureRandom();
            return new KdnetTransport(port, key, random::nextBytes);
        }

        @Override
        public Transport openAgainAndAgain() throws IOException {
            return open();
        }

        @Override
        public boolean waits() {
            return true;
        }

        @Override
        public String toString() {
            return "net:port=" + port;
        }
    }

    /** Any of them, opened again whenever its other end has gone. */
    record Lasting(Endpoint of) implements Endpoint {
        @Override
        public Transport open() throws IOException {
            return of.openAgainAndAgain();
        }

        @Override
        public Transport openAgainAndAgain() throws IOException {
            return open();
        }

        @Override
        public boolean waits() {
            return true;
        }

        @Override
        public String toString() {
            return of.toString();
        }
    }

    /**
     * Reads a name: {@code tcp:host:port}, {@code listen:[address:]port}, {@code
     * serial:device[,baud]}, {@code pty:device}, {@code pipe:path}, {@code unix:path}, {@code
     * net:port=n,key=w.x.y.z}, a path alone, or what WinDbg takes after {@code -k}: {@code
     * com:port=COM1,baud=115200}, {@code com:pipe,port=\\.\pipe\name,reconnect}, {@code
     * com:ipport=n,port=address}.
     *
     * @throws IllegalArgumentException saying what is wrong with the name
     */
    static Endpoint parse(String name) {
        String text = name.strip();
        int colon = text.indexOf(':');
        String kind = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = text.substring(colon + 1);
        return switch (kind) {
            case "tcp" -> tcp(rest);
            case "listen" -> listen(rest);
            case "serial" -> serial(rest);
            case "pty" -> new Pty(rest);
            case "pipe" -> new Pipe(rest);
            case "unix" -> new Unix(rest);
            case "net" -> net(rest);
            case "com" -> com(rest);
            default -> path(text);
        };
    }

    /** {@code host:port}, where a host of IPv6 is in brackets. */
    static Endpoint tcp(String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException("'" + text + "' is not host:port");
        }
        String host = text.substring(0, colon);
        boolean brackets = host.startsWith("[") && host.endsWith("]");
        return new Tcp(
                brackets ? host.substring(1, host.length() - 1) : host,
                port(text.substring(colon + 1)));
    }

    /** {@code port} or {@code address:port}. */
    static Endpoint listen(String text) {
        int colon = text.lastIndexOf(':');
        return new Listen(
                colon < 0 ? "" : text.substring(0, colon), port(text.substring(colon + 1)));
    }

    /** {@code device} or {@code device,baud}. */
    static Endpoint serial(String text) {
        int comma = text.lastIndexOf(',');
        return comma < 0
                ? new Serial(text, DEFAULT_BAUD)
                : new Serial(text.substring(0, comma), baud(text.substring(comma + 1)));
    }

    /** {@code port:n,key:w.x.y.z} or {@code port=n,key=w.x.y.z}. */
    static Endpoint net(String text) {
        Map<String, String> values = values(text);
        String key = values.getOrDefault("key", "");
        if (key.isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' has no key: net:port=n,key=w.x.y.z");
        }
        return new Net(port(values.getOrDefault("port", "50000")), KdnetKey.parse(key));
    }

    private static Endpoint com(String text) {
        Map<String, String> values = values(text);
        boolean again = values.containsKey("reconnect");
        String port = values.getOrDefault("port", "");
        if (port.isEmpty()) {
            throw new IllegalArgumentException("'com:" + text + "' names no port");
        }
        if (values.containsKey("modem")) {
            throw new IllegalArgumentException("modems are not supported");
        }
        Endpoint found =
                values.containsKey("ipport")
                        ? new Tcp(port, port(values.getOrDefault("ipport", "")))
                        : values.containsKey("pipe") || isPipe(port)
                                ? new Pipe(port)
                                : new Serial(
                                        port,
                                        baud(
                                                values.getOrDefault(
                                                        "baud", Integer.toString(DEFAULT_BAUD))));
        return again ? new Lasting(found) : found;
    }

    /** A name of Windows that is not that of a port: COM10 and above are {@code \\.\COM10}. */
    private static boolean isPipe(String name) {
        return name.startsWith("\\\\") && !name.regionMatches(true, 0, "\\\\.\\COM", 0, 7);
    }

    private static Endpoint path(String text) {
        if (isPipe(text)) {
            return new Pipe(text);
        }
        if (Terminal.isPseudo(text)) {
            return new Pty(text);
        }
        boolean port = text.regionMatches(true, 0, "COM", 0, 3) || text.startsWith("\\\\");
        if (port || text.startsWith("/dev/")) {
            return serial(text);
        }
        if (text.contains("/")) {
            return new Pipe(text);
        }
        throw new IllegalArgumentException(
                "'"
                        + text
                        + "' is not the end of a line: tcp:host:port, listen:port,"
                        + " serial:device,baud, pty:device, pipe:path, unix:path or"
                        + " net:port=n,key=w.x.y.z");
    }

    /** {@code a=1,b:2,c}: a value that is absent is empty text. */
    private static Map<String, String> values(String text) {
        var values = new HashMap<String, String>();
        for (String part : text.split(",")) {
            int equals = part.indexOf('=');
            int at = equals >= 0 ? equals : part.indexOf(':');
            String word = at < 0 ? part : part.substring(0, at);
            String value = at < 0 ? "" : part.substring(at + 1).strip();
            values.put(word.strip().toLowerCase(Locale.ROOT), value);
        }
        return values;
    }

    private static int port(String text) {
        return number(text, 65535, "port");
    }

    private static int baud(String text) {
        return number(text, 10_000_000, "speed in baud");
    }

    private static int number(String text, int most, String what) {
        try {
            int value = Integer.parseInt(text.strip());
            if (value >= 0 && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("'" + text + "' is not a " + what);
    }
}
