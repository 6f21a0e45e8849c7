package oriel.engine.symbols;

import java.util.OptionalLong;
import oriel.model.LineSink;

/** Finds a line among those that have code, or the first one behind it. */
final class NearestLine implements LineSink {
    private final int wanted;
    private final long imageBytes;
    private int line = Integer.MAX_VALUE;
    private long rva = -1;

    /**
     * @param imageBytes code behind so many bytes was dropped by the linker
     */
    NearestLine(int wanted, long imageBytes) {
        this.wanted = wanted;
        this.imageBytes = imageBytes;
    }

    @Override
    public void accept(int each, long address) {
        boolean inside = address > 0 && address < imageBytes;
        if (inside && each >= wanted && (each < line || each == line && address < rva)) {
            line = each;
            rva = address;
        }
    }

    /** The lowest address of its code; empty when no line is as high. */
    OptionalLong rva() {
        return rva < 0 ? OptionalLong.empty() : OptionalLong.of(rva);
    }

    /** Whether a path ends with some of its folders and the file, in any case. */
    static boolean isPathOf(String path, String end) {
        int start = path.length() - end.length();
        if (start < 0 || start > 0 && !isSeparator(path.charAt(start - 1))) {
            return false;
        }
        for (int i = 0; i < end.length(); i++) {
            char a = path.charAt(start + i);
            char b = end.charAt(i);
            boolean same =
                    Character.toLowerCase(a) == Character.toLowerCase(b)
                            || isSeparator(a) && isSeparator(b);
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSeparator(char c) {
        return c == '/' || c == '\\';
    }
}
