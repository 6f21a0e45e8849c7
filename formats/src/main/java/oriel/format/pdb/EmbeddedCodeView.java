package oriel.format.pdb;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.format.msf.MsfStream;

/**
 * CodeView information from before there were PDB files, as images and DBG files carry it (NB05 to
 * NB11): a directory of subsections with symbols and lines. Read when it is walked. Layout:
 * "Microsoft Symbol and Type Information" (CodeView 4), {@code cvexefmt.h}.
 */
public final class EmbeddedCodeView {
    private static final int ENTRY_SIZE = 12;
    private static final int ALIGNED_SYMBOLS = 0x125;
    private static final int SOURCE_MODULE = 0x127;
    private static final int GLOBAL_SYMBOLS = 0x129;
    private static final int GLOBAL_PUBLICS = 0x12a;
    private static final int STATIC_SYMBOLS = 0x134;

    /** Sizes of the symbols and of two hash tables, in front of symbols that are global. */
    private static final int HASH_HEADER = 16;

    private static final int SIGNATURE_SIZE = 4;

    private final Bytes data;
    private final Bytes directory;
    private final int count;

    private EmbeddedCodeView(Bytes data) {
        this.data = data;
        long at = data.u32(4);
        int headerSize = data.u16(at);
        if (data.u16(at + 2) != ENTRY_SIZE) {
            throw data.error(at + 2, "entries of the directory have another size than 12");
        }
        count = data.checkedCount(data.u32(at + 4), ENTRY_SIZE, at + headerSize);
        directory = data.from(at + headerSize);
    }

    /** Takes a line of source. */
    @FunctionalInterface
    public interface LineSink {
        /**
         * @param section from 1
         * @param offset where its code begins in the section
         * @param line number, from 1
         * @param file path of the source
         */
        void line(int section, long offset, int line, String file);
    }

    /** The information; empty when it is something else, or its directory does not fit. */
    public static Optional<EmbeddedCodeView> of(Bytes data) {
        if (!data.contains(0, 8) || data.u16(0) != 0x424e) {
            return Optional.empty();
        }
        String version = data.utf8(2, 2);
        return switch (version) {
            case "05", "07", "08", "09", "11" -> {
                try {
                    yield Optional.of(new EmbeddedCodeView(data));
                } catch (FormatException e) {
                    yield Optional.empty();
                }
            }
            default -> Optional.empty();
        };
    }

    /**
     * Streams the symbols: those of modules first, then global ones, then those of the linker.
     * Subsections that do not fit are left out.
     */
    public void forEachSymbol(Consumer<SymbolRecord> sink) {
        forEach(ALIGNED_SYMBOLS, part -> symbols(part, SIGNATURE_SIZE, part.size(), sink));
        for (int kind : new int[] {GLOBAL_SYMBOLS, STATIC_SYMBOLS, GLOBAL_PUBLICS}) {
            forEach(
                    kind,
                    part -> {
                        if (part.contains(0, HASH_HEADER)) {
                            long end = Math.min(part.size(), HASH_HEADER + part.u32(4));
                            symbols(part, HASH_HEADER, end, sink);
                        }
                    });
        }
    }

    /** Streams the lines; what does not fit is left out. */
    public void forEachLine(LineSink sink) {
        forEach(SOURCE_MODULE, part -> lines(part, sink));
    }

    /** Parts that lie over each other are walked as often as all bytes allow, then no more. */
    private void forEach(int kind, Consumer<Bytes> sink) {
        long left = data.size();
        for (int i = 0; i < count; i++) {
            long at = (long) i * ENTRY_SIZE;
            long offset = directory.u32(at + 4);
            long size = directory.u32(at + 8);
            if (directory.u16(at) == kind && data.contains(offset, size) && size <= left) {
                left -= size;
                sink.accept(data.slice(offset, size));
            }
        }
    }

    private static void symbols(Bytes part, long start, long end, Consumer<SymbolRecord> sink) {
        var cursor = new SymbolCursor(MsfStream.of(part.slice(0, end)), start);
        while (cursor.next()) {
            sink.accept(SymbolRecord.read(cursor.record()));
        }
    }

    /** Files of a module, each with segments, each with offsets and as many line numbers. */
    private static void lines(Bytes part, LineSink sink) {
        try {
            int files = part.u16(0);
            long left = part.size();
            for (int i = 0; i < files && left > 0; i++) {
                left = file(part, part.u32(4 + 4L * i), left, sink);
            }
        } catch (FormatException e) {
            // What is left of a module that does not fit cannot be told from other bytes.
            return;
        }
    }

    /** Returns how many rows may still come: those of one part fit into it. */
    private static long file(Bytes part, long at, long most, LineSink sink) {
        long left = most;
        int segments = part.u16(at);
        long name = at + 4 + 12L * segments;
        byte[] path = part.copy(name + 1, part.u8(name));
        String file = new String(path, StandardCharsets.ISO_8859_1);
        for (int i = 0; i < segments && left > 0; i++) {
            long lines = part.u32(at + 4 + 4L * i);
            int section = part.u16(lines);
            int rows = part.u16(lines + 2);
            left -= 1 + rows;
            for (int row = 0; row < rows; row++) {
                sink.line(
                        section,
                        part.u32(lines + 4 + 4L * row),
                        part.u16(lines + 4 + 4L * rows + 2L * row),
                        file);
            }
        }
        return left - 1 - path.length;
    }
}
