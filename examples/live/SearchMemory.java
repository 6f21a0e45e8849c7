import java.nio.charset.StandardCharsets;
import java.util.List;
import oriel.engine.search.MaskedBytes;
import oriel.engine.search.MemorySearch;
import oriel.engine.search.RegexPattern;
import oriel.win32.LiveTarget;

/** Finds bytes with wildcards, text in any case and an expression, in one pass: {@code 4242}. */
public class SearchMemory {
    public static void main(String[] args) {
        var patterns =
                List.of(
                        MaskedBytes.hex("4f 52 49 45 4c 2d 4c ?? 5? 45"),
                        MaskedBytes.text("oriel-live-wide", StandardCharsets.UTF_16LE, true),
                        RegexPattern.of("ORIEL-HEAP-[A-Z]+", false));
        try (LiveTarget target = LiveTarget.watch(Long.parseLong(args[0]))) {
            new MemorySearch(target.memory(), patterns)
                    .run(
                            target.readableRanges(),
                            done -> {},
                            match -> {
                                System.out.printf("%x %s%n", match.va(), match.pattern());
                                return true;
                            });
        }
    }
}
