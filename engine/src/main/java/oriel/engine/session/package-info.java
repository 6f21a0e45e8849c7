/**
 * Runs targets: one thread that owns a driver, breakpoints of all kinds, steps, hooks and traces,
 * and what the system says turned into what it means. Knows no operating system.
 */
@NullMarked
package oriel.engine.session;

import org.jspecify.annotations.NullMarked;
