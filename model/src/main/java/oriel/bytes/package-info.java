/**
 * Checked little-endian windows over files and arrays: the only way Oriel looks at untrusted bytes.
 */
@NullMarked
package oriel.bytes;

import org.jspecify.annotations.NullMarked;
