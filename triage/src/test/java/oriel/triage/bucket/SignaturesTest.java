package oriel.triage.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import oriel.model.AddressRange;
import oriel.model.CodeLocation;
import oriel.model.FrameTrust;
import oriel.model.LoadedModule;
import oriel.model.Symbol;
import oriel.triage.report.Bucket;
import oriel.triage.report.Confidence;
import oriel.triage.report.CrashReason;
import oriel.triage.report.FrameEntry;
import oriel.triage.report.MemoryAccess;
import oriel.triage.report.Place;
import oriel.triage.report.PlaceKind;
import oriel.triage.report.RecursionEntry;
import oriel.triage.report.StackEntry;

class SignaturesTest {
    private static final Signatures SIGNATURES = new Signatures(Noise.standard());

    @Test
    void looksLikeBugId() {
        Bucket bucket = bucket(readOf(8), named(0, "app", "level3"), named(0, "app", "level2"));
        assertThat(bucket.humanId())
                .matches("AVR@NULL\\+8 [0-9a-f]{3}\\.[0-9a-f]{3} app\\.exe!level3");
        assertThat(bucket.signature()).matches("v1-[0-9a-f]{16}");
        assertThat(bucket.confidence()).isEqualTo(Confidence.HIGH);
    }

    @Test
    void staysTheSameWhereverTheSystemLoadsThings() {
        var random = new Random(1);
        Bucket first = mixed(0);
        for (int i = 0; i < 500; i++) {
            long shift = random.nextLong(1 << 20) << 16;
            Bucket moved = mixed(shift);
            assertThat(moved.signature()).isEqualTo(first.signature());
            assertThat(moved.humanId()).isEqualTo(first.humanId());
        }
    }

    private static Bucket mixed(long shift) {
        return bucket(
                readOf(0x123450000L + shift),
                wild(0x77000123 + shift),
                unnamed(shift, "app", 0x1234),
                named(shift, "ntdll", "RtlUserThreadStart"),
                unnamed(shift, "plugin", 0x888),
                named(shift, "app", "main"));
    }

    @Test
    void tellsBugsApart() {
        var seen = new HashSet<String>();
        for (String function : List.of("f", "g", "h")) {
            for (String caller : List.of("a", "b")) {
                seen.add(
                        bucket(readOf(0), named(0, "app", function), named(0, "app", caller))
                                .signature());
                seen.add(
                        bucket(writeOf(0), named(0, "app", function), named(0, "app", caller))
                                .signature());
                seen.add(
                        bucket(readOf(0), named(0, "lib", function), named(0, "app", caller))
                                .signature());
            }
        }
        for (int i = 0; i < 100; i++) {
            seen.add(bucket(readOf(0), unnamed(0, "app", 0x1000 + i)).signature());
        }
        assertThat(seen).hasSize(118);
    }

    @Test
    void ignoresWhereInAFunctionAndInTheNullPage() {
        FrameEntry here = frame(0x401010, module(0x400000, "app", 1), Optional.of("f"), 0x401000);
        FrameEntry there = frame(0x401020, module(0x400000, "app", 2), Optional.of("f"), 0x401000);
        assertThat(bucket(readOf(8), here).signature())
                .isEqualTo(bucket(readOf(16), there).signature());
    }

    @Test
    void tellsBuildsApartWhereNamesAreMissing() {
        FrameEntry one = frame(0x401010, module(0x400000, "app", 1), Optional.empty(), 0);
        FrameEntry other = frame(0x401010, module(0x400000, "app", 2), Optional.empty(), 0);
        Bucket bucket = bucket(readOf(0), one);
        assertThat(bucket.signature()).isNotEqualTo(bucket(readOf(0), other).signature());
        assertThat(bucket.confidence()).isEqualTo(Confidence.MEDIUM);
        assertThat(bucket.note()).isNotEmpty();
    }

    @Test
    void skipsTheSystemAndTheRuntime() {
        Bucket deep =
                bucket(
                        readOf(0),
                        named(0, "ntdll", "RtlpFreeHeap"),
                        named(0, "app", "memcpy"),
                        named(0, "app", "copy"),
                        named(0, "kernel32", "BaseThreadInitThunk"));
        assertThat(deep.signature())
                .isEqualTo(bucket(readOf(0), named(0, "app", "copy")).signature());
        assertThat(deep.humanId()).endsWith("app.exe!copy");
    }

