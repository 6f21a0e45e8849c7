package oriel.win32;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.model.AddressRange;
import oriel.model.Architecture;

/**
 * What the process environment block (PEB) of a running process tells.
 *
 * @param commandLine as the process was started; empty when it cannot be read
 * @param environment {@code NAME=value} in its order; names may appear twice
 * @param folder current directory; may be empty
 * @param imageBase where the program is mapped
 * @param beingDebugged the flag that programs ask
 */
public record ProcessBlock(
        Optional<String> commandLine,
        List<String> environment,
        String folder,
        OptionalLong imageBase,
        boolean beingDebugged) {
    private static final int MOST_ENVIRONMENT = 1 << 20;

    /** Copies the environment. */
    public ProcessBlock {
        environment = List.copyOf(environment);
    }

    static ProcessBlock read(ProcessMemory memory, Architecture architecture, OptionalLong peb) {
        if (peb.isEmpty()) {
            return new ProcessBlock(Optional.empty(), List.of(), "", OptionalLong.empty(), false);
        }
        long at = peb.getAsLong();
        boolean wide = architecture.is64Bit();
        OptionalLong parameters = memory.pointer(at + (wide ? 0x20 : 0x10), architecture);
        boolean debugged = memory.unsigned(at + 2, 1).orElse(0) != 0;
        OptionalLong base = memory.pointer(at + (wide ? 0x10 : 0x08), architecture);
        if (parameters.orElse(0) == 0) {
            return new ProcessBlock(Optional.empty(), List.of(), "", base, debugged);
        }
        long own = parameters.getAsLong();
        long environment = memory.pointer(own + (wide ? 0x80 : 0x48), architecture).orElse(0);
        return new ProcessBlock(
                unicode(memory, architecture, own + (wide ? 0x70 : 0x40)),
                environment == 0 ? List.of() : environment(memory, environment),
                unicode(memory, architecture, own + (wide ? 0x38 : 0x24)).orElse(""),
                base,
                debugged);
    }

    /** Reads what a UNICODE_STRING describes. */
    static Optional<String> unicode(ProcessMemory memory, Architecture architecture, long va) {
        int length = (int) memory.unsigned(va, 2).orElse(0);
        OptionalLong text = memory.pointer(va + architecture.pointerSize(), architecture);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes = memory.readUpTo(text.getAsLong(), length);
        return bytes.length < length
                ? Optional.empty()
                : Optional.of(new String(bytes, StandardCharsets.UTF_16LE));
    }

    private static List<String> environment(ProcessMemory memory, long va) {
        var found = new ArrayList<String>();
        // The block ends with its region at the latest.
        long room =
                memory.query(va)
                        .map(region -> region.range())
                        .map(AddressRange::end)
                        .map(end -> end - va)
                        .orElse(0L);
        byte[] bytes = memory.readUpTo(va, (int) Math.min(room, MOST_ENVIRONMENT));
        int start = 0;
        for (int at = 0; at + 1 < bytes.length; at += 2) {
            if (bytes[at] == 0 && bytes[at + 1] == 0) {
                if (at == start) {
                    break;
                }
                found.add(new String(bytes, start, at - start, StandardCharsets.UTF_16LE));
                start = at + 2;
            }
        }
        return found;
    }
}
