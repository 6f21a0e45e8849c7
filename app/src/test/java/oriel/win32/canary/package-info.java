/** Classes that break the rules of the layers on purpose. */
@NullMarked
package oriel.win32.canary;

import org.jspecify.annotations.NullMarked;
