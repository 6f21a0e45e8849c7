/**
 * The crash report as data: immutable records, every section of which may be empty. Text and JSON
 * are both rendered from it. Knows nothing of how it was found out.
 */
@NullMarked
package oriel.triage.report;

import org.jspecify.annotations.NullMarked;
