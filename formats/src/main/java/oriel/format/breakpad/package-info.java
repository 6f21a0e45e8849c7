/**
 * Breakpad symbol files ({@code .sym}): a text format with one record per line. Layout: "Breakpad
 * Symbol Files", docs/symbol_files.md of the Breakpad project.
 */
@NullMarked
package oriel.format.breakpad;

import org.jspecify.annotations.NullMarked;
