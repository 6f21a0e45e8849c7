/**
 * Kernel crash dumps of Windows: the header, where each physical page lies in the file, and the
 * lists of small dumps. Layouts: {@code docs/formats/kdump.md}.
 */
@NullMarked
package oriel.format.kdump;

import org.jspecify.annotations.NullMarked;
