package oriel.format.pe;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import oriel.bytes.Bytes;

/**
 * Walks the resource tree: type, id, language. Each directory is visited once, so a tree that
 * points into itself ends, and no more entries are read than there is room for; branches that leave
 * the directory are left out.
 */
final class ResourceReader {
    private static final int HEADER = 16;
    private static final int ENTRY = 8;
    private static final int LEAF = 16;
    private static final int LEVELS = 3;
    private static final long HIGH = 0x80000000L;

    private final Bytes tree;
    private final Set<Long> visited = new HashSet<>();
    private final List<Resource> found = new ArrayList<>();
    private final ResourceId[] path = new ResourceId[LEVELS];

    private long budget;

    private ResourceReader(Bytes tree) {
        this.tree = tree;
        this.budget = tree.size() / ENTRY;
    }

    /** All leaves of the tree that begins with a window. */
    static List<Resource> readAll(Bytes tree) {
        var reader = new ResourceReader(tree);
        reader.directory(0, 0);
        return List.copyOf(reader.found);
    }

    private void directory(long at, int level) {
        if (level >= LEVELS || !tree.contains(at, HEADER) || !visited.add(at)) {
            return;
        }
        int count = tree.u16(at + 12) + tree.u16(at + 14);
        for (int i = 0; i < count; i++) {
            long entry = at + HEADER + (long) i * ENTRY;
            if (!tree.contains(entry, ENTRY) || budget-- <= 0) {
                return;
            }
            path[level] = id(tree.u32(entry));
            long target = tree.u32(entry + 4);
            if ((target & HIGH) != 0) {
                directory(target & ~HIGH, level + 1);
            } else {
                leaf(target, level);
            }
        }
    }

    private void leaf(long at, int level) {
        if (level < 1 || !tree.contains(at, LEAF)) {
            return;
        }
        int language = level == LEVELS - 1 ? path[2].number() & 0xffff : 0;
        found.add(
                new Resource(
                        path[0],
                        path[1],
                        language,
                        tree.u32(at),
                        tree.u32(at + 4),
                        tree.u32(at + 8)));
    }

    private ResourceId id(long value) {
        if ((value & HIGH) == 0) {
            return new ResourceId((int) value, Optional.empty());
        }
        long at = value & ~HIGH;
        if (!tree.contains(at, 2) || !tree.contains(at + 2, tree.u16(at) * 2L)) {
            return new ResourceId(0, Optional.of(""));
        }
        return new ResourceId(0, Optional.of(tree.utf16(at + 2, tree.u16(at) * 2)));
    }
}