    @Test
    void usesTheSystemWhenThereIsNothingElseAndSaysSo() {
        Bucket one = bucket(readOf(0), named(0, "ntdll", "RtlpFreeHeap"));
        Bucket other = bucket(readOf(0), named(0, "ntdll", "LdrLoadDll"));
        assertThat(one.signature()).isNotEqualTo(other.signature());
        assertThat(one.confidence()).isEqualTo(Confidence.LOW);
        assertThat(one.humanId()).endsWith("app.exe!ntdll.dll!RtlpFreeHeap");
    }

    @Test
    void keepsProgramsApartWhenNoFrameIsInAModule() {
        Bucket one = SIGNATURES.bucket(reason(0xc0000005), readOf(0), List.of(), "one.exe");
        Bucket two = SIGNATURES.bucket(reason(0xc0000005), readOf(0), List.of(), "two.exe");
        assertThat(one.signature()).isNotEqualTo(two.signature());
        assertThat(one.confidence()).isEqualTo(Confidence.LOW);
    }

    @Test
    void doesNotCareWhereInTheRoundAnEndlessRecursionEnded() {
        FrameEntry a = named(0, "app", "a");
        FrameEntry b = named(0, "app", "b");
        FrameEntry main = named(0, "app", "main");
        Bucket one = overflow(List.of(new RecursionEntry(List.of(a, b), 500), main));
        Bucket other = overflow(List.of(a, new RecursionEntry(List.of(b, a), 499), main));
        assertThat(one.signature()).isEqualTo(other.signature());
        assertThat(one.humanId()).startsWith("StackExhaustion ");
    }

    @Test
    void refusesNoiseItDoesNotUnderstand() {
        assertThat(Noise.parse("# x\n\nmodule a*\nfunction f").isSystem("ABC")).isTrue();
        assertThatThrownBy(() -> Noise.parse("modul a"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Bucket overflow(List<StackEntry> stack) {
        return SIGNATURES.bucket(reason(0xc00000fd), Optional.empty(), stack, "app.exe");
    }

    private static Bucket bucket(Optional<MemoryAccess> access, FrameEntry... frames) {
        return SIGNATURES.bucket(
                reason(0xc0000005), access, new ArrayList<>(List.of(frames)), "app.exe");
    }

    private static CrashReason reason(int code) {
        return new CrashReason(code, "", "", "", 0, false, List.of(), List.of());
    }

    private static Optional<MemoryAccess> readOf(long va) {
        return access(MemoryAccess.Kind.READ, va);
    }

    private static Optional<MemoryAccess> writeOf(long va) {
        return access(MemoryAccess.Kind.WRITE, va);
    }

    private static Optional<MemoryAccess> access(MemoryAccess.Kind kind, long va) {
        PlaceKind place = va < 0x10000 ? PlaceKind.NULL_PAGE : PlaceKind.UNKNOWN;
        return Optional.of(
                new MemoryAccess(
                        kind,
                        Place.bare(va, place, ""),
                        OptionalInt.empty(),
                        "",
                        MemoryAccess.Origin.REPORTED));
    }

    private static FrameEntry named(long shift, String module, String function) {
        long base = 0x10000000L * module.length() + shift;
        return frame(
                base + 0x1010 + function.length(),
                module(base, module, 5),
                Optional.of(function),
                base + 0x1000);
    }

    private static FrameEntry unnamed(long shift, String module, long rva) {
        long base = 0x10000000L * module.length() + shift;
        return frame(base + rva, module(base, module, 5), Optional.empty(), 0);
    }

    private static FrameEntry wild(long pc) {
        return new FrameEntry(
                0,
                pc,
                0,
                FrameTrust.CONTEXT,
                CodeLocation.bare(pc, Optional.empty()),
                Optional.empty(),
                List.of());
    }

    private static FrameEntry frame(
            long pc, LoadedModule module, Optional<String> function, long start) {
        var location =
                new CodeLocation(
                        pc,
                        Optional.of(module),
                        function.map(
                                f -> new Symbol(module.label(), f, start, OptionalLong.of(0x100))),
                        Optional.empty(),
                        List.of());
        return new FrameEntry(
                0, pc, 0, FrameTrust.UNWIND_INFO, location, Optional.empty(), List.of());
    }

    private static LoadedModule module(long base, String name, long timestamp) {
        String file = name.equals("app") ? "app.exe" : name + ".dll";
        return new LoadedModule(
                new AddressRange(base, 0x100000),
                "C:\\x\\" + file,
                timestamp,
                0,
                Optional.empty(),
                Optional.empty());
    }
}
