package oriel.engine.unwind;

import java.io.IOException;
import java.util.Optional;
import oriel.format.pe.FunctionEntry;
import oriel.format.pe.FunctionTable;
import oriel.format.pe.PeImage;
import oriel.model.Architecture;

/**
 * The unwind data of an image ({@code .pdata}, {@code .xdata}) as STACK CFI records of Breakpad:
 * for x64 and ARM64, where the frame is told after each instruction of a prologue and, for ARM64,
 * of an epilogue.
 */
public final class CallFrameRecords {
    private CallFrameRecords() {}

    /**
     * Writes the records of all functions, in the order of the image's table. A function whose
     * unwind data is damaged, or tells what rules cannot, has none.
     *
     * @param out gets the text, lines ended by LF
     * @throws IOException when {@code out} throws it
     */
    public static void write(PeImage image, Appendable out) throws IOException {
        Architecture architecture = image.architecture().orElse(Architecture.X86);
        Optional<FunctionTable> table = image.functions();
        boolean told = architecture == Architecture.X64 || architecture == Architecture.ARM64;
        if (table.isEmpty() || !told) {
            return;
        }
        var text = new StringBuilder();
        for (int i = 0; i < table.get().size(); i++) {
            Optional<FunctionEntry> entry = table.get().entry(i);
            if (entry.isEmpty()) {
                break;
            }
            long size = entry.get().endRva() - entry.get().beginRva();
            if (size <= 0) {
                continue;
            }
            var rows = new CallFrameRows();
            if (architecture == Architecture.X64) {
                X64CallFrames.rows(image::read, entry.get(), rows);
            } else {
                Arm64CallFrames.rows(image::read, entry.get(), rows);
            }
            text.setLength(0);
            rows.write(entry.get().beginRva(), size, text);
            out.append(text);
        }
    }
}
