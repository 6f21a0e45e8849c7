package oriel.win32;

/**
 * A page whose protection was changed so that accesses to it stop.
 *
 * @param before PAGE_* bits that the program sees
 * @param closed PAGE_* bits that are in force
 */
record ClosedPage(int before, int closed) {}
