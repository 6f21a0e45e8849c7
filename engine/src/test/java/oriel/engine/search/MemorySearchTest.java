package oriel.engine.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import oriel.model.AddressRange;
import oriel.model.Memory;

class MemorySearchTest {
    private static final long BASE = 0x7ff6_0000_0000L;

    private byte[] bytes = new byte[0x90000];

    /** Pages that cannot be read, by index. */
    private final List<Long> holes = new ArrayList<>();

    private final Memory memory =
            (va, into, offset, length) -> {
                int done = 0;
                while (done < length) {
                    long at = va + done - BASE;
                    if (at < 0 || at >= bytes.length || holes.contains(at >> 12)) {
                        break;
                    }
                    int part =
                            (int)
                                    Math.min(
                                            Math.min(length - done, 4096 - (at & 4095)),
                                            bytes.length - at);
                    System.arraycopy(bytes, (int) at, into, offset + done, part);
                    done += part;
                }
                return done;
            };

    private List<AddressRange> all() {
        return List.of(new AddressRange(BASE, bytes.length));
    }

    private List<Long> offsets(Pattern... patterns) {
        return offsets(all(), patterns);
    }

    private List<Long> offsets(List<AddressRange> ranges, Pattern... patterns) {
        var found = new ArrayList<Long>();
        new MemorySearch(memory, List.of(patterns))
                .run(ranges, done -> {}, m -> found.add(m.va() - BASE));
        return found;
    }

    private void put(int at, String text, Charset charset) {
        byte[] encoded = text.getBytes(charset);
        System.arraycopy(encoded, 0, bytes, at, encoded.length);
    }

    @Test
    void findsBytesAtTheVeryEdges() {
        put(0, "needle", StandardCharsets.US_ASCII);
        put(bytes.length - 6, "needle", StandardCharsets.US_ASCII);
        put(0x40000 - 3, "needle", StandardCharsets.US_ASCII);
        MaskedBytes needle = MaskedBytes.of("needle".getBytes(StandardCharsets.US_ASCII));
        assertThat(offsets(needle)).containsExactly(0L, 0x3fffdL, bytes.length - 6L);
        assertThat(needle).hasToString("6e 65 65 64 6c 65");
    }

