package oriel.app.render;

/** Something that a command found out, as members of a JSON object. */
@FunctionalInterface
public interface JsonFact {
    /** Nothing but the text of the command. */
    JsonFact NONE = json -> {};

    /** Writes the members. */
    void write(JsonPage json);
}
