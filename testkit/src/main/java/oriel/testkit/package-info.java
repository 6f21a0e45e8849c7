/** Builders of synthetic files and targets, and the finder of real ones: for tests only. */
@NullMarked
package oriel.testkit;

import org.jspecify.annotations.NullMarked;
