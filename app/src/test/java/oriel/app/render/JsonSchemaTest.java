package oriel.app.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import oriel.app.cli.CommandLineTool;
import oriel.app.cli.Console;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON of real dumps follows docs/oriel.schema.json. */
class JsonSchemaTest {
    private static final Schema SCHEMA = schema();

    private static Schema schema() {
        try {
            String text = Files.readString(Corpus.projectRoot().resolve("docs/oriel.schema.json"));
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(text, InputFormat.JSON);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String json(String... args) {
        var out = new ByteArrayOutputStream();
        var stream = new PrintStream(out, false, StandardCharsets.UTF_8);
        new CommandLineTool(new Console(stream, stream, false, false, Map.of())).run(args);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static void check(Path dump) {
        String text = json("analyze", "--json", dump.toString());
        assertThat(SCHEMA.validate(text, InputFormat.JSON)).as(dump.toString()).isEmpty();
        JsonNode report = JsonMapper.shared().readTree(text);
        assertThat(report.get("version").asInt()).isEqualTo(1);
        assertNoNullOrEmpty(report);
    }

    /** The first rule is about absence: what is unknown is left out, not null or empty. */
    private static void assertNoNullOrEmpty(JsonNode node) {
        assertThat(node.isNull()).isFalse();
        if (node.isArray()) {
            assertThat(node.size()).isPositive();
        }
        node.forEach(JsonSchemaTest::assertNoNullOrEmpty);
    }

    private static Stream<DynamicTest> every(Path folder) throws IOException {
        List<Path> dumps;
        try (Stream<Path> files = Files.walk(folder)) {
            dumps = files.filter(f -> f.toString().endsWith(".dmp")).sorted().toList();
        }
        return dumps.stream()
                .filter(f -> !f.toString().contains("invalid-"))
                .map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> check(f)));
    }

    @TestFactory
    Stream<DynamicTest> samples() throws IOException {
        return every(Corpus.projectRoot().resolve("examples"));
    }

    @TestFactory
    @NeedsCorpus
    Stream<DynamicTest> corpus() throws IOException {
        return every(Corpus.file("."));
    }

    @Test
    void linesOfAFolderEachFollowTheSchema() {
        String[] lines =
                json("analyze", "--json", Corpus.projectRoot().resolve("examples").toString())
                        .split("\n");
        assertThat(lines).hasSizeGreaterThan(3);
        for (String line : lines) {
            assertThat(SCHEMA.validate(line, InputFormat.JSON)).isEmpty();
        }
    }

    @Test
    void listingsFollowTheSchema() {
        String dump = Corpus.projectRoot().resolve("examples/waiters-x64.dmp").toString();
        for (String command : List.of("modules", "threads", "memory")) {
            String text = json(command, "--json", dump);
            assertThat(SCHEMA.validate(text, InputFormat.JSON)).as(command).isEmpty();
            assertThat(JsonMapper.shared().readTree(text).size()).as(command).isGreaterThan(1);
        }
    }

    @Test
    void theSchemaRefusesWhatItDoesNotKnow() {
        assertThat(SCHEMA.validate("{\"version\": 1, \"colour\": \"red\"}", InputFormat.JSON))
                .isNotEmpty();
        assertThat(SCHEMA.validate("{\"reason\": {\"address\": 12}}", InputFormat.JSON))
                .isNotEmpty();
        assertThat(SCHEMA.validate("{}", InputFormat.JSON)).isEmpty();
    }
}
