import oriel.model.LoadedModule;
import oriel.win32.ModuleExports;
import oriel.win32.WindowsProcess;

/** Where a function of a library is in a process: {@code ResolveExport 4242 kernel32 Sleep}. */
public class ResolveExport {
    public static void main(String[] args) {
        try (WindowsProcess process = WindowsProcess.open(Long.parseLong(args[0]))) {
            LoadedModule module = process.module(args[1]).orElseThrow();
            ModuleExports exports = process.exports(module);
            exports.address(args[2]).ifPresent(va -> System.out.printf("at %x%n", va));
            exports.forward(args[2]).ifPresent(to -> System.out.println("forwarded to " + to));
        }
    }
}
