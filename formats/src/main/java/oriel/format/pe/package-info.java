/** Portable Executable images: headers, directories, unwind data; as files or mapped in memory. */
@NullMarked
package oriel.format.pe;

import org.jspecify.annotations.NullMarked;
