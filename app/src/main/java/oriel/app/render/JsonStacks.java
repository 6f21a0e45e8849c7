package oriel.app.render;

import oriel.model.CodeLocation;
import oriel.model.InlineFrame;
import oriel.model.SourceLine;
import oriel.model.Symbol;
import oriel.triage.report.Fact;
import oriel.triage.report.FrameEntry;
import oriel.triage.report.RecursionEntry;
import oriel.triage.report.StackEntry;
import oriel.triage.report.StackSection;
import oriel.triage.report.ThreadEntry;
import oriel.triage.report.VariableEntry;

/** Stacks, threads and code locations as JSON. */
final class JsonStacks {
    private final JsonPage json;

    JsonStacks(JsonPage json) {
        this.json = json;
    }

    /** Members of a stack and the threads that have it. */
    void section(StackSection section) {
        json.flag("crashed", section.crashed());
        json.objects("threads", section.threads(), this::thread);
        json.number("frameCount", section.frameCount());
        json.objects("frames", section.entries(), this::entry);
        json.object(
                "end",
                () -> {
                    json.word("kind", section.end().kind());
                    json.text("detail", section.end().detail());
                });
    }

    private void thread(ThreadEntry thread) {
        json.number("threadId", thread.threadId());
        json.text("name", thread.name());
        json.flag("crashed", thread.crashed());
        json.number("suspendCount", thread.suspendCount());
        json.number("priority", thread.priority());
        thread.start().ifPresent(s -> json.object("start", () -> location(s)));
        json.time("created", thread.created());
        json.seconds("userTime", thread.userTime());
        json.seconds("kernelTime", thread.kernelTime());
        json.text("waiting", thread.waiting());
        json.objects("details", thread.details(), this::fact);
    }

    private void fact(Fact fact) {
        json.text("name", fact.name());
        json.text("value", fact.value());
    }

    private void entry(StackEntry entry) {
        switch (entry) {
            case FrameEntry frame -> frame(frame);
            case RecursionEntry recursion -> {
                json.number("times", recursion.times());
                json.objects("cycle", recursion.cycle(), this::frame);
            }
        }
    }

    private void frame(FrameEntry frame) {
        json.number("index", frame.index());
        json.hex("pc", frame.pc());
        json.hex("sp", frame.sp());
        json.word("trust", frame.trust());
        json.text("label", frame.label());
        json.object("location", () -> location(frame.location()));
        frame.unloaded()
                .ifPresent(
                        unloaded ->
                                json.object(
                                        "unloaded",
                                        () -> {
                                            json.text("name", unloaded.name());
                                            json.hex("base", unloaded.range().start());
                                        }));
        json.objects("variables", frame.variables(), this::variable);
    }

    private void variable(VariableEntry variable) {
        json.text("name", variable.name());
        json.text("type", variable.type());
        json.flag("parameter", variable.parameter());
        json.text("inlinedFunction", variable.inlinedFunction());
        json.text("value", variable.value());
        json.text("pointee", variable.pointee());
        json.text("problem", variable.problem());
    }

    /** Members of a code location. */
    void location(CodeLocation location) {
        json.hex("address", location.va());
        location.module()
                .ifPresent(
                        module -> {
                            json.text("module", module.name());
                            json.hex("rva", location.va() - module.base());
                        });
        location.symbol().ifPresent(symbol -> symbol(location.va(), symbol));
        location.line().ifPresent(this::line);
        json.objects("inlined", location.inlined(), this::inlined);
    }

    private void symbol(long va, Symbol symbol) {
        json.text("function", symbol.name());
        json.hex("functionOffset", va - symbol.va());
    }

    /** Members of an inlined function. */
    void inlined(InlineFrame inlined) {
        json.text("function", inlined.name());
        inlined.line().ifPresent(this::line);
    }

    /** Members of a line of source. */
    void line(SourceLine line) {
        json.text("file", line.file());
        json.number("line", line.line());
        json.number("column", line.column());
    }
}