    @Test
    void agreesWithANaiveSearchOnRandomData() {
        var random = new Random(7);
        for (int round = 0; round < 20; round++) {
            bytes = new byte[0x41000 + random.nextInt(50)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) random.nextInt(4);
            }
            var patterns = new MaskedBytes[1 + random.nextInt(4)];
            for (int p = 0; p < patterns.length; p++) {
                patterns[p] = randomPattern(random);
            }
            var expected = new ArrayList<Long>();
            String[][] words =
                    Arrays.stream(patterns)
                            .map(p -> p.toString().split(" "))
                            .toArray(String[][]::new);
            for (int at = 0; at < bytes.length; at++) {
                for (String[] pattern : words) {
                    if (at + pattern.length <= bytes.length && naive(pattern, at)) {
                        expected.add((long) at);
                    }
                }
            }
            assertThat(offsets(patterns)).as(Arrays.toString(patterns)).isEqualTo(expected);
        }
    }

    private static MaskedBytes randomPattern(Random random) {
        var text = new StringBuilder();
        int length = 1 + random.nextInt(9);
        int fixed = random.nextInt(length);
        for (int i = 0; i < length; i++) {
            text.append(random.nextInt(4) == 0 ? '?' : '0');
            boolean any = i != fixed && random.nextInt(4) == 0;
            text.append(any ? "?" : Integer.toString(random.nextInt(4))).append(' ');
        }
        return MaskedBytes.hex(text.toString());
    }

    private boolean naive(String[] words, int at) {
        for (int i = 0; i < words.length; i++) {
            int value = bytes[at + i] & 0xff;
            boolean high = words[i].charAt(0) == '?' || value >> 4 == words[i].charAt(0) - '0';
            boolean low = words[i].charAt(1) == '?' || (value & 15) == words[i].charAt(1) - '0';
            if (!high || !low) {
                return false;
            }
        }
        return true;
    }

    @Test
    void readsHexadecimalWithWildcards() {
        byte[] code = {0x48, (byte) 0x8b, 0x05, 0x2f, 0x10};
        System.arraycopy(code, 0, bytes, 100, code.length);
        assertThat(offsets(MaskedBytes.hex("48 8b ?? 2? ?"))).containsExactly(100L);
        assertThat(offsets(MaskedBytes.hex("488B??2F10"))).containsExactly(100L);
        assertThat(offsets(MaskedBytes.hex("4? 8b 05 3?"))).isEmpty();
        assertThatThrownBy(() -> MaskedBytes.hex("48 8")).hasMessageContaining("odd number");
        assertThatThrownBy(() -> MaskedBytes.hex("zz")).hasMessageContaining("'z'");
        assertThatThrownBy(() -> MaskedBytes.hex("?? ?")).hasMessageContaining("no digit");
        assertThatThrownBy(() -> MaskedBytes.hex(" ")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ignoresCaseInAnyEncoding() {
        put(10, "PaSSwort: 1@", StandardCharsets.US_ASCII);
        put(201, "pAsswORT: 1@", StandardCharsets.UTF_16LE);
        put(301, "PÄSSWÖRT ЖУК ÿ", StandardCharsets.UTF_16LE);
        put(401, "PÄSSWÖRT", StandardCharsets.UTF_8);
        // 0x60 differs from 0x40 only in the bit that tells cases apart, and is no letter
        put(501, "passwort: 1`", StandardCharsets.US_ASCII);
        assertThat(offsets(MaskedBytes.text("passwort: 1@", StandardCharsets.US_ASCII, true)))
                .containsExactly(10L);
        assertThat(offsets(MaskedBytes.text("passwort: 1@", StandardCharsets.UTF_16LE, true)))
                .containsExactly(201L);
        assertThat(offsets(MaskedBytes.text("pässwört жук Ÿ", StandardCharsets.UTF_16LE, true)))
                .containsExactly(301L);
        assertThat(offsets(MaskedBytes.text("pässwört", StandardCharsets.UTF_8, true)))
                .containsExactly(401L);
        assertThat(offsets(MaskedBytes.text("passwort", StandardCharsets.US_ASCII, false)))
                .containsExactly(501L);
        assertThatThrownBy(() -> MaskedBytes.text("ж", StandardCharsets.ISO_8859_1, true))
                .hasMessageContaining("cannot be written in ISO-8859-1");
    }

    @Test
    void masksOverreachIsVerified() {
        // ÿ and Ÿ share few bits in UTF-16: U+0041 fits the mask of the two, but is neither
        put(0, "aŸb", StandardCharsets.UTF_16LE);
        put(100, "aAb", StandardCharsets.UTF_16LE);
        assertThat(offsets(MaskedBytes.text("aÿb", StandardCharsets.UTF_16LE, true)))
                .containsExactly(0L);
    }

    @Test
    void anUnreadablePageCostsOnlyItself() {
        put(0x1ffe, "abcd", StandardCharsets.US_ASCII);
        put(0x2ffd, "abcd", StandardCharsets.US_ASCII);
        put(0x4000, "abcd", StandardCharsets.US_ASCII);
        put(0x50ff, "abcd", StandardCharsets.US_ASCII);
        holes.add(3L);
        MaskedBytes pattern = MaskedBytes.text("abcd", StandardCharsets.US_ASCII, false);
        assertThat(offsets(pattern)).containsExactly(0x1ffeL, 0x4000L, 0x50ffL);
    }

    @Test
    void matchesAcrossRangesThatTouch() {
        put(0x1fff, "abcd", StandardCharsets.US_ASCII);
        put(0x3ffe, "abcd", StandardCharsets.US_ASCII);
        List<AddressRange> ranges =
                List.of(
                        new AddressRange(BASE + 0x2000, 0x1000),
                        new AddressRange(BASE + 0x1000, 0x1000),
                        new AddressRange(BASE + 0x1800, 0x800),
                        new AddressRange(BASE + 0x3000, 0x1000));
        MaskedBytes pattern = MaskedBytes.text("abcd", StandardCharsets.US_ASCII, false);
        assertThat(offsets(ranges, pattern)).containsExactly(0x1fffL);
    }

    @Test
    void findsPointersIntoARange() {
        for (int i = 0; i < 8; i++) {
            bytes[0x1000 + i] = (byte) ((BASE + 0x1234) >>> (8 * i));
            bytes[0x2003 + i] = (byte) ((BASE + 0x12ff) >>> (8 * i));
            bytes[0x3000 + i] = (byte) ((BASE + 0x1300) >>> (8 * i));
        }
        var range = new AddressRange(BASE + 0x1200, 0x100);
        assertThat(offsets(new PointerPattern(range, 8, true))).containsExactly(0x1000L);
        assertThat(offsets(new PointerPattern(range, 8, false))).containsExactly(0x1000L, 0x2003L);
        bytes = new byte[] {0, 0, 0, 0, 0x10, 0x20, 0, (byte) 0xc0, 0};
        assertThat(offsets(new PointerPattern(new AddressRange(0xc0002000L, 32), 4, true)))
                .containsExactly(4L);
    }

    @Test
    void findsPointersIntoTheKernelsHalf() {
        bytes = new byte[] {0x10, 0, 0, 0, 0, (byte) 0xf8, (byte) 0xff, (byte) 0xff};
        var range = new AddressRange(0xfffff80000000000L, 0x1000);
        assertThat(offsets(new PointerPattern(range, 8, true))).containsExactly(0L);
    }

    @Test
    void findsRegularExpressionsAcrossBlocks() {
        Arrays.fill(bytes, (byte) '.');
        put(0x3fffe, "id=12345;", StandardCharsets.US_ASCII);
        put(20, "ID=7;", StandardCharsets.US_ASCII);
        assertThat(offsets(RegexPattern.of("id=[0-9]+;", true))).containsExactly(20L, 0x3fffeL);
        assertThat(offsets(RegexPattern.of("[0-9]+", false))).containsExactly(23L, 0x40001L);
        assertThat(offsets(RegexPattern.of("x*", false))).isEmpty();
        bytes[7] = (byte) 0xfe;
        assertThat(offsets(RegexPattern.of("\\xfe", false))).containsExactly(7L);
        assertThatThrownBy(() -> RegexPattern.of("a(b", false)).hasMessageContaining("a(b");
    }

    @Test
    void mixedPatternsComeByAddressAndCanBeStopped() {
        put(50, "zz", StandardCharsets.US_ASCII);
        put(10, "longer text", StandardCharsets.US_ASCII);
        Pattern[] patterns = {
            MaskedBytes.text("text", StandardCharsets.US_ASCII, false),
            MaskedBytes.text("zz", StandardCharsets.US_ASCII, false),
            RegexPattern.of("long", false)
        };
        assertThat(offsets(patterns)).containsExactly(10L, 17L, 50L);
        var first = new ArrayList<Match>();
        boolean all =
                new MemorySearch(memory, List.of(patterns))
                        .run(
                                all(),
                                done -> {},
                                m -> {
                                    first.add(m);
                                    return false;
                                });
        assertThat(all).isFalse();
        assertThat(first).hasSize(1);
    }

    @Test
    void listsTheSameStringsAsLookingAtEveryByte() {
        var random = new Random(4);
        for (int round = 0; round < 12; round++) {
            // Mostly characters, so that runs of every length come up, with and without zeros.
            int words = 2 + round % 4;
            for (int i = 0; i < bytes.length; i++) {
                int kind = random.nextInt(words + 1);
                bytes[i] = (byte) (kind == 0 ? 0 : kind == 1 ? 7 : 'a' + random.nextInt(26));
                if (round % 3 == 0 && (i & 1) == 1 && random.nextInt(9) > 0) {
                    bytes[i] = 0;
                }
            }
            holes.clear();
            holes.add(5L);
            int shortest = 1 + round;
            var found = new ArrayList<String>();
            new StringSearch(memory, shortest, true, true)
                    .run(all(), done -> {}, s -> found.add(s.va() + " " + s.text() + s.wide()));
            var expected = new ArrayList<String>();
            for (int[] part : new int[][] {{0, 5 << 12}, {6 << 12, bytes.length}}) {
                naive(expected, part[0], part[1], 1, shortest);
                naive(expected, part[0], part[1], 2, shortest);
                naive(expected, part[0] + 1, part[1], 2, shortest);
            }
            assertThat(found.stream().sorted().toList())
                    .isEqualTo(expected.stream().sorted().toList());
        }
    }

    private void naive(List<String> into, int from, int to, int width, int shortest) {
        var run = new StringBuilder();
        for (int at = from; at + width <= to + width; at += width) {
            boolean there = at + width <= to;
            boolean text = there && bytes[at] >= 'a' && (width == 1 || bytes[at + 1] == 0);
            if (text) {
                run.append((char) bytes[at]);
                continue;
            }
            if (run.length() >= shortest) {
                int start = at - width * run.length();
                into.add(BASE + start + " " + run + (width == 2));
            }
            run.setLength(0);
        }
    }

    @Test
    void listsStrings() {
        put(5, "narrow one", StandardCharsets.US_ASCII);
        put(0x1001, "wide öne", StandardCharsets.UTF_16LE);
        put(0x3fffa, "crossing the block", StandardCharsets.US_ASCII);
        put(0x5ffc, "cut by hole", StandardCharsets.US_ASCII);
        holes.add(6L);
        var found = new ArrayList<String>();
        new StringSearch(memory, 4, true, true)
                .run(
                        all(),
                        done -> {},
                        s ->
                                found.add(
                                        Long.toHexString(s.va() - BASE)
                                                + (s.wide() ? " W " : " A ")
                                                + s.text()));
        assertThat(found)
                .containsExactly(
                        "5 A narrow one",
                        "1001 W wide öne",
                        "5ffc A cut ",
                        "3fffa A crossing the block");
    }

    @Test
    void endsAnExpressionThatWouldTakeYears() {
        Arrays.fill(bytes, (byte) 'a');
        for (String regex : List.of("(a+)+b", "(a|aa)*c", "(?:a|a)*d")) {
            assertThatThrownBy(() -> offsets(RegexPattern.of(regex, false)))
                    .as(regex)
                    .isInstanceOf(SearchEffortException.class)
                    .hasMessageContaining(regex)
                    .hasMessageContaining("takes too long at 7ff600000000");
        }
    }
}
