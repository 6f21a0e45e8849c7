package oriel.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import oriel.app.render.JsonLive;
import oriel.app.render.JsonPage;
import oriel.app.render.MemoryDump;
import oriel.app.render.Page;
import oriel.engine.eval.Expressions;
import oriel.model.Target;

/** {@code oriel read}: the bytes at an address. */
final class ReadCommand implements Command {
    private static final int DEFAULT_LENGTH = 256;
    private static final int MAX_LENGTH = 1 << 28;

    @Override
    public Syntax syntax() {
        return Syntax.of(
                        "Shows memory: as bytes and characters, numbers, pointers with what they point"
                                + " to, or a string.",
                        "An address is an expression as in WinDbg: a hexadecimal number, @register,"
                                + " module!symbol+offset, poi(@rsp).")
                .operand("FILE", "A dump, or a PE file.")
                .operand("ADDRESS", "Where to begin.")
                .option(
                        Option.value(
                                        "--as",
                                        "FORM",
                                        "bytes, words, dwords, qwords, pointers,"
                                                + " ascii or utf16.")
                                .oneOf(
                                        "bytes",
                                        "words",
                                        "dwords",
                                        "qwords",
                                        "pointers",
                                        "ascii",
                                        "utf16"))
                .option(
                        Option.value(
                                        "--length",
                                        "BYTES",
                                        "How many bytes, decimal or 0x...; 256 unless given.")
                                .withShortName("-n"))
                .option(
                        Option.value("--output", "FILE", "Write the bytes to a file instead.")
                                .withShortName("-o"))
                .options(TargetInput.OPTIONS)
                .option(LiveOptions.JSON)
                .option(TargetInput.COLOR)
                .examples(
                        "oriel read crash.dmp rsp --as pointers",
                        "oriel read crash.dmp 7ff6c0f21000 -n 64",
                        "oriel read crash.dmp 'poi(@rsp+10)' -n 64",
                        "oriel read crash.dmp app+0x3010 --as utf16",
                        "oriel read app.exe 'app!main' --as dwords",
                        "oriel read --pid notepad 7ff6c0f21000 -n 0x1000 -o page.bin");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        try (TargetInput input = TargetInput.open(given.operand(0), given)) {
            return run(input, given, console);
        }
    }

    private static int run(TargetInput input, Arguments given, Console console) throws IOException {
        Target target = input.target();
        long va = new Expressions(target, input.symbolizer()).address(given.operand(1));
        int length = given.count("--length", DEFAULT_LENGTH, MAX_LENGTH);
        if (given.has("--output")) {
            return save(target, va, length, given, console);
        }
        if (given.has("--json")) {
            byte[] bytes = target.memory().readUpTo(va, length);
            if (bytes.length == 0) {
                return missing(va, given, console);
            }
            try (var json = new JsonPage(console.out(), true)) {
                JsonLive.read(json, va, bytes);
            }
            return ExitCode.FOUND;
        }
        Page page = TargetInput.page(given, console);
        var form = MemoryDump.Form.valueOf(given.value("--as", "bytes").toUpperCase(Locale.ROOT));
        boolean found = new MemoryDump(page, target, input.symbolizer()).write(form, va, length);
        page.flush();
        return found ? ExitCode.FOUND : missing(va, given, console);
    }

    private static int missing(long va, Arguments given, Console console) {
        console.err()
                .println(
                        "oriel: memory at 0x"
                                + Long.toHexString(va)
                                + " is not in "
                                + given.operand(0));
        return ExitCode.NOTHING;
    }

    private static int save(Target target, long va, int length, Arguments given, Console console)
            throws IOException {
        byte[] bytes = target.memory().readUpTo(va, length);
        if (bytes.length < length) {
            return missing(va + bytes.length, given, console);
        }
        Files.write(TargetInput.path(given.value("--output", "")), bytes);
        return ExitCode.FOUND;
    }
}
