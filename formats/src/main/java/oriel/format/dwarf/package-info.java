/**
 * DWARF debug information, versions 2 to 5, as MinGW compilers leave it in PE images: functions,
 * inlined functions and lines. Layout from "DWARF Debugging Information Format" versions 4 and 5.
 */
@NullMarked
package oriel.format.dwarf;

import org.jspecify.annotations.NullMarked;
