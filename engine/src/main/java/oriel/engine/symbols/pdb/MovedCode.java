package oriel.engine.symbols.pdb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import oriel.format.pdb.OmapTable;
import oriel.format.pdb.SortedPlaces;

/**
 * A piece of code that is together in an image whose blocks were moved after linking.
 *
 * @param rva where it lies in the image
 * @param sizeBytes of the piece, with what was inserted into it
 * @param sourceOffset how far it lay behind the begin of the code before blocks were moved
 */
record MovedCode(long rva, long sizeBytes, long sourceOffset) {
    /**
     * Finds the pieces of code by address in the image. Blocks that follow each other are one
     * piece, with those between them that are new.
     *
     * @param map from the image to the source
     * @param bySource positions in the map, by address in the source
     */
    static List<MovedCode> of(OmapTable map, SortedPlaces bySource, long source, long end) {
        int[] blocks = blocks(map, bySource, source, end);
        var pieces = new ArrayList<MovedCode>();
        for (int i = 0; i < blocks.length; ) {
            int first = blocks[i];
            int last = first;
            for (i++; i < blocks.length && onlyNewBetween(map, last, blocks[i]); i++) {
                last = blocks[i];
            }
            long skipped = Math.max(0, source - map.to(first));
            long start = map.from(first) + skipped;
            long stop = end(map, bySource, last, end);
            if (stop > start) {
                pieces.add(new MovedCode(start, stop - start, map.to(first) + skipped - source));
            }
        }
        return pieces;
    }

    /** Positions of the blocks that hold parts of a piece of source, in the order of the image. */
    private static int[] blocks(OmapTable map, SortedPlaces bySource, long source, long end) {
        int at = bySource.floor(source);
        at = at < 0 ? 0 : bySource.first(bySource.key(at));
        var found = new int[16];
        int count = 0;
        for (; at < bySource.size() && bySource.key(at) < end; at++) {
            if (count == found.length) {
                found = Arrays.copyOf(found, count * 2);
            }
            int block = (int) bySource.place(at);
            // Of copies of a block only the one that is long enough reaches into the code.
            if (source - bySource.key(at) < sizeBytes(map, block)) {
                found[count++] = block;
            }
        }
        found = Arrays.copyOf(found, count);
        Arrays.sort(found);
        return found;
    }

    /** Length of a block in the image; the last one has no end. */
    static long sizeBytes(OmapTable map, int block) {
        return block + 1 < map.size() ? map.from(block + 1) - map.from(block) : Long.MAX_VALUE;
    }

    private static boolean onlyNewBetween(OmapTable map, int block, int next) {
        int at = block + 1;
        while (at < next && map.to(at) < 0) {
            at++;
        }
        return at == next;
    }

    /** Where a block ends in the image, without the new ones behind it. */
    private static long end(OmapTable map, SortedPlaces bySource, int block, long sourceEnd) {
        int next = block + 1;
        long start = map.from(block);
        long stop = next < map.size() ? map.from(next) : start + sourceEnd - map.to(block);
        int after = bySource.floor(map.to(block)) + 1;
        boolean cut = after >= bySource.size() || bySource.key(after) > sourceEnd;
        return cut ? Math.min(stop, start + sourceEnd - map.to(block)) : stop;
    }
}
