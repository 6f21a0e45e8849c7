package oriel.triage.place;

import java.util.Optional;
import oriel.model.Architecture;

/** Recognises pointers that are text: a string has been copied over them. */
public final class PointerText {
    private PointerText() {}

    /**
     * The characters that make up a pointer, in memory order, when all its bytes are printable
     * ASCII, or all its 16-bit units are. On 64-bit targets also when the low four or more bytes
     * are and the rest is zero, because a copied string ends with zero.
     */
    public static Optional<String> of(long va, Architecture architecture) {
        int size = architecture.pointerSize();
        int length = 0;
        while (length < size && printable((int) (va >>> length * 8) & 0xff)) {
            length++;
        }
        boolean restIsZero = length == 8 || va >>> length * 8 == 0;
        if (length >= 4 && restIsZero) {
            return Optional.of(text(va, length, 8));
        }
        int units = 0;
        while (units < size / 2 && printable((int) (va >>> units * 16) & 0xffff)) {
            units++;
        }
        return units == size / 2 ? Optional.of(text(va, units, 16)) : Optional.empty();
    }

    private static boolean printable(int c) {
        return c >= 0x20 && c < 0x7f;
    }

    private static String text(long va, int count, int bits) {
        var text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append((char) (va >>> i * bits & 0x7f));
        }
        return text.toString();
    }
}
