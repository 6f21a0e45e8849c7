package oriel.app.console;

import java.util.List;
import java.util.Map;
import oriel.app.render.Page;
import oriel.app.render.Style;
import oriel.engine.eval.Labels;
import oriel.engine.python.PythonFrame;
import oriel.engine.python.PythonObjects;
import oriel.engine.python.PythonRuntime;
import oriel.engine.python.PythonThread;

/** Commands about a CPython in the target, by the names that WinDbg's extension for it has. */
final class PythonCommands implements CommandGroup {
    private final ConsoleContext context;
    private final Page page;

    PythonCommands(ConsoleContext context) {
        this.context = context;
        this.page = context.page();
    }

    @Override
    public List<HelpEntry> help() {
        return List.of(
                new HelpEntry("!pystack [-all|FRAME]", "calls of Python code, with variables"),
                new HelpEntry("!pyobj ADDRESS", "an object of Python, its type and attributes"));
    }

    @Override
    public boolean run(CommandLine command) {
        switch (command.name()) {
            case "!pystack" -> stack(command.rest());
            case "!pyobj" -> object(new CommandArguments(context, command.rest()).address());
            default -> {
                return false;
            }
        }
        return true;
    }

    private PythonRuntime runtime() {
        var labels = new Labels(context.target(), context.symbolizer());
        return PythonRuntime.find(context.target(), labels)
                .orElseThrow(
                        () ->
                                new ConsoleException(
                                        "there is no CPython 3.11 to 3.14 here, or the dump has"
                                                + " not its memory"));
    }

    private void stack(String rest) {
        PythonRuntime python = runtime();
        if (rest.equals("-all")) {
            for (PythonThread thread : python.threads()) {
                page.text("Python Thread ").number(thread.threadId()).line(":");
                frames(python, thread.frames());
            }
        } else if (!rest.isEmpty()) {
            frames(python, python.framesFrom(new CommandArguments(context, rest).address()));
        } else {
            long id = context.thread().ref().threadId();
            frames(python, python.thread(id).map(PythonThread::frames).orElse(List.of()));
        }
    }

    private void frames(PythonRuntime python, List<PythonFrame> frames) {
        if (frames.isEmpty()) {
            page.to(4).line("<no Python frames>");
        }
        for (PythonFrame frame : frames) {
            page.to(4).styled(Style.NAME, frame.toString()).end();
            for (Map.Entry<String, Long> each : frame.locals().entrySet()) {
                variable(8, python.objects(), each);
            }
        }
    }

    private void variable(int column, PythonObjects objects, Map.Entry<String, Long> variable) {
        page.to(column).text(variable.getKey()).text(" = ");
        page.text(objects.text(variable.getValue())).end();
    }

    private void object(long va) {
        PythonObjects objects = runtime().objects();
        String type = objects.typeName(va);
        if (type.isEmpty()) {
            throw new ConsoleException("there is no object of Python");
        }
        page.to(4).text("RefCount: ").number(objects.references(va)).end();
        page.to(4).text("Type: ").styled(Style.NAME, type).end();
        page.to(4).text("Repr: ").line(objects.text(va));
        objects.attributes(va).entrySet().forEach(each -> variable(8, objects, each));
    }
}
