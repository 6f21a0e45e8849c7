package oriel.app.render;

import oriel.model.MemoryRegion;

/** Page protection in four letters. */
final class Protections {
    private Protections() {}

    /** {@code rwx}, with {@code c} for copy-on-write and {@code g} for guard pages. */
    static String text(MemoryRegion region) {
        if (region.state() != MemoryRegion.State.COMMITTED) {
            return "";
        }
        int bits = region.protection();
        var text = new StringBuilder();
        text.append((bits & 0xee) != 0 ? 'r' : '-');
        text.append((bits & 0xcc) != 0 ? 'w' : '-');
        text.append((bits & 0xf0) != 0 ? 'x' : '-');
        if ((bits & 0x88) != 0) {
            text.append('c');
        }
        if (region.isGuard()) {
            text.append('g');
        }
        return text.toString();
    }
}
