package oriel.examples;

import oriel.engine.eval.Labels;
import oriel.engine.symbols.Symbolizer;
import oriel.engine.symbols.find.ModuleImage;
import oriel.win32.LiveTarget;

/** The address of a label in a process: {@code AddressOfLabel 4242 "kernel32 ! CreateFileA"}. */
public final class AddressOfLabel {
    private AddressOfLabel() {}

    public static void main(String[] args) {
        try (var process = LiveTarget.watch(Long.parseLong(args[0]))) {
            var labels = new Labels(process, new Symbolizer(process, ModuleImage.EXPORTS));
            System.out.printf("%s == 0x%x%n", labels.sanitize(args[1]), labels.resolve(args[1]));
        }
    }
}
