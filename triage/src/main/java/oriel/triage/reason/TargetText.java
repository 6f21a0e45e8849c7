package oriel.triage.reason;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.model.Architecture;
import oriel.model.Memory;

/** Reads text and pointers out of a target for reports: short, printable, or not at all. */
final class TargetText {
    private final Memory memory;
    private final Architecture architecture;

    TargetText(Memory memory, Architecture architecture) {
        this.memory = memory;
        this.architecture = architecture;
    }

    /** A pointer. */
    OptionalLong pointer(long va) {
        return memory.pointer(va & architecture.addressMask(), architecture);
    }

    /** An unsigned 32-bit number. */
    OptionalLong u32(long va) {
        return memory.unsigned(va & architecture.addressMask(), 4);
    }

    /** Printable ASCII up to a NUL within {@code limit} bytes; empty when there is none. */
    Optional<String> ascii(long va, int limit) {
        byte[] bytes = memory.readUpTo(va & architecture.addressMask(), limit);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                return i == 0 ? Optional.empty() : Optional.of(text(bytes, i));
            }
            if (bytes[i] < 0x20 || bytes[i] == 0x7f) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** ASCII of a known length; empty when a byte is not printable. */
    Optional<String> ascii(long va, int length, int limit) {
        if (length <= 0 || length > limit) {
            return Optional.empty();
        }
        byte[] bytes = memory.readUpTo(va & architecture.addressMask(), length);
        for (byte b : bytes) {
            if (b < 0x20 || b == 0x7f) {
                return Optional.empty();
            }
        }
        return bytes.length < length ? Optional.empty() : Optional.of(text(bytes, length));
    }

    /** UTF-16 of a known number of units; control characters become spaces. */
    Optional<String> utf16(long va, int units, int limit) {
        if (units <= 0) {
            return Optional.empty();
        }
        int length = Math.min(units, limit) * 2;
        byte[] bytes = memory.readUpTo(va & architecture.addressMask(), length);
        if (bytes.length < length) {
            return Optional.empty();
        }
        return Optional.of(clean(new String(bytes, StandardCharsets.UTF_16LE)));
    }

    /** Any text made safe to show in one line: control characters become spaces. */
    static String clean(String text) {
        var out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(Character.isISOControl(c) ? ' ' : c);
        }
        return out.toString().strip();
    }

    private static String text(byte[] bytes, int length) {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }
}
