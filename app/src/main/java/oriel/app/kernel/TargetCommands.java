package oriel.app.kernel;

import java.io.IOException;
import java.util.List;
import oriel.app.console.CommandGroup;
import oriel.app.console.CommandLine;
import oriel.app.console.ConsoleException;
import oriel.app.console.HelpEntry;
import oriel.app.console.HostFiles;
import oriel.app.render.Page;
import oriel.kd.KdSession;

/** The commands about the machine as a whole: restart it, crash it, replace its drivers. */
final class TargetCommands implements CommandGroup {
    private final KernelView view;
    private final KdSession session;
    private final FileReplacements files;
    private final Page page;
    private final Runnable afterwards;

    /**
     * @param afterwards what follows when the target runs because of a command
     */
    TargetCommands(KernelView view, FileReplacements files, Page page, Runnable afterwards) {
        this.view = view;
        this.session = view.session();
        this.files = files;
        this.page = page;
        this.afterwards = afterwards;
    }

    @Override
    public List<HelpEntry> help() {
        return List.of(
                new HelpEntry(".reboot, .crash", "restart the target; bug check e2"),
                new HelpEntry(
                        ".kdfiles [MAPFILE | -m PATH FILE | -c]",
                        "replace drivers while they load"));
    }

    @Override
    public boolean run(CommandLine command) throws IOException {
        switch (command.name()) {
            case ".reboot" -> {
                view.stop();
                session.reboot();
                afterwards.run();
            }
            case ".crash" -> {
                view.stop();
                session.crash();
                afterwards.run();
            }
            case ".kdfiles" -> replace(command.rest());
            default -> {
                return false;
            }
        }
        return true;
    }

    private void replace(String rest) throws IOException {
        List<String> words = new CommandLine("", rest).words();
        if (words.isEmpty()) {
            files.list().forEach(page::line);
        } else if (words.get(0).equals("-c")) {
            files.clear();
        } else if (words.get(0).equals("-m")) {
            if (words.size() != 3) {
                throw new ConsoleException(".kdfiles -m PATH FILE");
            }
            files.put(words.get(1), HostFiles.path(words.get(2)));
        } else {
            page.number(files.read(HostFiles.path(rest))).line(" files are replaced");
        }
    }
}
