package oriel.app.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import oriel.kd.KdEvents;
import oriel.kd.protocol.FileIo;

/**
 * Drivers of the target that are replaced while it loads them, by files of this machine. The map is
 * a text in the format of WinDbg's .kdfiles: lines {@code map}, the target's path, the file here.
 * For one thread.
 */
final class FileReplacements implements AutoCloseable {
    private static final int UNSUCCESSFUL = 0xc0000001;
    private static final int INVALID_HANDLE = 0xc0000008;
    private static final int END_OF_FILE = 0xc0000011;
    private static final int MOST_OPEN = 64;

    /** What one answer may carry. */
    private static final int MOST_BYTES = 3000;

    private final Map<String, Path> files = new HashMap<>();
    private final Map<Long, FileChannel> open = new HashMap<>();
    private long nextHandle = 1;

    /** Reads a map file; what it says counts beside what was said before. */
    int read(Path map) throws IOException {
        return read(Files.readAllLines(map));
    }

    /** The same of its lines. */
    int read(List<String> text) {
        var lines = new ArrayList<String>();
        for (String line : text) {
            if (!line.isBlank() && !line.strip().startsWith("#")) {
                lines.add(line.strip());
            }
        }
        for (int i = 0; i + 2 < lines.size(); i++) {
            if (lines.get(i).equalsIgnoreCase("map")) {
                put(lines.get(i + 1), Path.of(lines.get(i + 2)));
                i += 2;
            }
        }
        return files.size();
    }

    /** Replaces one file: of that path, or of that name when it has no folders. */
    void put(String targetPath, Path file) {
        files.put(plain(targetPath), file);
    }

    void clear() {
        files.clear();
    }

    /** What is replaced, in words. */
    List<String> list() {
        return files.entrySet().stream().map(e -> e.getKey() + " -> " + e.getValue()).toList();
    }

    private static String plain(String path) {
        String lower = path.toLowerCase(Locale.ROOT).replace('/', '\\');
        return lower.startsWith("\\??\\") ? lower.substring(4) : lower;
    }

    private Optional<Path> find(String targetPath) {
        String path = plain(targetPath);
        Path exact = files.get(path);
        Path byName = files.get(path.substring(path.lastIndexOf('\\') + 1));
        return Optional.ofNullable(exact == null ? byName : exact);
    }

    /** The answer to a request of the target. */
    byte[] answer(FileIo request) {
        try {
            return switch (request) {
                case FileIo.Create create -> create(create);
                case FileIo.Read read -> read(read);
                case FileIo.Close close -> close(close);
                case FileIo.Write write -> refuse(write, UNSUCCESSFUL);
                case FileIo.Other other -> refuse(other, UNSUCCESSFUL);
            };
        } catch (IOException e) {
            return refuse(request, UNSUCCESSFUL);
        }
    }

    private static byte[] refuse(FileIo request, int status) {
        return FileIo.answer(request.api(), status, 0, 0, new byte[0]);
    }

    private byte[] create(FileIo.Create request) throws IOException {
        Optional<Path> file = find(request.path());
        if (file.isEmpty() || !Files.isRegularFile(file.get()) || open.size() >= MOST_OPEN) {
            return refuse(request, KdEvents.NO_SUCH_FILE);
        }
        FileChannel channel = FileChannel.open(file.get(), StandardOpenOption.READ);
        long handle = nextHandle++;
        open.put(handle, channel);
        return FileIo.answer(request.api(), 0, handle, channel.size(), new byte[0]);
    }

    private byte[] read(FileIo.Read request) throws IOException {
        FileChannel channel = open.get(request.handle());
        if (channel == null) {
            return refuse(request, INVALID_HANDLE);
        }
        if (request.offset() < 0 || request.offset() >= channel.size()) {
            return refuse(request, END_OF_FILE);
        }
        ByteBuffer into = ByteBuffer.allocate((int) Math.min(MOST_BYTES, request.length()));
        while (into.hasRemaining() && channel.read(into, request.offset() + into.position()) > 0) {
            // until it is full or the file ends
        }
        byte[] data = Arrays.copyOf(into.array(), into.position());
        return FileIo.answer(request.api(), 0, request.handle(), data.length, data);
    }

    private byte[] close(FileIo.Close request) throws IOException {
        FileChannel channel = open.remove(request.handle());
        if (channel == null) {
            return refuse(request, INVALID_HANDLE);
        }
        channel.close();
        return refuse(request, 0);
    }

    @Override
    public void close() {
        for (FileChannel channel : open.values()) {
            try {
                channel.close();
            } catch (IOException e) {
                // It was only read.
            }
        }
        open.clear();
    }
}
