package oriel.format.pe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Names of the tools in a Rich header, as people who study them call them: Utc1900_CPP is the C++
 * compiler of Visual Studio 2015 and later, Linker1400 their linker. Visual Studio has not given
 * out new numbers since 2015; the build number tells the versions apart.
 */
public final class RichProducts {
    private static final List<String> NAMES = load();

    private RichProducts() {}

    /** The name of a product id; empty for ids that nobody has named. */
    public static Optional<String> name(int productId) {
        return productId >= 0 && productId < NAMES.size()
                ? Optional.of(NAMES.get(productId))
                : Optional.empty();
    }

    private static List<String> load() {
        var names = new ArrayList<String>();
        try (InputStream in = RichProducts.class.getResourceAsStream("rich-products.txt")) {
            if (in == null) {
                throw new IllegalStateException("rich-products.txt is not in the program");
            }
            var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.startsWith("#")) {
                    names.add(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(names);
    }
}
