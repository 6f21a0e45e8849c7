package oriel.format.breakpad;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import oriel.bytes.Bytes;
import oriel.model.Diagnostic;
import oriel.model.RangeTable;

/** One pass over a symbol file that notes where its records stand. */
final class BreakpadScan {
    private static final int MAX_DIAGNOSTICS = 20;

    final RangeTable files = new RangeTable();
    final RangeTable origins = new RangeTable();
    final RangeTable functions = new RangeTable();
    final RangeTable publics = new RangeTable();
    final RangeTable cfi = new RangeTable();
    final RangeTable frameData = new RangeTable();
    final RangeTable fpo = new RangeTable();
    private final Bytes text;
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private long leftOut;
    private BreakpadModule module = new BreakpadModule("", "", "", "", "", "");

    private BreakpadScan(Bytes text) {
        this.text = text;
    }

    static BreakpadScan of(Bytes text) {
        BreakpadScan scan = firstLine(text);
        var line = new TextLines(text, 0);
        while (line.next()) {
            scan.record(line);
        }
        return scan;
    }

    static BreakpadScan firstLine(Bytes text) {
        var scan = new BreakpadScan(text);
        var line = new TextLines(text, 0);
        if (!line.next() || !line.take("MODULE")) {
            throw text.error(0, "no MODULE record: not a Breakpad symbol file");
        }
        scan.module(line);
        return scan;
    }

    BreakpadModule module() {
        return module;
    }

    List<Diagnostic> diagnostics() {
        if (leftOut > diagnostics.size()) {
            diagnostics.add(
                    new Diagnostic(
                            text.source(),
                            leftOut - diagnostics.size() + " more malformed records left out"));
        }
        return List.copyOf(diagnostics);
    }

    private void record(TextLines line) {
        if (line.tooLong()) {
            leaveOut(line, "line longer than " + TextLines.MAX_LINE + " bytes");
            return;
        }
        switch (line.first()) {
            case 'F' -> fileOrFunction(line);
            case 'P' -> {
                if (line.take("PUBLIC")) {
                    exported(line);
                }
            }
            case 'S' -> {
                if (line.take("STACK")) {
                    stack(line);
                }
            }
            case 'I' -> {
                if (line.take("INLINE_ORIGIN")) {
                    numbered(line, origins);
                } else if (line.take("INFO") && line.take("CODE_ID")) {
                    codeId(line);
                }
            }
            default -> {}
        }
    }

    private void module(TextLines line) {
        String system = line.word();
        String cpu = line.word();
        String id = line.word().toUpperCase(Locale.ROOT);
        module = new BreakpadModule(system, cpu, id, line.rest(), "", "");
    }

    private void codeId(TextLines line) {
        String id = line.word();
        module =
                new BreakpadModule(
                        module.system(), module.cpu(), module.id(), module.name(), id, line.rest());
    }

    private void fileOrFunction(TextLines line) {
        if (line.take("FILE")) {
            numbered(line, files);
        } else if (line.take("FUNC")) {
            line.take("m");
            range(line, functions);
        }
    }

    private void numbered(TextLines line, RangeTable into) {
        long id = line.decimal();
        if (id < 0) {
            leaveOut(line, "number expected");
        } else {
            into.add(id, 0, line.offset());
        }
    }

    private void exported(TextLines line) {
        line.take("m");
        long start = line.hex();
        if (start < 0) {
            leaveOut(line, "address expected");
        } else {
            publics.add(start, 0, line.offset());
        }
    }

    private void stack(TextLines line) {
        if (line.take("CFI")) {
            if (line.take("INIT")) {
                range(line, cfi);
            }
        } else if (line.take("WIN")) {
            if (line.take("4")) {
                range(line, frameData);
            } else if (line.take("0")) {
                range(line, fpo);
            }
        }
    }

    private void range(TextLines line, RangeTable into) {
        long start = line.hex();
        long size = line.hex();
        if (start < 0 || size < 0) {
            leaveOut(line, "address and size expected");
        } else {
            into.add(start, size, line.offset());
        }
    }

    private void leaveOut(TextLines line, String problem) {
        if (leftOut++ < MAX_DIAGNOSTICS) {
            diagnostics.add(
                    new Diagnostic(
                            text.source(),
                            "+0x" + Long.toHexString(line.offset()) + ": " + problem));
        }
    }
}
