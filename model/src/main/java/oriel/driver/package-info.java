/** What stands between Oriel and a running target, and how it fails. */
@NullMarked
package oriel.driver;

import org.jspecify.annotations.NullMarked;
