package oriel.win32;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.OptionalLong;

/** Writes keys as the registry editor does: text of version 5.00, which it also reads back. */
public final class RegistryExport {
    private static final int WIDTH = 80;

    private RegistryExport() {}

    /**
     * Writes a key and all in it.
     *
     * @throws IOException when the text cannot be written
     */
    public static void write(Registry registry, String path, Appendable out) throws IOException {
        out.append("Windows Registry Editor Version 5.00\r\n");
        try {
            registry.walk(
                    path,
                    key -> {
                        try {
                            write(key, out);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                        return true;
                    });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void write(RegistryKey key, Appendable out) throws IOException {
        out.append("\r\n[").append(Registry.longPath(key.path())).append("]\r\n");
        for (RegistryValue value : key.values()) {
            String name = value.name().isEmpty() ? "@" : quoted(value.name());
            out.append(line(name + "=", value)).append("\r\n");
        }
    }

    private static String line(String name, RegistryValue value) {
        OptionalLong number = value.number();
        boolean plainText =
                value.is(RegistryValue.Type.SZ)
                        && value.data().length == (value.texts().get(0).length() + 1) * 2;
        if (plainText && value.texts().get(0).chars().noneMatch(c -> c < ' ')) {
            return name + quoted(value.texts().get(0));
        }
        if (value.is(RegistryValue.Type.DWORD) && number.isPresent()) {
            return name + "dword:" + HexFormat.of().toHexDigits((int) number.getAsLong());
        }
        boolean binary = value.is(RegistryValue.Type.BINARY);
        return hex(
                name + (binary ? "hex:" : "hex(" + Integer.toHexString(value.type()) + "):"),
                value.data());
    }

    /** Bytes with commas; lines that grow too long go on after a backslash. */
    private static String hex(String start, byte[] data) {
        var text = new StringBuilder(start);
        int column = start.length();
        for (int i = 0; i < data.length; i++) {
            text.append(HexFormat.of().toHexDigits(data[i]));
            column += 3;
            if (i + 1 < data.length) {
                text.append(',');
                if (column > WIDTH - 4) {
                    text.append("\\\r\n  ");
                    column = 2;
                }
            }
        }
        return text.toString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
