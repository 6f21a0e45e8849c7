/**
 * The commands of the command line: they open targets, ask the packages below and hand the answers
 * to {@code oriel.app.render}.
 */
@NullMarked
package oriel.app.cli;

import org.jspecify.annotations.NullMarked;
