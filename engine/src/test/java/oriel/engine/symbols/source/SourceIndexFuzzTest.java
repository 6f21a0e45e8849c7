package oriel.engine.symbols.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

class SourceIndexFuzzTest {
    @FuzzTest(maxDuration = "10s")
    void anyTextIsAnIndexOrNone(FuzzedDataProvider data) {
        String file = data.consumeString(200);
        String text = data.consumeRemainingAsString();
        for (SourceIndex index :
                new SourceIndex[] {SourceLink.parse(text), SourceServerIndex.parse(text)}) {
            index.address(file)
                    .ifPresent(
                            a ->
                                    assertThat(a.toLowerCase(java.util.Locale.ROOT))
                                            .startsWith("http"));
        }
    }
}
