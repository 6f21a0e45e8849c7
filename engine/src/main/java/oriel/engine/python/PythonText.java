package oriel.engine.python;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** One object in words, cut where it is long, deep or within itself. */
final class PythonText {
    private static final int DEEPEST = 4;
    private static final int MOST_ITEMS = 100;
    private static final int MOST_DIGITS = 1000;
    private static final int MOST_BYTES = 1000;
    private static final int MOST_LENGTH = 4000;

    // Py_TPFLAGS: the type is, or derives from, one of those below.
    private static final long INT = 1L << 24;
    private static final long LIST = 1L << 25;
    private static final long TUPLE = 1L << 26;
    private static final long BYTES = 1L << 27;
    private static final long TEXT = 1L << 28;
    private static final long DICT = 1L << 29;
    private static final long TYPE = 1L << 31;

    private final PythonLayout layout;
    private final PythonObjects objects;
    private final StringBuilder out = new StringBuilder();

    PythonText(PythonLayout layout, PythonObjects objects) {
        this.layout = layout;
        this.objects = objects;
    }

    String of(long va) {
        append(va, 0);
        return out.toString();
    }

    private void append(long va, int depth) {
        long type = va == 0 ? 0 : objects.type(va);
        long flags = objects.flags(type);
        String name = type == 0 ? "" : objects.nameOf(type);
        if (name.isEmpty()) {
            out.append("<no object at 0x").append(Long.toHexString(va)).append('>');
        } else if (depth > DEEPEST || out.length() > MOST_LENGTH) {
            out.append("...");
        } else if ((flags & TEXT) != 0) {
            quoted(objects.string(va), false);
        } else if ((flags & INT) != 0) {
            BigInteger number = integer(va);
            boolean truth = name.equals("bool");
            out.append(truth ? number.signum() != 0 ? "True" : "False" : number.toString());
        } else if ((flags & BYTES) != 0) {
            out.append('b');
            quotedBytes(va);
        } else if ((flags & TUPLE) != 0) {
            List<Long> items = objects.items(va, true, MOST_ITEMS + 1);
            list(items, items.size() == 1 ? "(,)" : "()", depth);
        } else if ((flags & LIST) != 0) {
            list(objects.items(va, false, MOST_ITEMS + 1), "[]", depth);
        } else if ((flags & DICT) != 0) {
            dictionary(objects.dictionary(va, MOST_ITEMS + 1), depth);
        } else if ((flags & TYPE) != 0) {
            out.append("<class '").append(objects.fullName(va)).append("'>");
        } else {
            named(name, va, depth);
        }
    }

    private void named(String name, long va, int depth) {
        switch (name) {
            case "NoneType" -> out.append("None");
            case "NotImplementedType" -> out.append("NotImplemented");
            case "ellipsis" -> out.append("Ellipsis");
            case "float" -> out.append(real(layout.at(va, PythonField.FLOAT_VALUE)));
            case "set" -> members("", "set", va, depth);
            case "frozenset" -> members("frozenset(", "frozenset", va, depth);
            case "function" -> called("function", va + 5L * layout.pointerSize());
            case "code" -> called("code", layout.at(va, PythonField.CODE_NAME));
            default -> instance(name, va, depth);
        }
    }

    private void members(String before, String empty, long va, int depth) {
        List<Long> members = objects.members(va, MOST_ITEMS + 1);
        if (members.isEmpty()) {
            out.append(empty).append("()");
            return;
        }
        out.append(before);
        list(members, "{}", depth);
        out.append(before.isEmpty() ? "" : ")");
    }

    private void called(String what, long nameAt) {
        String name = objects.string(layout.pointer(nameAt));
        out.append('<').append(what).append(' ').append(name).append('>');
    }

    private void instance(String name, long va, int depth) {
        out.append('<').append(name).append(" object at 0x").append(Long.toHexString(va));
        for (Map.Entry<String, Long> each : objects.attributes(va).entrySet()) {
            if (out.length() > MOST_LENGTH) {
                break;
            }
            out.append(' ').append(each.getKey()).append('=');
            append(each.getValue(), depth + 1);
        }
        out.append('>');
    }

    /** In brackets; with a comma behind the only item when the brackets say so. */
    private void list(List<Long> items, String brackets, int depth) {
        out.append(brackets.charAt(0));
        int count = 0;
        for (long item : items) {
            out.append(count == 0 ? "" : ", ");
            if (count++ == MOST_ITEMS || out.length() > MOST_LENGTH) {
                out.append("...");
                break;
            }
            append(item, depth + 1);
        }
        out.append(brackets, 1, brackets.length());
    }

    private void dictionary(List<PythonObjects.Entry> entries, int depth) {
        out.append('{');
        int count = 0;
        for (PythonObjects.Entry entry : entries) {
            out.append(count == 0 ? "" : ", ");
            if (count++ == MOST_ITEMS || out.length() > MOST_LENGTH) {
                out.append("...");
                break;
            }
            append(entry.keyVa(), depth + 1);
            out.append(": ");
            append(entry.valueVa(), depth + 1);
        }
        out.append('}');
    }

    /** Digits of 30 bits; until 3.11 the sign is the count's, then the lowest bits tell it. */
    private BigInteger integer(long va) {
        long size = layout.count(layout.at(va, PythonField.INT_SIZE));
        boolean old = layout.minor() == 11;
        long count = old ? Math.abs(size) : size >>> 3;
        boolean negative = old ? size < 0 : (size & 3) == 2;
        BigInteger value = BigInteger.ZERO;
        long digits = layout.at(va, PythonField.INT_DIGITS);
        for (int i = (int) Math.min(count, MOST_DIGITS) - 1; i >= 0; i--) {
            long digit = layout.number(digits + 4L * i, 4);
            value = value.shiftLeft(30).or(BigInteger.valueOf(digit));
        }
        return negative ? value.negate() : value;
    }

    /** As few digits as tell the number; an exponent when it is far from 1. */
    private String real(long va) {
        double value = Double.longBitsToDouble(layout.number(va, 8));
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return Double.toString(value);
        }
        BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int exponent = digits.precision() - digits.scale() - 1;
        if (exponent >= -4 && exponent < 16) {
            String plain = digits.toPlainString();
            return plain.indexOf('.') < 0 ? plain + ".0" : plain;
        }
        String mantissa = digits.movePointLeft(exponent).toPlainString();
        String size = Integer.toString(Math.abs(exponent));
        return mantissa + (exponent < 0 ? "e-" : "e+") + (size.length() < 2 ? "0" : "") + size;
    }

    private void quotedBytes(long va) {
        byte[] bytes =
                layout.bytes(layout.at(va, PythonField.BYTES_DATA), layout.size(va), MOST_BYTES);
        quoted(new String(bytes, StandardCharsets.ISO_8859_1), true);
    }

    /** In single quotes, unless there are some in the text and no double ones. */
    private void quoted(String text, boolean bytes) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        out.append(quote);
        text.codePoints().limit(MOST_LENGTH).forEach(c -> character(c, quote, bytes));
        out.append(quote);
    }

    private void character(int c, char quote, boolean bytes) {
        switch (c) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\\' -> out.append("\\\\");
            default -> {
                if (c < 0x20 || c == 0x7f || bytes && c > 0x7e || c > 0x7f && c <= 0xa0) {
                    out.append("\\x").append(Character.forDigit(c >> 4, 16));
                    out.append(Character.forDigit(c & 15, 16));
                } else {
                    out.append(c == quote ? "\\" : "").appendCodePoint(c);
                }
            }
        }
    }
}
