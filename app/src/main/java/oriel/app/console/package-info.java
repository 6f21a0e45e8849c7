/** What interactive consoles share: command lines, input, and commands that look at a target. */
@NullMarked
package oriel.app.console;

import org.jspecify.annotations.NullMarked;
