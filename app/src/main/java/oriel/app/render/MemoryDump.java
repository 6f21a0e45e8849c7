package oriel.app.render;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import oriel.engine.symbols.Symbolizer;
import oriel.model.Memory;
import oriel.model.Target;

/** Memory as text, in the forms of WinDbg's db, dw, dd, dc, dq, df, dD, dps, da and du. */
public final class MemoryDump {
    private static final int LINE = 16;
    private static final int CHUNK = 1 << 14;
    private static final int PEEK = 48;

    private final Page page;
    private final Target target;
    private final Memory memory;
    private final Symbolizer symbolizer;
    private final Addresses addresses;

    /** How memory is shown. */
    public enum Form {
        BYTES,
        WORDS,
        WORDS_TEXT,
        DWORDS,
        DWORDS_TEXT,
        QWORDS,
        FLOATS,
        DOUBLES,
        POINTERS,
        ASCII,
        UTF16
    }

    /** Writes memory of a target to a page. */
    public MemoryDump(Page page, Target target, Symbolizer symbolizer) {
        this(page, target, target.memory(), symbolizer);
    }

    /** Writes another memory of a target, such as the physical one, to a page. */
    public MemoryDump(Page page, Target target, Memory memory, Symbolizer symbolizer) {
        this.page = page;
        this.target = target;
        this.memory = memory;
        this.symbolizer = symbolizer;
        this.addresses = new Addresses(target.architecture());
    }

    /**
     * Writes some memory; what is missing shows as question marks. Returns whether any is there.
     */
    public boolean write(Form form, long va, int length) {
        return switch (form) {
            case BYTES -> numbers(va, length, 1, true);
            case WORDS -> numbers(va, length, 2, false);
            case WORDS_TEXT -> numbers(va, length, 2, true);
            case DWORDS -> numbers(va, length, 4, false);
            case DWORDS_TEXT -> numbers(va, length, 4, true);
            case QWORDS -> numbers(va, length, 8, false);
            case FLOATS -> fractions(va, length, 4);
            case DOUBLES -> fractions(va, length, 8);
            case POINTERS -> pointers(va, length);
            case ASCII -> string(va, length, 1);
            case UTF16 -> string(va, length, 2);
        };
    }

    private boolean numbers(long va, int length, int width, boolean text) {
        boolean any = false;
        var data = new byte[CHUNK];
        var there = new boolean[CHUNK];
        for (int done = 0; done < length && !page.isAbandoned(); done += CHUNK) {
            int part = Math.min(CHUNK, length - done);
            any |= read(va + done, data, there, part);
            for (int at = 0; at < part; at += LINE) {
                line(va + done + at, data, there, at, Math.min(LINE, part - at), width);
                if (text) {
                    characters(data, there, at, Math.min(LINE, part - at), width);
                }
                page.end();
            }
        }
        return any;
    }

    /** Reads what is there; a missing page leaves a hole. Returns whether anything is there. */
    private boolean read(long va, byte[] data, boolean[] there, int length) {
        java.util.Arrays.fill(there, false);
        boolean any = false;
        int at = 0;
        while (at < length) {
            int got = memory.read(va + at, data, at, length - at);
            java.util.Arrays.fill(there, at, at + got, true);
            any |= got > 0;
            at += got > 0 ? got : nextTry(va + at);
        }
        return any;
    }

    /** Bytes to pass over when one cannot be read: ranges of dumps begin at any multiple of 16. */
    private static int nextTry(long va) {
        return (int) (LINE - (va & (LINE - 1)));
    }

    private void line(long va, byte[] data, boolean[] there, int at, int count, int width) {
        page.text(addresses.text(va)).text(" ");
        for (int i = 0; i < count; i += width) {
            page.text(width == 1 && i == LINE / 2 ? "-" : " ");
            boolean whole = i + width <= count;
            for (int b = 0; b < width && whole; b++) {
                whole = there[at + i + b];
            }
            long value = 0;
            for (int b = width - 1; b >= 0 && whole; b--) {
                value = value << 8 | data[at + i + b] & 0xff;
            }
            page.text(whole ? Page.hexText(value, width * 2) : "?".repeat(width * 2));
        }
    }

    private void characters(byte[] data, boolean[] there, int at, int count, int width) {
        int numbers = width == 1 ? LINE * 3 : LINE / width * (2 * width + 1);
        page.to(addresses.digits() + 2 + numbers + 1);
        for (int i = 0; i < count; i++) {
            byte b = data[at + i];
            boolean shown = there[at + i] && b >= 0x20 && b < 0x7f;
            page.text(shown ? Character.toString((char) b) : there[at + i] ? "." : " ");
        }
    }

    /** One number to a line, as WinDbg has it. */
    private boolean fractions(long va, int length, int width) {
        boolean any = false;
        for (int at = 0; at + width <= length && !page.isAbandoned(); at += width) {
            OptionalLong bits = memory.unsigned(va + at, width);
            page.text(addresses.text(va + at)).text("  ");
            any |= bits.isPresent();
            if (bits.isEmpty()) {
                page.line("?".repeat(width * 2));
            } else if (width == 4) {
                page.line(Float.toString(Float.intBitsToFloat((int) bits.getAsLong())));
            } else {
                page.line(Double.toString(Double.longBitsToDouble(bits.getAsLong())));
            }
        }
        return any;
    }

    private boolean pointers(long va, int length) {
        int width = target.architecture().pointerSize();
        boolean any = false;
        for (int at = 0; at + width <= length && !page.isAbandoned(); at += width) {
            OptionalLong value = memory.unsigned(va + at, width);
            page.text(addresses.text(va + at)).text("  ");
            if (value.isEmpty()) {
                page.line("?".repeat(width * 2));
                continue;
            }
            any = true;
            page.hex(value.getAsLong(), width * 2);
            String meaning = meaning(value.getAsLong());
            page.text(meaning.isEmpty() ? "" : "  ").styled(Style.NAME, meaning).end();
        }
        return any;
    }

    /** What a pointer leads to, in short: a symbol or a text; empty when neither. */
    public String meaning(long value) {
        if (target.moduleAt(value).isPresent()) {
            return symbolizer.locate(value).label();
        }
        byte[] bytes = target.memory().readUpTo(value, PEEK);
        String narrow = text(bytes, 1);
        String wide = text(bytes, 2);
        if (narrow.length() >= 4) {
            return "\"" + narrow + "\"";
        }
        return wide.length() >= 4 ? "L\"" + wide + "\"" : "";
    }

    /** Printable characters at the start of bytes. */
    private static String text(byte[] bytes, int width) {
        var text = new StringBuilder();
        for (int i = 0; i + width <= bytes.length; i += width) {
            if (bytes[i] < 0x20 || bytes[i] == 0x7f || width == 2 && bytes[i + 1] != 0) {
                break;
            }
            text.append((char) bytes[i]);
        }
        return text.toString();
    }

    private boolean string(long va, int length, int width) {
        byte[] bytes = memory.readUpTo(va, length / width * width);
        int end = 0;
        while (end + width <= bytes.length
                && (bytes[end] != 0 || width == 2 && bytes[end + 1] != 0)) {
            end += width;
        }
        if (bytes.length == 0) {
            return false;
        }
        var charset = width == 2 ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8;
        page.text(addresses.text(va)).text("  \"");
        page.text(new String(bytes, 0, end, charset)).line("\"");
        return true;
    }
}
