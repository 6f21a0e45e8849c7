package oriel.app.cli;

import java.io.IOException;
import java.util.Locale;
import oriel.app.render.CodeText;
import oriel.app.render.Page;
import oriel.bytes.Bytes;
import oriel.engine.disasm.FormatOptions;
import oriel.engine.disasm.Syntax;
import oriel.engine.eval.Expressions;
import oriel.model.Architecture;
import oriel.model.Target;

/** {@code oriel disassemble}: machine code as text. */
final class DisassembleCommand implements Command {
    private static final int DEFAULT_COUNT = 32;
    private static final int MAX_COUNT = 1 << 26;

    @Override
    public oriel.app.cli.Syntax syntax() {
        return oriel.app.cli.Syntax.of(
                        "Shows machine code of a dump, a PE file or plain bytes as instructions.",
                        "Without an address: at the program counter of a dump, at the entry point"
                                + " of a PE file.")
                .operand("FILE", "A dump, a PE file, or any file with --raw.")
                .optionalOperand("ADDRESS", "Where to begin, as for 'oriel read'.")
                .option(
                        Option.value(
                                        "--count",
                                        "COUNT",
                                        "How many instructions; 32 unless given, all with --raw.")
                                .withShortName("-n"))
                .option(Option.flag("--function", "Go on to the end of the function."))
                .option(
                        Option.value("--syntax", "NAME", "masm (as WinDbg), intel or att.")
                                .oneOf("masm", "intel", "att"))
                .option(Option.flag("--no-bytes", "Leave out the bytes of the instructions."))
                .option(
                        Option.value(
                                        "--raw",
                                        "ARCH",
                                        "The file is plain code of x86, x64 or arm64.")
                                .oneOf("x86", "x64", "arm64"))
                .option(Option.value("--base", "ADDRESS", "Address of the first byte with --raw."))
                .options(TargetInput.OPTIONS)
                .option(TargetInput.COLOR)
                .examples(
                        "oriel disassemble crash.dmp",
                        "oriel disassemble crash.dmp 'app!level3' --function",
                        "oriel disassemble app.exe",
                        "oriel disassemble --raw x64 --base 1000 shellcode.bin");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        Page page = TargetInput.page(given, console);
        if (given.has("--raw")) {
            return raw(given, page);
        }
        try (TargetInput input = TargetInput.open(given.operand(0), given)) {
            return code(input, given, console, page);
        }
    }

    private static int code(TargetInput input, Arguments given, Console console, Page page) {
        Target target = input.target();
        if (target.architecture() == Architecture.ARM) {
            throw new UsageException("32-bit ARM code cannot be disassembled");
        }
        var addresses = new Expressions(target, input.symbolizer());
        long va =
                given.operands().size() > 1
                        ? addresses.address(given.operand(1))
                        : start(input, addresses);
        var text = new CodeText(page, target, input.symbolizer(), options(given));
        int count = given.count("--count", DEFAULT_COUNT, MAX_COUNT);
        int shown =
                given.has("--function")
                        ? text.function(va, given.count("--count", MAX_COUNT, MAX_COUNT))
                        : text.instructions(va, count);
        return finish(page, console, shown, va, given.operand(0));
    }

    private static int raw(Arguments given, Page page) throws IOException {
        Bytes bytes = Bytes.open(TargetInput.path(given.operand(0)));
        Architecture architecture =
                Architecture.valueOf(given.value("--raw", "").toUpperCase(Locale.ROOT));
        long start = Hexadecimal.parse("--base", given.value("--base", "0"));
        Target target = ImageTarget.ofBytes(bytes, architecture, start);
        var symbolizer =
                new oriel.engine.symbols.Symbolizer(
                        target, oriel.engine.symbols.SymbolLocator.NONE);
        long va =
                given.operands().size() > 1
                        ? new Expressions(target, symbolizer).address(given.operand(1))
                        : start;
        var text = new CodeText(page, target, symbolizer, options(given));
        int count = given.count("--count", MAX_COUNT, MAX_COUNT);
        if (given.has("--function")) {
            text.function(va, count);
        } else {
            text.instructions(va, count);
        }
        page.flush();
        return ExitCode.FOUND;
    }

    private static int finish(Page page, Console console, int shown, long va, String file) {
        page.flush();
        if (shown > 0) {
            return ExitCode.FOUND;
        }
        console.err().println("oriel: memory at 0x" + Long.toHexString(va) + " is not in " + file);
        return ExitCode.NOTHING;
    }

    private static long start(TargetInput input, Expressions addresses) {
        if (input.image().isPresent()) {
            return ImageTarget.startOf(input.image().get());
        }
        return addresses.address("$ip");
    }

    private static CodeText.Options options(Arguments given) {
        FormatOptions format =
                switch (given.value("--syntax", "masm")) {
                    case "intel" -> FormatOptions.NASM;
                    case "att" -> FormatOptions.NASM.with(Syntax.ATT);
                    default -> FormatOptions.WINDBG;
                };
        return new CodeText.Options(format, !given.has("--no-bytes"));
    }
}
