/**
 * What carries bytes to a kernel: serial lines, terminals, pipes, sockets. How an end is named, and
 * what is opened for it.
 */
@NullMarked
package oriel.kd.transport;

import org.jspecify.annotations.NullMarked;
