package oriel.triage.reason;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.triage.report.Fact;

/**
 * Class and message of an exception of Delphi or Free Pascal: the second parameter is the object,
 * whose first field is the class. Before the class lies, at an offset that depends on version and
 * width, a pointer to its name: a length byte, then characters. The message is the first field
 * after the class pointer: UTF-16 or ANSI text with its length in the four bytes before it.
 */
final class DelphiThrow {
    /** Offsets of vmtClassName: Delphi 2009 and later, older; the same for 64 bits. */
    private static final int[] NAME_OFFSETS_32 = {-56, -44};

    private static final int[] NAME_OFFSETS_64 = {-112, -136, -88};
    private static final int LONGEST_MESSAGE = 512;

    private DelphiThrow() {}

    static List<Fact> facts(List<Long> parameters, TargetText text, int pointerSize) {
        if (parameters.size() < 2) {
            return List.of();
        }
        var facts = new ArrayList<Fact>();
        long object = parameters.get(1);
        OptionalLong type = text.pointer(object);
        if (type.isPresent()) {
            className(type.getAsLong(), text, pointerSize)
                    .ifPresent(name -> facts.add(new Fact("exception class", name)));
        }
        OptionalLong message = text.pointer(object + pointerSize);
        if (message.isPresent()) {
            message(message.getAsLong(), text)
                    .ifPresent(words -> facts.add(new Fact("message", words)));
        }
        return facts;
    }

    private static Optional<String> className(long type, TargetText text, int pointerSize) {
        for (int offset : pointerSize == 8 ? NAME_OFFSETS_64 : NAME_OFFSETS_32) {
            OptionalLong name = text.pointer(type + offset);
            if (name.isEmpty()) {
                continue;
            }
            OptionalLong header = text.u32(name.getAsLong());
            int length = (int) (header.orElse(0) & 0xff);
            Optional<String> found = text.ascii(name.getAsLong() + 1, length, 255);
            if (found.isPresent() && Character.isJavaIdentifierStart(found.get().charAt(0))) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> message(long va, TargetText text) {
        OptionalLong length = text.u32(va - 4);
        if (va == 0 || length.isEmpty() || length.getAsLong() > 0x10000) {
            return Optional.empty();
        }
        int count = (int) length.getAsLong();
        // ANSI text has no zero bytes within; UTF-16 of western languages has one in two.
        return text.ascii(va, count, LONGEST_MESSAGE)
                .or(() -> text.utf16(va, count, LONGEST_MESSAGE));
    }
}
