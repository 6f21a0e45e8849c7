/**
 * Windows as it is: functions by their own names, structures by their offsets. Handles and
 * addresses are {@code long}, so a 64-bit JVM is needed. Only {@code oriel.win32} uses this.
 */
@NullMarked
package oriel.win32.raw;

import org.jspecify.annotations.NullMarked;
