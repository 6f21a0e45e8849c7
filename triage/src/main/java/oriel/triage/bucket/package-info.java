/** What makes crashes of the same bug equal, on every machine and in every run. */
@NullMarked
package oriel.triage.bucket;

import org.jspecify.annotations.NullMarked;
