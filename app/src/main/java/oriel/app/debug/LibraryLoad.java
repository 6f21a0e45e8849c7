package oriel.app.debug;

import java.nio.charset.StandardCharsets;
import oriel.app.console.ConsoleContext;
import oriel.app.console.ConsoleException;
import oriel.win32.Protection;
import oriel.win32.RemoteCode;
import oriel.win32.WindowsProcess;

/** Has a process that stands load a library: a thread of ours does it when the process goes on. */
final class LibraryLoad {
    private static final int PAGE = 0x1000;

    private LibraryLoad() {}

    static void begin(SessionTarget target, ConsoleContext context, String file) {
        if (file.isEmpty()) {
            throw new ConsoleException("modload FILE");
        }
        byte[] path = (file + "\0").getBytes(StandardCharsets.UTF_16LE);
        if (path.length > PAGE) {
            throw new ConsoleException("the name of the file is too long");
        }
        long function = context.expressions().address("kernel32!LoadLibraryW");
        try (WindowsProcess process = WindowsProcess.open(target.stop().processId())) {
            long va = process.memory().allocate(0, PAGE, Protection.READ_WRITE);
            context.on().write(va, path);
            try (var thread = RemoteCode.start(process, function, va, false)) {
                context.page()
                        .line("thread " + thread.threadId() + " loads it when the process goes on");
            }
        }
    }
}
