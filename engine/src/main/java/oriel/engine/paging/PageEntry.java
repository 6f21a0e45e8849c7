package oriel.engine.paging;

/**
 * One step of a walk.
 *
 * @param level PXE, PPE, PDE, PTE; PLE for the fifth level; PROTO for a prototype entry
 * @param pa physical address of the entry; its virtual address for a prototype entry
 * @param value the entry
 * @param flags its bits in words: {@code V} valid, {@code W} or {@code R}, {@code K} or {@code U},
 *     {@code E} or {@code -}, {@code L} large, {@code D} dirty, {@code A} accessed, {@code G}
 *     global
 */
public record PageEntry(String level, long pa, long value, String flags) {}
