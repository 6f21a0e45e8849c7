package oriel.app.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import oriel.testkit.Corpus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The parts of docs/oriel.schema.json that are about lines of consoles. */
public final class ConsoleSchema {
    private ConsoleSchema() {}

    private static Schema schema(String definition) throws IOException {
        ObjectNode all =
                (ObjectNode)
                        JsonMapper.shared()
                                .readTree(
                                        Files.readString(
                                                Corpus.projectRoot()
                                                        .resolve("docs/oriel.schema.json")));
        var own = JsonMapper.shared().createObjectNode();
        own.set("$schema", all.get("$schema"));
        own.put("$ref", "#/$defs/" + definition);
        own.set("$defs", all.get("$defs"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(own.toString(), InputFormat.JSON);
    }

    /** Checks lines, each of which is an event or the result of a command; returns them. */
    public static List<JsonNode> check(String lines) throws IOException {
        Schema event = schema("debugEvent");
        Schema result = schema("commandResult");
        return lines.lines()
                .map(
                        line -> {
                            boolean isEvent = line.startsWith("{\"event\"");
                            assertThat((isEvent ? event : result).validate(line, InputFormat.JSON))
                                    .as(line)
                                    .isEmpty();
                            return JsonMapper.shared().readTree(line);
                        })
                .toList();
    }
}
