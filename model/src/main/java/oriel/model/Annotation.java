package oriel.model;

/**
 * Something further that a target tells about itself in words: a comment of whoever wrote the dump,
 * a memory counter, a key of a crash handler.
 *
 * @param group what it belongs to, e.g. {@code comment}, {@code memory}, {@code crashpad}
 * @param name what it is; may be empty
 * @param value as text
 */
public record Annotation(String group, String name, String value) {}
