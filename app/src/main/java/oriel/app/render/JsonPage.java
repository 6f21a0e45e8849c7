package oriel.app.render;

import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * Writes JSON as it goes. What is absent is left out; addresses and other 64-bit numbers are
 * hexadecimal strings, because JSON numbers lose bits in most readers; times are ISO 8601 in UTC,
 * durations whole or broken seconds. For one thread.
 */
public final class JsonPage implements AutoCloseable {
    private final JsonGenerator json;

    /**
     * @param out where the bytes go; flushed, not closed
     * @param pretty whether to break and indent lines
     */
    public JsonPage(OutputStream out, boolean pretty) {
        JsonFactory factory =
                JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
        this.json =
                factory.createGenerator(
                        pretty ? new Pretty() : ObjectWriteContext.empty(), out, JsonEncoding.UTF8);
    }

    /** Line breaks the same on every system. */
    private static final class Pretty extends ObjectWriteContext.Base {
        @Override
        public tools.jackson.core.PrettyPrinter getPrettyPrinter() {
            var indenter = new DefaultIndenter("  ", "\n");
            return new DefaultPrettyPrinter()
                    .withObjectIndenter(indenter)
                    .withArrayIndenter(indenter);
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }

    /** Writes the members of an object. */
    @FunctionalInterface
    interface Members {
        void write();
    }

    /** Writes one element of a list. */
    @FunctionalInterface
    interface Element<T> {
        void write(T element);
    }

    /** An object at the top or in a list. */
    void object(Members members) {
        json.writeStartObject();
        members.write();
        json.writeEndObject();
    }

    /** A member that is an object. */
    void object(String name, Members members) {
        json.writeName(name);
        object(members);
    }

    /** A member that is a list of objects; left out when the list is empty. */
    <T> void objects(String name, Iterable<? extends T> elements, Element<T> element) {
        var iterator = elements.iterator();
        if (!iterator.hasNext()) {
            return;
        }
        json.writeName(name);
        json.writeStartArray();
        while (iterator.hasNext()) {
            T next = iterator.next();
            object(() -> element.write(next));
        }
        json.writeEndArray();
    }

    /** A member that is a list of texts; left out when the list is empty. */
    void texts(String name, Iterable<String> elements) {
        var iterator = elements.iterator();
        if (!iterator.hasNext()) {
            return;
        }
        json.writeName(name);
        json.writeStartArray();
        while (iterator.hasNext()) {
            json.writeString(wellFormed(iterator.next()));
        }
        json.writeEndArray();
    }

    /** A text; left out when it is empty. */
    void text(String name, String value) {
        if (!value.isEmpty()) {
            json.writeName(name);
            json.writeString(wellFormed(value));
        }
    }

    void text(String name, Optional<String> value) {
        value.ifPresent(v -> text(name, v));
    }

    /** A constant, written in lower case with dashes. */
    void word(String name, Enum<?> constant) {
        text(name, constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    void number(String name, long value) {
        json.writeName(name);
        json.writeNumber(value);
    }

    void number(String name, OptionalInt value) {
        value.ifPresent(v -> number(name, v));
    }

    void number(String name, OptionalLong value) {
        value.ifPresent(v -> number(name, v));
    }

    void flag(String name, boolean value) {
        json.writeName(name);
        json.writeBoolean(value);
    }

    /** An address or another number that is read in hexadecimal. */
    void hex(String name, long value) {
        text(name, hex(value));
    }

    void hex(String name, OptionalLong value) {
        value.ifPresent(v -> hex(name, v));
    }

    static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    void time(String name, Optional<Instant> value) {
        value.ifPresent(v -> text(name, Durations.iso(v)));
    }

    /** A duration in seconds. */
    void seconds(String name, Optional<Duration> value) {
        if (value.isPresent()) {
            json.writeName(name);
            json.writeNumber(value.get().getSeconds() + value.get().getNano() / 1e9);
        }
    }

    /** Ends a line: each top-level object is one line, or one block when pretty. */
    void endLine() {
        json.writeRaw('\n');
    }

    @Override
    public void close() {
        json.close();
    }

    /** Lone surrogates cannot be written as UTF-8. */
    private static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return new String(
                        text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        java.nio.charset.StandardCharsets.UTF_8);
            }
        }
        return text;
    }
}
