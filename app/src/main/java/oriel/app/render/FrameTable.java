package oriel.app.render;

import java.util.List;
import java.util.function.Function;
import oriel.engine.symbols.Symbolizer;
import oriel.model.Architecture;
import oriel.model.CodeLocation;
import oriel.model.FrameTrust;
import oriel.model.InlineFrame;
import oriel.model.LoadedModule;
import oriel.model.StackFrame;
import oriel.model.StackTrace;

/** The frames of one stack as a debugger's table: number, stack pointer, program counter, name. */
public final class FrameTable {
    private final Page page;
    private final Symbolizer symbolizer;
    private final Addresses addresses;
    private boolean lines = true;
    private Function<StackFrame, List<Long>> arguments = frame -> List.of();
    private Function<StackFrame, List<String>> variables = frame -> List.of();

    /**
     * @param architecture whose addresses they are
     * @param symbolizer names them
     */
    public FrameTable(Page page, Architecture architecture, Symbolizer symbolizer) {
        this.page = page;
        this.symbolizer = symbolizer;
        this.addresses = new Addresses(architecture);
    }

    /** Tells source lines, or not. */
    public FrameTable withLines(boolean on) {
        lines = on;
        return this;
    }

    /** Tells, of each frame but the last, words that its caller's frame begins with. */
    public FrameTable withArguments(Function<StackFrame, List<Long>> ofCaller) {
        arguments = ofCaller;
        return this;
    }

    /** Tells variables of each frame, a line for each. */
    public FrameTable withVariables(Function<StackFrame, List<String>> ofFrame) {
        variables = ofFrame;
        return this;
    }

    /** Writes the names of at most so many frames and nothing else. */
    public void names(StackTrace trace, int limit) {
        List<StackFrame> frames = trace.frames();
        for (int i = 0; i < Math.min(limit, frames.size()); i++) {
            page.rightTo(3, Integer.toHexString(i)).text(" ");
            page.styled(Style.NAME, symbolizer.locate(frames.get(i)).label()).end();
        }
    }

    /** Writes one frame. */
    public void one(int index, StackFrame frame) {
        frame(index, frame, addresses.digits() == 8 ? 8 : 16, List.of());
    }

    /** Writes at most so many frames, and why there are no more. */
    public void write(StackTrace trace, int limit) {
        int digits = addresses.digits() == 8 ? 8 : 16;
        page.rightTo(3, "#").to(4).styled(Style.DIM, "stack pointer");
        page.to(4 + digits + 1).styled(Style.DIM, "pc");
        page.to(4 + 2 * (digits + 1) + 1).styled(Style.DIM, "location").end();
        List<StackFrame> frames = trace.frames();
        for (int i = 0; i < Math.min(limit, frames.size()); i++) {
            List<Long> words =
                    i + 1 < frames.size() ? arguments.apply(frames.get(i + 1)) : List.of();
            frame(i, frames.get(i), digits, words);
            variables.apply(frames.get(i)).forEach(v -> page.to(8).line(v));
        }
        if (frames.size() > limit) {
            page.to(4).line("... " + (frames.size() - limit) + " more");
        } else if (!trace.end().detail().isEmpty()) {
            page.to(4).styled(Style.DIM, "(" + trace.end().detail() + ")").end();
        }
    }

    private void frame(int index, StackFrame frame, int digits, List<Long> words) {
        CodeLocation location = symbolizer.locate(frame);
        int names = 4 + 2 * (digits + 1) + 1;
        String module = location.module().map(m -> m.label() + "!").orElse("");
        for (InlineFrame inline : location.inlined()) {
            page.to(names).styled(Style.NAME, module + inline.name()).line(" (inlined)");
        }
        page.rightTo(3, Integer.toHexString(index)).to(4);
        page.hex(frame.sp(), digits).text(" ").hex(frame.pc(), digits);
        page.text(mark(frame.trust())).to(names);
        if (!words.isEmpty()) {
            page.text(": ");
            words.forEach(word -> page.hex(word, digits).text(" "));
            page.text(": ");
        }
        page.styled(Style.NAME, location.label());
        location.line()
                .filter(l -> lines)
                .ifPresent(
                        l ->
                                page.text(" [")
                                        .text(LoadedModule.baseName(l.file()))
                                        .text(":")
                                        .number(l.line())
                                        .text("]"));
        page.end();
    }

    /** What is less certain than unwind data. */
    private static String mark(FrameTrust trust) {
        return switch (trust) {
            case CONTEXT, UNWIND_INFO, LEAF -> "";
            case FRAME_POINTER -> "~";
            case SCAN -> "?";
        };
    }
}
