/**
 * What stands between Oriel and a running target: what a backend must do, what it says, and how it
 * fails.
 */
@NullMarked
package oriel.driver;

import org.jspecify.annotations.NullMarked;
