/** Reports and listings as text for people and JSON for programs. Decides nothing about a crash. */
@NullMarked
package oriel.app.render;

import org.jspecify.annotations.NullMarked;
