package oriel.win32;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.bytes.Bytes;
import oriel.model.AddressRange;

/**
 * The exports of an image as they are in memory, which may differ from its file.
 *
 * @param names each named export with its ordinal
 * @param targets each ordinal with its address, those forwarded elsewhere excepted
 * @param forwards each ordinal that is forwarded, with {@code library.name}
 */
public record ModuleExports(
        Map<String, Integer> names, Map<Integer, Long> targets, Map<Integer, String> forwards) {
    private static final int MOST = 1 << 16;
    private static final int MOST_NAME = 1 << 10;

    /** Copies the tables. */
    public ModuleExports {
        names = Map.copyOf(names);
        targets = Map.copyOf(targets);
        forwards = Map.copyOf(forwards);
    }

    static ModuleExports read(ProcessMemory memory, long base) {
        var names = new HashMap<String, Integer>();
        var targets = new HashMap<Integer, Long>();
        var forwards = new HashMap<Integer, String>();
        AddressRange directory = MappedImage.read(memory, base).directory(0);
        byte[] all =
                memory.readUpTo(directory.start(), (int) Math.min(directory.sizeBytes(), 1 << 24));
        Bytes in = Bytes.of(all, "image in memory");
        if (in.contains(0, 40)) {
            long first = in.u32(16);
            var tables = new Tables(memory, base);
            Bytes functions = tables.of(in.u32(28), in.u32(20), 4);
            Bytes nameRvas = tables.of(in.u32(32), in.u32(24), 4);
            Bytes ordinals = tables.of(in.u32(36), in.u32(24), 2);
            for (int i = 0; i < functions.size() / 4; i++) {
                long va = base + functions.u32(i * 4L);
                int ordinal = (int) (first + i);
                if (directory.contains(va)) {
                    forwards.put(ordinal, text(in, va - directory.start()));
                } else if (va != base) {
                    targets.put(ordinal, va);
                }
            }
            for (int i = 0; i < Math.min(nameRvas.size() / 4, ordinals.size() / 2); i++) {
                long at = base + nameRvas.u32(i * 4L) - directory.start();
                // Names lie in the directory as a rule; linkers need not put them there.
                String name =
                        at >= 0 && at < in.size()
                                ? text(in, at)
                                : memory.text(directory.start() + at, false, MOST_NAME).orElse("");
                names.put(name, (int) (first + ordinals.u16(i * 2L)));
            }
        }
        return new ModuleExports(names, targets, forwards);
    }

    private static String text(Bytes in, long at) {
        return in.cString(at, MOST_NAME);
    }

    private record Tables(ProcessMemory memory, long base) {
        Bytes of(long rva, long count, int width) {
            return Bytes.of(
                    memory.readUpTo(base + rva, (int) Math.min(count, MOST) * width),
                    "table of exports");
        }
    }

    /** Address of an export by its name; empty when there is none or it is forwarded. */
    public OptionalLong address(String name) {
        Integer ordinal = names.get(name);
        return ordinal == null ? OptionalLong.empty() : address(ordinal);
    }

    /** Address of an export by its ordinal; empty when there is none or it is forwarded. */
    public OptionalLong address(int ordinal) {
        Long va = targets.get(ordinal);
        return va == null ? OptionalLong.empty() : OptionalLong.of(va);
    }

    /** Where a forwarded export leads, as {@code library.name}. */
    public Optional<String> forward(String name) {
        return Optional.ofNullable(names.get(name)).map(forwards::get);
    }
}
