import java.nio.file.Path;
import java.time.Duration;
import oriel.model.LoadedModule;
import oriel.win32.RemoteCode;
import oriel.win32.WindowsProcess;

/** Has a process load a library: {@code InjectLibrary 4242 C:\probe.dll}. */
public class InjectLibrary {
    public static void main(String[] args) {
        try (WindowsProcess process = WindowsProcess.open(Long.parseLong(args[0]))) {
            LoadedModule module =
                    RemoteCode.inject(process, Path.of(args[1]), Duration.ofSeconds(10));
            System.out.printf("%s is at %x%n", module.name(), module.base());
        }
    }
}
