package oriel.bench;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import oriel.engine.symbols.find.ModuleSymbols;
import oriel.engine.symbols.find.SymbolSurvey;
import oriel.engine.symbols.pdb.PdbSymbolSource;
import oriel.engine.symbols.store.FetchListener;
import oriel.engine.symbols.store.ServerSettings;
import oriel.engine.symbols.store.SymbolPath;
import oriel.format.pdb.Pdb;
import oriel.model.AddressRange;
import oriel.model.Guid;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.model.PdbId;

/**
 * Fetches the PDBs of 100 modules from a server on this machine that lets every answer wait: done
 * in parallel, that costs little more than the bytes do. Prints a row of a table.
 *
 * <pre>
 * FetchBench PDB
 * </pre>
 */
public final class FetchBench {
    private static final int MODULES = 100;
    private static final int DELAY_MILLIS = 50;
    private static final int ROUNDS = 3;

    private FetchBench() {}

    /** Takes the PDB that every module is given, each with a GUID of its own. */
    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[0]);
        byte[] content = Files.readAllBytes(file);
        Pdb pdb = PdbSymbolSource.open(file).pdb();
        List<Integer> guidAt = find(content, bytes(pdb.info().guid()));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            double waiting = best(content, guidAt, pdb, threads, DELAY_MILLIS);
            double plain = best(content, guidAt, pdb, threads, 0);
            row(content.length, waiting, plain);
        }
    }

    private static void row(int size, double waiting, double plain) {
        System.out.println(
                String.format(
                        Locale.ROOT,
                        "| %d PDBs of %.1f MB from a server that answers after %d ms | %.0f ms |"
                                + " %d ms (waiting alone, one after another); %.0f ms (no waiting)"
                                + " | %.2f of no waiting | bounded by bandwidth |",
                        MODULES,
                        size / 1e6,
                        DELAY_MILLIS,
                        waiting,
                        MODULES * DELAY_MILLIS,
                        plain,
                        waiting / plain));
    }

    private static double best(
            byte[] content, List<Integer> guidAt, Pdb pdb, ExecutorService threads, int delay)
            throws IOException {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            best = Math.min(best, fetch(content, guidAt, pdb, threads, delay));
        }
        return best;
    }

    private static double fetch(
            byte[] content, List<Integer> guidAt, Pdb pdb, ExecutorService threads, int delay)
            throws IOException {
        Path store = Files.createTempDirectory("oriel-fetch");
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        HttpServer server = HttpServer.create(address, MODULES);
        server.setExecutor(threads);
        server.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        pause(delay);
                        String name = exchange.getRequestURI().getPath().split("/")[1];
                        byte[] own = content.clone();
                        byte[] guid = guid(Integer.parseInt(name.substring(1, name.indexOf('.'))));
                        guidAt.forEach(at -> System.arraycopy(guid, 0, own, at, guid.length));
                        exchange.sendResponseHeaders(200, own.length);
                        exchange.getResponseBody().write(own);
                    }
                });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            var modules = new ArrayList<LoadedModule>();
            for (int i = 0; i < MODULES; i++) {
                modules.add(module(i, pdb.imageAge()));
            }
            var survey =
                    new SymbolSurvey(
                            SymbolPath.parse("srv*" + store + "*" + url, store),
                            List.of(),
                            ServerSettings.DEFAULT,
                            FetchListener.NONE);
            long start = System.nanoTime();
            List<ModuleSymbols> found = survey.of(modules, Memory.EMPTY);
            double millis = (System.nanoTime() - start) / 1e6;
            if (found.stream().anyMatch(m -> m.sources().isEmpty())) {
                throw new IOException("not all were fetched: " + found.get(0));
            }
            return millis;
        } finally {
            server.stop(0);
            delete(store);
        }
    }

    private static LoadedModule module(int number, long age) {
        return new LoadedModule(
                new AddressRange(0x10000000L + number * 0x100000L, 0x10000),
                "m" + number + ".dll",
                number,
                0,
                Optional.empty(),
                Optional.of(PdbId.rsds("m" + number + ".pdb", Guid.of(guid(number)), age)));
    }

    private static byte[] guid(int number) {
        return ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putInt(number + 1).array();
    }

    private static byte[] bytes(Guid guid) {
        ByteBuffer out = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        long high = guid.value().getMostSignificantBits();
        out.putInt((int) (high >>> 32)).putShort((short) (high >>> 16)).putShort((short) high);
        return out.order(ByteOrder.BIG_ENDIAN)
                .putLong(guid.value().getLeastSignificantBits())
                .array();
    }

    /** Where the GUID lies; pages that are not in use any more may hold it as well. */
    private static List<Integer> find(byte[] content, byte[] wanted) {
        var found = new ArrayList<Integer>();
        for (int i = 0; i + wanted.length <= content.length; i++) {
            if (Arrays.equals(content, i, i + wanted.length, wanted, 0, wanted.length)) {
                found.add(i);
            }
        }
        return found;
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
