package oriel.win32;

/**
 * A rectangle of pixels.
 *
 * @param x left edge
 * @param y upper edge
 * @param width in pixels
 * @param height in pixels
 */
public record WindowArea(int x, int y, int width, int height) {
    static WindowArea ofEdges(int[] edges) {
        return new WindowArea(edges[0], edges[1], edges[2] - edges[0], edges[3] - edges[1]);
    }
}
