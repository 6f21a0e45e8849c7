package oriel.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import oriel.app.render.JsonLive;
import oriel.app.render.JsonPage;
import oriel.engine.eval.Expressions;
import oriel.engine.symbols.Symbolizer;
import oriel.engine.symbols.store.FetchListener;
import oriel.win32.LiveTarget;
import oriel.win32.ProcessEntry;

/** {@code oriel write}: bytes into the memory of a running process. */
final class WriteCommand implements Command {
    private static final int SHOWN = 16;

    @Override
    public Syntax syntax() {
        return Syntax.of(
                        "Writes into the memory of a running process, which is held meanwhile.",
                        "Pages that may not be written are made writable for the moment.")
                .operand("PROCESS", RunningProcesses.HELP)
                .operand("ADDRESS", "Where to begin, as for 'oriel read'.")
                .optionalOperand("HEX...", "The bytes: '90 90' or 9090.")
                .option(Option.value("--file", "FILE", "Write what is in a file instead."))
                .option(Option.value("--text", "TEXT", "Write text of one byte a character."))
                .option(Option.value("--utf16", "TEXT", "Write UTF-16 text."))
                .option(LiveOptions.JSON)
                .option(LiveOptions.YES)
                .options(TargetInput.FILE_OPTIONS)
                .examples(
                        "oriel write 4242 140009080 4f 6b 00",
                        "oriel write app 'app!banner' --text Hello --yes",
                        "oriel write app 7ff612340000 --file patch.bin");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        WindowsOnly.requireToOpenProcesses();
        byte[] bytes = bytes(given);
        ProcessEntry entry = RunningProcesses.one(given.operand(0));
        boolean nativeSide = given.has("--native");
        long va;
        byte[] before;
        try (LiveTarget target = LiveInput.hold(entry.processId(), nativeSide);
                var locator =
                        SymbolOptions.locator(
                                given, LiveInput.images(target, given), FetchListener.NONE)) {
            va = new Expressions(target, new Symbolizer(target, locator)).address(given.operand(1));
            before = target.memory().readUpTo(va, bytes.length);
        }
        String where = "0x" + Long.toHexString(va) + " of " + entry.name();
        if (before.length < bytes.length) {
            console.err().println("oriel: not all of " + where + " is there");
            return ExitCode.NOTHING;
        }
        // Not while it is held: it may be what shows the question.
        LiveOptions.confirm(
                "Write " + bytes.length + " bytes over " + shown(before) + " at " + where + "?",
                given,
                console);
        try (LiveTarget target = LiveInput.hold(entry.processId(), nativeSide)) {
            target.memory().overwrite(va, bytes);
        }
        if (given.has("--json")) {
            try (var json = new JsonPage(console.out(), true)) {
                JsonLive.written(json, entry, va, before, bytes);
            }
        } else {
            console.out().println(where + ": " + shown(before) + " -> " + shown(bytes));
        }
        return ExitCode.FOUND;
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
        } else {
            bytes = hex(given.operands().subList(2, given.operands().size()));
        }
        if (bytes.length == 0) {
            throw new UsageException("nothing to write: give bytes, --file, --text or --utf16");
        }
        return bytes;
    }

    private static byte[] hex(List<String> parts) {
        String digits = String.join("", parts).replace(" ", "");
        try {
            return HexFormat.of().parseHex(digits);
        } catch (IllegalArgumentException e) {
            throw new UsageException("'" + digits + "' is no row of bytes in hexadecimal");
        }
    }
}
