package oriel.engine.symbols;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import oriel.engine.unwind.UnwindSource;
import oriel.format.breakpad.BreakpadFunction;
import oriel.format.breakpad.BreakpadInline;
import oriel.format.breakpad.BreakpadLine;
import oriel.format.breakpad.BreakpadSymbols;
import oriel.format.breakpad.WindowsFrame;
import oriel.model.Architecture;
import oriel.model.FrameTrust;
import oriel.model.InlineFrame;
import oriel.model.LineSink;
import oriel.model.SourceLine;

/** The symbols of a Breakpad {@code .sym} file, and its frame data. */
public final class BreakpadSource implements SymbolSource {
    private final BreakpadSymbols symbols;
    private final String origin;

    /**
     * @param symbols what was read
     * @param origin where it was read from, for messages
     */
    public BreakpadSource(BreakpadSymbols symbols, String origin) {
        this.symbols = symbols;
        this.origin = origin;
    }

    @Override
    public String description() {
        return "Breakpad symbols " + origin;
    }

    @Override
    public Quality quality() {
        return symbols.functionCount() > 0 ? Quality.FULL : Quality.TABLE;
    }

    @Override
    public Optional<RvaSymbol> symbolAt(long rva) {
        return symbols.symbolAt(rva).map(BreakpadSource::symbol);
    }

    @Override
    public Optional<SourceLine> lineAt(long rva) {
        List<BreakpadInline> inlines = symbols.inlinedAt(rva);
        if (inlines.isEmpty()) {
            return symbols.lineAt(rva).flatMap(BreakpadSource::line);
        }
        BreakpadInline outermost = inlines.get(inlines.size() - 1);
        return line(outermost.callFile(), outermost.callLine());
    }

    /** The line record belongs to the innermost function, each call to the one around it. */
    @Override
    public List<InlineFrame> inlinedAt(long rva) {
        List<BreakpadInline> inlines = symbols.inlinedAt(rva);
        var frames = new ArrayList<InlineFrame>(inlines.size());
        Optional<SourceLine> line =
                inlines.isEmpty()
                        ? Optional.empty()
                        : symbols.lineAt(rva).flatMap(BreakpadSource::line);
        for (BreakpadInline inline : inlines) {
            frames.add(new InlineFrame(inline.name(), line));
            line = line(inline.callFile(), inline.callLine());
        }
        return frames;
    }

    @Override
    public void forEachLine(Predicate<String> wanted, LineSink sink) {
        symbols.forEachLine(wanted, sink);
    }

    @Override
    public List<RvaSymbol> named(String name) {
        return symbols.named(name).stream().map(BreakpadSource::symbol).toList();
    }

    @Override
    public void forEach(Consumer<RvaSymbol> sink) {
        symbols.forEach(f -> sink.accept(symbol(f)));
    }

    @Override
    public Optional<UnwindSource.Caller> callerOf(UnwindSource.Frame frame, LongPredicate isCode) {
        long rva = frame.rva();
        Optional<WindowsFrame> record = symbols.windowsFrameAt(rva);
        if (record.isPresent()) {
            return frameData(record.get()).callerOf(frame, isCode);
        }
        int parameters = (int) Math.min(parameterBytes(rva), Integer.MAX_VALUE);
        List<String> rules = symbols.cfiRulesAt(rva);
        if (!rules.isEmpty()) {
            return new CallFrameRules(rules).callerOf(frame, parameters);
        }
        boolean x86 = frame.registers().architecture() == Architecture.X86;
        return x86 && parameters > 0 ? conventional(frame, isCode, parameters) : Optional.empty();
    }

    /**
     * Without frame data only the size of the parameters is known: the walker's own frame pointer
     * chain would lose it, and with it the callers of this frame.
     */
    private static Optional<UnwindSource.Caller> conventional(
            UnwindSource.Frame frame, LongPredicate isCode, int parameters) {
        long esp = frame.registers().sp().orElse(-1);
        long ebp = frame.registers().value("ebp").orElse(0);
        return X86FrameData.CONVENTIONAL
                .callerOf(frame, isCode)
                .filter(c -> ebp >= esp && c.trust() == FrameTrust.UNWIND_INFO)
                .filter(c -> isCode.test(c.registers().pc().orElse(0)))
                .map(
                        c ->
                                new UnwindSource.Caller(
                                        c.registers(), FrameTrust.FRAME_POINTER, parameters));
    }

    private static X86FrameData frameData(WindowsFrame record) {
        return new X86FrameData(
                record.program(),
                record.usesEbp(),
                record.parameterBytes(),
                record.savedRegisterBytes(),
                record.localBytes());
    }

    @Override
    public long parameterBytes(long rva) {
        return symbols.symbolAt(rva).map(BreakpadFunction::parameterBytes).orElse(0L);
    }

    private static Optional<SourceLine> line(BreakpadLine line) {
        return line(line.file(), line.line());
    }

    private static Optional<SourceLine> line(String file, int line) {
        return file.isEmpty() || line == 0
                ? Optional.empty()
                : Optional.of(new SourceLine(file, line));
    }

    private static RvaSymbol symbol(BreakpadFunction function) {
        return new RvaSymbol(function.rva(), function.sizeBytes(), function.name(), true);
    }
}
