/**
 * Minidumps: the header, the directory, a record for each documented stream, and processor
 * contexts. Layouts are those of minidumpapiset.h (4-byte packing) and winnt.h of the Windows SDK,
 * of Breakpad's minidump_format.h and of Crashpad's minidump_extensions.h. Tables are decoded
 * record by record when they are asked for, so that a lying count costs nothing.
 */
@NullMarked
package oriel.format.minidump;

import org.jspecify.annotations.NullMarked;
