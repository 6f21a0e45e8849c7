package oriel.app.kernel;

import oriel.app.console.ConsoleOutput;
import oriel.kd.KdEvents;
import oriel.kd.protocol.FileIo;

/** What a target says by itself, as a console shows it. */
final class KernelEvents implements KdEvents {
    private final ConsoleOutput output;
    private final FileReplacements files = new FileReplacements();
    private Asker asker = question -> "";

    /** Answers questions of the target. */
    interface Asker {
        String answer(String question);
    }

    KernelEvents(ConsoleOutput output) {
        this.output = output;
    }

    void answerBy(Asker answers) {
        asker = answers;
    }

    FileReplacements files() {
        return files;
    }

    @Override
    public void printed(String text) {
        output.printed(text);
    }

    @Override
    public String asked(String question) {
        output.printed(question);
        output.finishPrints();
        output.flush();
        return asker.answer(question);
    }

    @Override
    public byte[] file(FileIo request) {
        return files.answer(request);
    }

    @Override
    public void noticed(String what) {
        output.notice(what);
    }
}
