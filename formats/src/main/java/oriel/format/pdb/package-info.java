/**
 * Program databases: symbols, lines and types of native images, read in place and record by record.
 */
@NullMarked
package oriel.format.pdb;

import org.jspecify.annotations.NullMarked;
