package oriel.app.render;

import java.util.List;
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

    /**
     * @param architecture whose addresses they are
     * @param symbolizer names them
     */
    public FrameTable(Page page, Architecture architecture, Symbolizer symbolizer) {
        this.page = page;
        this.symbolizer = symbolizer;
        this.addresses = new Addresses(architecture);
    }

    /** Writes at most so many frames, and why there are no more. */
    public void write(StackTrace trace, int limit) {
        int digits = addresses.digits() == 8 ? 8 : 16;
        page.rightTo(3, "#").to(4).styled(Style.DIM, "stack pointer");
        page.to(4 + digits + 1).styled(Style.DIM, "pc");
        page.to(4 + 2 * (digits + 1) + 1).styled(Style.DIM, "location").end();
        List<StackFrame> frames = trace.frames();
        for (int i = 0; i < Math.min(limit, frames.size()); i++) {
            frame(i, frames.get(i), digits);
        }
        if (frames.size() > limit) {
            page.to(4).line("... " + (frames.size() - limit) + " more");
        } else if (!trace.end().detail().isEmpty()) {
            page.to(4).styled(Style.DIM, "(" + trace.end().detail() + ")").end();
        }
    }

    private void frame(int index, StackFrame frame, int digits) {
        CodeLocation location = symbolizer.locate(frame);
        int names = 4 + 2 * (digits + 1) + 1;
        String module = location.module().map(m -> m.label() + "!").orElse("");
        for (InlineFrame inline : location.inlined()) {
            page.to(names).styled(Style.NAME, module + inline.name()).line(" (inlined)");
        }
        page.rightTo(3, Integer.toHexString(index)).to(4);
        page.hex(frame.sp(), digits).text(" ").hex(frame.pc(), digits);
        page.text(mark(frame.trust())).to(names).styled(Style.NAME, location.label());
        location.line()
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
