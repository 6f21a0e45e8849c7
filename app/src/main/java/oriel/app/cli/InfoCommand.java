package oriel.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import oriel.bytes.Bytes;

/** {@code oriel info}: what kind of file this is. */
final class InfoCommand implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("Says what a file is.")
                .operand("FILE", "A dump or a PE file.")
                .examples("oriel info crash.dmp");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        String file = given.operand(0);
        Bytes bytes = Bytes.open(Path.of(file));
        console.out().println(file + ": " + bytes.size() + " bytes");
        return ExitCode.FOUND;
    }
}
