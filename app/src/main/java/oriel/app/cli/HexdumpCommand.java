package oriel.app.cli;

import java.io.IOException;
import java.util.Locale;
import oriel.app.render.JsonLive;
import oriel.app.render.JsonPage;
import oriel.app.render.MemoryDump;
import oriel.app.render.Page;
import oriel.bytes.Bytes;
import oriel.engine.symbols.SymbolLocator;
import oriel.engine.symbols.Symbolizer;
import oriel.model.Architecture;
import oriel.model.Target;

/** {@code oriel hexdump}: the bytes of any file. */
final class HexdumpCommand implements Command {
    private static final int PIECE = 1 << 20;

    @Override
    public Syntax syntax() {
        return Syntax.of("Shows the bytes of any file, by their offsets.")
                .operand("FILE", "Any file.")
                .option(Option.value("--offset", "HEX", "Where to begin; 0 unless given."))
                .option(
                        Option.value("--length", "BYTES", "How many; to the end unless given.")
                                .withShortName("-n"))
                .option(
                        Option.value("--as", "FORM", "bytes, words, dwords or qwords.")
                                .oneOf("bytes", "words", "dwords", "qwords"))
                .option(Option.flag("--json", "Print a line of JSON for each megabyte."))
                .option(TargetInput.COLOR)
                .examples("oriel hexdump notes.bin", "oriel hexdump a.exe --offset 3c -n 4");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        Bytes bytes = Bytes.open(TargetInput.path(given.operand(0)));
        long start = Hexadecimal.parse("--offset", given.value("--offset", "0"));
        if (start < 0 || start >= bytes.size()) {
            return ExitCode.NOTHING;
        }
        long left = bytes.size() - start;
        left =
                given.has("--length")
                        ? Math.min(left, given.count("--length", 1, Integer.MAX_VALUE))
                        : left;
        if (given.has("--json")) {
            json(bytes, start, left, console);
            return ExitCode.FOUND;
        }
        Architecture narrow = bytes.size() < 1L << 32 ? Architecture.X86 : Architecture.X64;
        Target target = ImageTarget.ofBytes(bytes, narrow, 0);
        Page page = TargetInput.page(given, console);
        var dump = new MemoryDump(page, target, new Symbolizer(target, SymbolLocator.NONE));
        var form = MemoryDump.Form.valueOf(given.value("--as", "bytes").toUpperCase(Locale.ROOT));
        long va = start;
        while (left > 0 && !page.isAbandoned()) {
            int part = (int) Math.min(left, PIECE);
            dump.write(form, va, part);
            va += part;
            left -= part;
        }
        page.flush();
        return ExitCode.FOUND;
    }

    private static void json(Bytes bytes, long start, long length, Console console) {
        try (var json = new JsonPage(console.out(), false)) {
            for (long at = start; at < start + length; at += PIECE) {
                int part = (int) Math.min(start + length - at, PIECE);
                JsonLive.read(json, at, bytes.copy(at, part));
            }
        }
    }
}
