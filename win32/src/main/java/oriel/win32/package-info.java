/**
 * Windows processes from outside, without a debugger attached: the system as a snapshot, processes,
 * memory, threads, modules, windows, services, the registry. Failures are {@link
 * oriel.driver.DriverException}s that name the call. Needs Windows (or Wine) and a 64-bit JVM; no
 * class of JNA is loaded before the first use.
 */
@NullMarked
package oriel.win32;

import org.jspecify.annotations.NullMarked;
