package oriel.engine.symbols.store;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How servers are asked.
 *
 * @param offline whether servers are not asked at all
 * @param connectTimeout until a connection stands
 * @param answerTimeout until a server answers a request
 * @param stallTimeout how long a transfer may stand still
 * @param attempts how often a request that fails half-way is tried, at least 1
 * @param largestBytes files larger than this are refused, before and after expansion
 * @param negativeExpiry how long it is remembered that a server does not have a file
 * @param credentials headers for private servers
 */
public record ServerSettings(
        boolean offline,
        Duration connectTimeout,
        Duration answerTimeout,
        Duration stallTimeout,
        int attempts,
        long largestBytes,
        Duration negativeExpiry,
        List<Credentials> credentials) {
    /** What is right for servers on the Internet. */
    public static final ServerSettings DEFAULT =
            new ServerSettings(
                    false,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(30),
                    4,
                    16L << 30,
                    Duration.ofHours(24),
                    List.of());

    /** Copies the list. */
    public ServerSettings {
        credentials = List.copyOf(credentials);
    }

    /** The same without servers. */
    public ServerSettings withOffline(boolean isOffline) {
        return new ServerSettings(
                isOffline,
                connectTimeout,
                answerTimeout,
                stallTimeout,
                attempts,
                largestBytes,
                negativeExpiry,
                credentials);
    }

    /** The same with another limit of the size of files. */
    public ServerSettings withLargest(long bytes) {
        return new ServerSettings(
                offline,
                connectTimeout,
                answerTimeout,
                stallTimeout,
                attempts,
                bytes,
                negativeExpiry,
                credentials);
    }

    /** The same with other credentials. */
    public ServerSettings with(List<Credentials> others) {
        return new ServerSettings(
                offline,
                connectTimeout,
                answerTimeout,
                stallTimeout,
                attempts,
                largestBytes,
                negativeExpiry,
                others);
    }

    /**
     * Headers that go to one server only, never further on a redirect, and into no message.
     *
     * @param urlPrefix beginning of the addresses that get the headers: scheme, host, port, path
     * @param headers by name
     */
    public record Credentials(String urlPrefix, Map<String, String> headers) {
        /** Copies the map. */
        public Credentials {
            headers = Map.copyOf(headers);
        }

        /** A bearer token. */
        public static Credentials bearer(String urlPrefix, String token) {
            return new Credentials(urlPrefix, Map.of("Authorization", "Bearer " + token));
        }

        /** Names the server and the headers, not their values. */
        @Override
        public String toString() {
            return urlPrefix + " " + headers.keySet();
        }
    }
}
