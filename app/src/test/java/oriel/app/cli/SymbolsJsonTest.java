package oriel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import oriel.testkit.Corpus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every action of {@code oriel symbols} prints JSON that follows docs/oriel.schema.json. */
class SymbolsJsonTest {
    private static final String PDB = Outcome.example("throw-x64.pdb");
    private static final String CRASH_PDB = Outcome.example("crash-x64.pdb");
    private static final String DUMP = Outcome.example("crash-x64.dmp");

    @TempDir Path folder;

    private static void assertFollowsTheSchema(String text) throws IOException {
        Path file = Corpus.projectRoot().resolve("docs/oriel.schema.json");
        Schema schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(Files.readString(file), InputFormat.JSON);
        assertThat(schema.validate(text, InputFormat.JSON)).as(text).isEmpty();
    }

    private static JsonNode json(String... args) throws IOException {
        Outcome outcome = Outcome.of(with(args));
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).as(outcome.out()).isEqualTo(ExitCode.FOUND);
        assertFollowsTheSchema(outcome.out());
        JsonNode node = JsonMapper.shared().readTree(outcome.out());
        assertThat(node.get("version").asInt()).isEqualTo(1);
        return node;
    }

    private static String[] with(String... args) {
        var all = new String[args.length + 2];
        all[0] = "symbols";
        System.arraycopy(args, 0, all, 1, args.length);
        all[args.length + 1] = "--json";
        return all;
    }

    @Test
    void everyAction() throws IOException {
        Path store = folder.resolve("store");
        var answers = new TreeMap<String, String>();
        Map<String, String[]> calls =
                Map.of(
                        "lookup", new String[] {"lookup", PDB, "0x1084", "level1"},
                        "list", new String[] {"list", PDB},
                        "lines", new String[] {"lines", PDB, "level2"},
                        "types", new String[] {"types", CRASH_PDB, "_EXC*"},
                        "type", new String[] {"type", CRASH_PDB, "Animal"},
                        "modules", new String[] {"modules", DUMP},
                        "check", new String[] {"check", DUMP},
                        "fetch", new String[] {"fetch", DUMP, "--offline"},
                        "sym", new String[] {"sym", PDB, "-o", folder.resolve("a.sym").toString()},
                        "add", new String[] {"add", "--store", store.toString(), PDB});
        for (Map.Entry<String, String[]> call : calls.entrySet()) {
            answers.put(call.getKey(), String.join(" ", json(call.getValue()).propertyNames()));
        }
        assertThat(answers)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "lookup", "version locations symbols",
                                "list", "version symbols",
                                "lines", "version functions",
                                "types", "version types",
                                "type", "version type",
                                "modules", "version modules",
                                "check", "version modules",
                                "fetch", "version modules",
                                "sym", "version stored",
                                "add", "version stored"));
        // What help names is what was tried here, and 'serve' below.
        String help = Outcome.of("symbols", "--help").out();
        for (String action : answers.keySet()) {
            assertThat(help).contains("oriel symbols " + action + " ");
        }
        assertThat(help).contains("oriel symbols serve ");
    }

    @Test
    void placesTellFunctionsAndLines() throws IOException {
        JsonNode place = json("lookup", CRASH_PDB, "0x1164").get("locations").get(0);
        assertThat(place.get("function").asString()).isEqualTo("null_write");
        assertThat(place.get("functionOffset").asString()).isEqualTo("0x4");
        assertThat(place.get("line").asInt()).isEqualTo(38);
        JsonNode lines = json("lines", CRASH_PDB, "null_write").get("functions").get(0);
        assertThat(lines.get("lines").get(0).get("line").asInt()).isEqualTo(38);
    }

    @Test
    void typesTellMembersAndValuesParts() throws IOException {
        JsonNode animal = json("type", CRASH_PDB, "Animal").get("type");
        assertThat(animal.get("sizeBytes").asInt()).isEqualTo(16);
        assertThat(animal.get("members").get(1).get("name").asString()).isEqualTo("legs");
        assertThat(animal.get("members").get(1).get("offset").asInt()).isEqualTo(8);
        JsonNode sink = json("type", CRASH_PDB, "sink").get("variable");
        assertThat(sink.get("declaration").asString()).isEqualTo("volatile long sink");
        JsonNode block = json("type", DUMP, "_NT_TIB", "@$teb", "--depth", "1").get("values");
        assertThat(block.get(0).get("parts").get(1).get("name").asString()).isEqualTo("StackBase");
        JsonNode list = json("type", DUMP, "_NT_TIB", "@$teb", "--list", "Self").get("values");
        assertThat(list).hasSize(1);
        JsonNode words = json("type", DUMP, "unsigned int", "@rsp", "--count", "2").get("values");
        assertThat(words).hasSize(2);
    }

    @Test
    void nothingFoundIsAnObjectTooAndSaysSoByItsCode() throws IOException {
        Outcome outcome = Outcome.of(with("lookup", PDB, "nothing"));
        assertThat(outcome.code()).isEqualTo(ExitCode.NOTHING);
        assertFollowsTheSchema(outcome.out());
        assertThat(Outcome.of(with("sym", PDB)).code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void checkTellsEveryPlace() throws IOException {
        Path alone = Files.copy(Path.of(DUMP), folder.resolve("alone.dmp"));
        Outcome outcome =
                Outcome.of(with("check", alone.toString(), "--symbols", folder.toString()));
        assertFollowsTheSchema(outcome.out());
        JsonNode module =
                JsonMapper.shared()
                        .readTree(outcome.out())
                        .get("modules")
                        .valueStream()
                        .filter(m -> m.get("name").asString().equals("crash-x64.exe"))
                        .findFirst()
                        .orElseThrow();
        assertThat(module.get("quality").asString()).isEqualTo("none");
        assertThat(module.path("attempts").path(0).path("outcome").asString()).isEqualTo("absent");
        assertThat(module.path("attempts").path(0).path("file").asString())
                .startsWith("crash-x64.exe/");
    }

    @Test
    void serveWritesALineForEachRequest() throws Exception {
        Path store = folder.resolve("served");
        assertThat(Outcome.of("symbols", "add", "--store", store.toString(), PDB).code()).isZero();
        var in = new PipedInputStream(1 << 16);
        var out = new PrintStream(new PipedOutputStream(in), true, StandardCharsets.UTF_8);
        var console = new Console(out, out, false, false, Map.of());
        Thread server =
                new Thread(
                        () -> {
                            try (out) {
                                new CommandLineTool(console)
                                        .run(with("serve", store.toString(), "--port", "0"));
                            }
                        });
        server.start();
        try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            String first = lines.readLine();
            assertFollowsTheSchema(first);
            int port = JsonMapper.shared().readTree(first).get("serving").get("port").asInt();
            var request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/nothing"));
            try (HttpClient client = HttpClient.newHttpClient()) {
                client.send(request.build(), HttpResponse.BodyHandlers.discarding());
            }
            String second = lines.readLine();
            assertFollowsTheSchema(second);
            assertThat(second).contains("\"request\":\"GET /nothing 404\"");
        } finally {
            server.interrupt();
            server.join();
        }
        assertThat(Arrays.asList(store.toFile().list())).contains("throw-x64.pdb");
    }
}
