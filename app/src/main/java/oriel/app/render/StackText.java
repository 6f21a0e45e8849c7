package oriel.app.render;

import java.util.List;
import oriel.model.FrameTrust;
import oriel.model.InlineFrame;
import oriel.model.LoadedModule;
import oriel.model.SourceLine;
import oriel.model.StackEnd;
import oriel.triage.report.FrameEntry;
import oriel.triage.report.RecursionEntry;
import oriel.triage.report.StackEntry;
import oriel.triage.report.StackSection;
import oriel.triage.report.ThreadEntry;

/** Stacks as text. */
public final class StackText {
    private static final int GROUPS = 8;
    private static final int GROUP_FRAMES = 4;

    /** Where nothing crashed, what the threads do is all there is to see. */
    private static final int ALONE_FRAMES = 24;

    private static final int THREADS_NAMED = 6;

    private final Page page;
    private final Addresses addresses;
    private final VariablesText variables;
    private boolean locals;
    private boolean pointerFrames;
    private boolean scannedFrames;

    StackText(Page page, Addresses addresses) {
        this.page = page;
        this.addresses = addresses;
        this.variables = new VariablesText(page);
    }

    /** A writer of stacks of a target of some architecture. */
    public static StackText of(Page page, oriel.model.Architecture architecture) {
        return new StackText(page, new Addresses(architecture));
    }

    /** The same writer, which shows the variables of each frame below it. */
    public StackText withLocals(boolean wanted) {
        locals = wanted;
        return this;
    }

    /** The stacks of the threads that did not crash. */
    void others(List<StackSection> sections, boolean all) {
        int shown = 0;
        int left = 0;
        boolean crashed = sections.stream().anyMatch(StackSection::crashed);
        int most = all ? Integer.MAX_VALUE : crashed ? GROUP_FRAMES : ALONE_FRAMES;
        for (StackSection section : sections) {
            if (section.crashed()) {
                continue;
            }
            if (!all && shown == GROUPS) {
                left += section.threads().size();
                continue;
            }
            shown++;
            page.blank();
            heading(section);
            frames(section, most);
        }
        if (left > 0) {
            page.blank()
                    .text(TextReport.count(left, "more thread"))
                    .text("; --all-threads shows every stack in full")
                    .end();
        }
    }

    /** Whose stack it is. */
    public void heading(StackSection section) {
        List<ThreadEntry> threads = section.threads();
        ThreadEntry first = threads.get(0);
        if (threads.size() == 1) {
            page.styled(Style.TITLE, "Thread " + name(first));
        } else {
            page.styled(Style.TITLE, TextReport.count(threads.size(), "thread") + " here");
            page.text(": ");
            for (int i = 0; i < Math.min(threads.size(), THREADS_NAMED); i++) {
                page.text(i == 0 ? "" : ", ").text(name(threads.get(i)));
            }
            if (threads.size() > THREADS_NAMED) {
                page.text(", ...");
            }
        }
        if (section.crashed()) {
            page.text(" ").styled(Style.BAD, "crashed");
        }
        if (!first.waiting().isEmpty()) {
            page.text(", waiting: ").text(first.waiting());
        }
        if (first.suspendCount().orElse(0) > 0) {
            page.text(", suspended");
        }
        page.end();
    }

    private static String name(ThreadEntry thread) {
        return thread.threadId() + thread.name().map(n -> " \"" + n + "\"").orElse("");
    }

    /** The frames, at most so many lines of them, and why there are no more. */
    public void frames(StackSection section, int limit) {
        pointerFrames = false;
        scannedFrames = false;
        int lines = 0;
        int framesShown = 0;
        for (StackEntry entry : section.entries()) {
            if (lines >= limit) {
                break;
            }
            entry.shown().forEach(this::frame);
            lines += entry.shown().size();
            if (entry instanceof RecursionEntry recursion) {
                repeated(recursion);
                lines++;
                framesShown += recursion.frames();
            } else {
                framesShown++;
            }
        }
        if (framesShown < section.frameCount()) {
            page.to(7)
                    .styled(Style.DIM, "... ")
                    .styled(
                            Style.DIM,
                            TextReport.count(section.frameCount() - framesShown, "more frame"))
                    .end();
        } else {
            end(section.end());
        }
        if (pointerFrames || scannedFrames) {
            page.to(7).styled(Style.DIM, pointerFrames ? "~ found by frame pointer   " : "");
            page.styled(Style.DIM, scannedFrames ? "? found by scanning: may be a leftover" : "");
            page.end();
        }
    }

    private void repeated(RecursionEntry recursion) {
        int size = recursion.cycle().size();
        page.to(7)
                .styled(Style.WARN, size == 1 ? "^ repeated " : "^ these " + size + " repeated ")
                .styled(Style.WARN, TextReport.count(recursion.times(), "time"))
                .end();
    }

    private void frame(FrameEntry frame) {
        List<InlineFrame> inlined = frame.location().inlined();
        String module = frame.location().module().map(m -> m.label() + "!").orElse("");
        for (InlineFrame inline : inlined) {
            page.to(2).text("  ").to(6 + addresses.digits() + 3);
            page.styled(Style.NAME, module + inline.name()).styled(Style.DIM, " (inlined)");
            if (!locals) {
                variables.arguments(frame, inline.name());
            }
            inline.line().ifPresent(this::source);
            page.end();
        }
        page.rightTo(4, Integer.toString(frame.index())).to(6);
        page.text(addresses.text(frame.pc()))
                .text(mark(frame.trust()))
                .to(6 + addresses.digits() + 3);
        page.styled(Style.NAME, frame.label());
        if (!locals) {
            variables.arguments(frame, "");
        }
        frame.location().line().ifPresent(this::source);
        page.end();
        if (locals) {
            variables.list(frame, 6 + addresses.digits() + 6);
        }
    }

    private void source(SourceLine line) {
        page.text("  [")
                .text(LoadedModule.baseName(line.file()))
                .text(":")
                .number(line.line())
                .text("]");
    }

    private String mark(FrameTrust trust) {
        return switch (trust) {
            case CONTEXT, UNWIND_INFO, LEAF -> "";
            case FRAME_POINTER -> {
                pointerFrames = true;
                yield " ~";
            }
            case SCAN -> {
                scannedFrames = true;
                yield " ?";
            }
        };
    }

    private void end(StackEnd end) {
        String why =
                switch (end.kind()) {
                    case COMPLETE -> "";
                    case NO_CALLER -> "no caller found";
                    case STACK_UNREADABLE -> "the rest of the stack is not in the dump";
                    case NOT_ADVANCING -> "the stack does not advance: it is damaged";
                    case TOO_MANY_FRAMES -> "stopped at the limit of frames";
                    case NO_CONTEXT -> "the registers of this thread are not known";
                };
        if (why.isEmpty()) {
            return;
        }
        page.to(7).styled(Style.DIM, "(" + why);
        if (!end.detail().isEmpty()) {
            page.styled(Style.DIM, ": " + end.detail());
        }
        page.styled(Style.DIM, ")").end();
    }
}
