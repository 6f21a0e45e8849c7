/** Page tables: physical memory and a root to an address space, and each level of a walk. */
@NullMarked
package oriel.engine.paging;

import org.jspecify.annotations.NullMarked;
