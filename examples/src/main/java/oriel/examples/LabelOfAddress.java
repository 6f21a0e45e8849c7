package oriel.examples;

import oriel.engine.eval.Labels;
import oriel.engine.symbols.Symbolizer;
import oriel.engine.symbols.find.ModuleImage;
import oriel.win32.LiveTarget;

/** The label of an address in a process: {@code LabelOfAddress 4242 7ff810001a28}. */
public final class LabelOfAddress {
    private LabelOfAddress() {}

    public static void main(String[] args) {
        try (var process = LiveTarget.watch(Long.parseLong(args[0]))) {
            var labels = new Labels(process, new Symbolizer(process, ModuleImage.EXPORTS));
            long va = Long.parseUnsignedLong(args[1], 16);
            System.out.printf("%s == 0x%x%n", labels.at(va), va);
        }
    }
}
