package oriel.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import oriel.app.render.JsonLive;
import oriel.engine.eval.Expressions;
import oriel.engine.symbols.Symbolizer;
import oriel.engine.symbols.store.FetchListener;
import oriel.win32.LiveTarget;
import oriel.win32.ProcessEntry;

/** {@code oriel write}: bytes into the memory of running processes. */
final class WriteCommand implements Command {
    private static final int SHOWN = 16;

    @Override
    public Syntax syntax() {
        return Syntax.of(
                        "Writes into the memory of running processes, which are held meanwhile.",
                        "Pages that may not be written are made writable for the moment.")
                .operands(
                        "PROCESS... ADDRESS [HEX...]",
                        2,
                        RunningProcesses.HELP
                                + " Then where to begin, as for 'oriel read', in each of them. Bytes"
                                + " ('90 90' or 9090) may follow one PROCESS and its address.")
                .option(Option.value("--hex", "BYTES", "Write bytes: '90 90' or 9090."))
                .option(Option.value("--file", "FILE", "Write what is in a file."))
                .option(Option.value("--text", "TEXT", "Write text of one byte a character."))
                .option(Option.value("--utf16", "TEXT", "Write UTF-16 text."))
                .option(LiveOptions.JSON)
                .option(LiveOptions.YES)
                .option(Option.value("--image-path", "DIR", "Where images may lie.").manyTimes())
                .option(SymbolOptions.PATH)
                .option(SymbolOptions.OFFLINE)
                .option(TargetInput.NATIVE)
                .examples(
                        "oriel write 4242 140009080 4f 6b 00",
                        "oriel write app 'app!banner' --text Hello --yes",
                        "oriel write 'worker-*' 4242 'app!banner' --hex '4f 6b 00'",
                        "oriel write app 7ff612340000 --file patch.bin");
    }

    /** What is in a process before it is written to. */
    private record Place(long va, byte[] before) {}

    @Override
    public int run(Arguments given, Console console) throws IOException {
        WindowsOnly.requireToOpenProcesses();
        byte[] bytes = bytes(given);
        List<String> operands = given.operands();
        int address = hasBytes(given) ? operands.size() - 1 : 1;
        List<ProcessEntry> chosen = RunningProcesses.all(operands.subList(0, address));
        var results = new ProcessResults(chosen, given, console);
        Map<ProcessEntry, Place> places = new LinkedHashMap<>();
        for (ProcessEntry entry : chosen) {
            results.attempt(
                    entry,
                    () ->
                            places.put(
                                    entry,
                                    look(entry, operands.get(address), bytes.length, given)));
            Place place = places.get(entry);
            if (place != null && place.before().length < bytes.length) {
                String where = where(entry, place, chosen.size() == 1);
                results.failed(entry, "not all of " + where + " is there");
            }
        }
        List<ProcessEntry> sound = results.sound();
        if (sound.isEmpty()) {
            // One that has no such memory is not one that cannot be opened.
            int code = results.end();
            return chosen.size() == 1 ? ExitCode.NOTHING : code;
        }
        // Not while they are held: one may be what shows the question.
        confirm(sound, places, bytes.length, given, console);
        for (ProcessEntry entry : sound) {
            results.attempt(
                    entry,
                    () -> {
                        Place place = Objects.requireNonNull(places.get(entry));
                        try (LiveTarget target =
                                LiveInput.hold(entry.processId(), given.has("--native"))) {
                            target.memory().overwrite(place.va(), bytes);
                        }
                        results.done(
                                entry,
                                where(entry, place, chosen.size() == 1)
                                        + ": "
                                        + shown(place.before())
                                        + " -> "
                                        + shown(bytes),
                                JsonLive.written(place.va(), place.before(), bytes));
                    });
        }
        return results.end();
    }

    /** Where an address is in a process, and as much as is there of what is to be written over. */
    private static Place look(ProcessEntry entry, String address, int length, Arguments given)
            throws IOException {
        try (LiveTarget target = LiveInput.hold(entry.processId(), given.has("--native"));
                var locator =
                        SymbolOptions.locator(
                                given, LiveInput.images(target, given), FetchListener.NONE)) {
            long va = new Expressions(target, new Symbolizer(target, locator)).address(address);
            return new Place(va, target.memory().readUpTo(va, length));
        }
    }

    private static String where(ProcessEntry entry, Place place, boolean alone) {
        String who = alone ? entry.name() : RunningProcesses.name(entry);
        return "0x" + Long.toHexString(place.va()) + " of " + who;
    }

    private static void confirm(
            List<ProcessEntry> entries,
            Map<ProcessEntry, Place> places,
            int length,
            Arguments given,
            Console console)
            throws IOException {
        var question = new StringBuilder("Write ").append(length).append(" bytes over ");
        String separator = "";
        for (ProcessEntry entry : entries) {
            Place place = Objects.requireNonNull(places.get(entry));
            question.append(separator).append(shown(place.before())).append(" at ");
            question.append(where(entry, place, false));
            separator = ", ";
        }
        LiveOptions.confirm(question.append('?').toString(), given, console);
    }

    /** Whether an option has the bytes, so that all operands but the last are processes. */
    private static boolean hasBytes(Arguments given) {
        return given.has("--hex")
                || given.has("--file")
                || given.has("--text")
                || given.has("--utf16");
    }

    private static String shown(byte[] bytes) {
        int length = Math.min(SHOWN, bytes.length);
        String text = HexFormat.ofDelimiter(" ").formatHex(bytes, 0, length);
        return length < bytes.length ? text + " ..." : text;
    }

    private static byte[] bytes(Arguments given) throws IOException {
        byte[] bytes;
        if (given.has("--file")) {
            bytes = Files.readAllBytes(TargetInput.path(given.value("--file", "")));
        } else if (given.has("--text")) {
            bytes = given.value("--text", "").getBytes(StandardCharsets.UTF_8);
        } else if (given.has("--utf16")) {
            bytes = given.value("--utf16", "").getBytes(StandardCharsets.UTF_16LE);
        } else if (given.has("--hex")) {
            bytes = hex(given.value("--hex", ""));
        } else {
            bytes = hex(String.join("", given.operands().subList(2, given.operands().size())));
        }
        if (bytes.length == 0) {
            throw new UsageException(
                    "nothing to write: give bytes, --hex, --file, --text or --utf16");
        }
        return bytes;
    }

    private static byte[] hex(String text) {
        String digits = text.replace(" ", "");
        try {
            return HexFormat.of().parseHex(digits);
        } catch (IllegalArgumentException e) {
            throw new UsageException("'" + digits + "' is no row of bytes in hexadecimal");
        }
    }
}
