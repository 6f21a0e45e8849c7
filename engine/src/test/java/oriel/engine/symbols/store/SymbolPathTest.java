package oriel.engine.symbols.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import oriel.engine.symbols.store.SymbolPath.Chain;
import oriel.engine.symbols.store.SymbolPath.Directory;
import oriel.engine.symbols.store.SymbolPath.Element;

class SymbolPathTest {
    private static final Path DEFAULT = Path.of("default");
    private static final URI MS = URI.create("https://msdl.example.com/download/symbols");

    private static List<Element> parse(String text) {
        return SymbolPath.parse(text, DEFAULT).elements();
    }

    private static Element chain(String... caches) {
        return new Chain(List.of(caches).stream().map(Path::of).toList(), Optional.of(MS));
    }

    @Test
    void readsDirectories() {
        assertThat(parse("a; /b/c ;;d"))
                .containsExactly(
                        new Directory(Path.of("a")),
                        new Directory(Path.of("/b/c")),
                        new Directory(Path.of("d")));
        assertThat(parse("")).isEmpty();
        assertThat(parse(" ; ")).isEmpty();
    }

    @Test
    void readsServersWithStoresBeforeThem() {
        assertThat(parse("srv*" + MS)).containsExactly(chain("default"));
        assertThat(parse("SRV*one*" + MS + "/")).containsExactly(chain("one"));
        assertThat(parse("srv*one*two*" + MS)).containsExactly(chain("one", "two"));
        assertThat(parse("srv**" + MS)).containsExactly(chain("default"));
        assertThat(parse("symsrv*symsrv.dll*one*" + MS)).containsExactly(chain("one"));
        assertThat(parse(MS.toString())).containsExactly(chain("default"));
    }

    @Test
    void readsStoresWithoutServer() {
        assertThat(parse("srv*/share/symbols"))
                .containsExactly(new Chain(List.of(Path.of("/share/symbols")), Optional.empty()));
        assertThat(parse("srv*")).isEmpty();
    }

    @Test
    void aCacheCountsForWhatFollows() {
        assertThat(parse("srv*one*" + MS + ";cache*c;srv*" + MS + ";srv*two*" + MS))
                .containsExactly(chain("one"), chain("c"), chain("c", "two"));
        assertThat(parse("cache*;srv*" + MS)).containsExactly(chain("default"));
    }

    @Test
    void badAddressesAreLeftOut() {
        assertThat(parse("srv*c*http://"))
                .containsExactly(new Chain(List.of(Path.of("c")), Optional.empty()));
        assertThat(parse("srv*c*https://a b/")).hasSize(1);
    }
}
