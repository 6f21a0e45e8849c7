package oriel.bench.symbols;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oriel.format.pdb.Dbi;
import oriel.format.pdb.FileChecksum;
import oriel.format.pdb.LineEntry;
import oriel.format.pdb.ModuleInfo;
import oriel.format.pdb.ModuleLines;
import oriel.format.pdb.Pdb;
import oriel.format.pdb.StringTable;
import oriel.format.pdb.SymbolCursor;
import oriel.format.pdb.SymbolKind;
import oriel.format.pdb.SymbolRecord;

/**
 * Every public, procedure, thunk, variable, inline site and line of a PDB against the text of
 * {@code llvm-pdbutil dump}, module by module.
 */
final class RecordComparison {
    private static final String TOOL = "llvm-pdbutil-19";
    private static final Pattern MODULE = Pattern.compile("\\s*Mod (\\d+) \\| .*");
    private static final Pattern RECORD =
            Pattern.compile("\\s*\\d+ \\| (S_\\w+) \\[size = \\d+\\](?: `(.*)`)?.*");
    private static final Pattern ADDRESS =
            Pattern.compile(".*\\baddr = (\\d+):(\\d+)(?:, code size = (\\d+))?.*");
    private static final Pattern SIZE = Pattern.compile(".*\\bsize = (\\d+), addr = .*");
    private static final Pattern INLINEE =
            Pattern.compile("\\s*inlinee = 0x([0-9A-Fa-f]+).*parent = (\\d+), end = (\\d+).*");
    private static final Pattern FILE =
            Pattern.compile("(\\S.*) \\((?:MD5|SHA-1|SHA-256|None|no checksum).*\\)");
    private static final Pattern RANGE =
            Pattern.compile(
                    "  ([0-9A-F]{4}):[0-9A-F]{8}-[0-9A-F]{8}, line/.*addr.* entries = \\d+");
    private static final Pattern LINE = Pattern.compile(" *(\\d+|ASI|NSI) ([0-9A-F]{8}) ([ !])");

    private final Path file;
    private final Pdb pdb;
    private final Tally tally;
    private final Balance publics = new Balance();
    private final Balance symbols = new Balance();
    private final Balance lines = new Balance();
    private int module = -1;
    private boolean inLines;
    private String kind = "";
    private String name = "";
    private String source = "";
    private int section;
    private boolean repeated;

    RecordComparison(Path file, Pdb pdb, Tally tally) {
        this.file = file;
        this.pdb = pdb;
        this.tally = tally;
    }

    /** Runs the tool and compares what it writes. */
    void run() throws IOException, InterruptedException {
        if (pdb.info().isFastLink()) {
            tally.explain("llvm-pdbutil gives up on /DEBUG:FASTLINK", file.toString());
            return;
        }
        readPublics();
        Process process =
                new ProcessBuilder(
                                List.of(
                                        TOOL,
                                        "dump",
                                        "-publics",
                                        "-symbols",
                                        "-l",
                                        file.toString()))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (var in =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                take(line);
            }
        }
        settleModule();
        publics.settle("publics", tally);
        if (process.waitFor() != 0) {
            tally.differ("llvm-pdbutil fails", file.toString());
        }
    }

    private void take(String line) {
        String text = line.strip();
        if (text.equals("Lines") || text.equals("Symbols") || text.equals("Public Symbols")) {
            settleModule();
            inLines = text.equals("Lines");
            module = -1;
            return;
        }
        Matcher header = text.startsWith("Mod ") ? MODULE.matcher(line) : null;
        if (header != null && header.matches()) {
            settleModule();
            module = Integer.parseInt(header.group(1));
            readModule();
        } else if (inLines) {
            takeLine(line);
        } else {
            takeRecord(line);
        }
    }

    private void takeRecord(String line) {
        if (line.contains("| S_")) {
            Matcher record = RECORD.matcher(line);
            kind = record.matches() ? record.group(1) : "";
            name = kind.isEmpty() || record.group(2) == null ? "" : record.group(2);
        } else if (kind.equals("S_INLINESITE") || kind.equals("S_INLINESITE2")) {
            Matcher site = INLINEE.matcher(line);
            if (site.matches()) {
                symbols.theirs(
                        "inline site of "
                                + site.group(1).toLowerCase(Locale.ROOT)
                                + " in "
                                + site.group(2)
                                + " to "
                                + site.group(3));
                kind = "";
            }
        } else if (!kind.isEmpty() && line.contains("addr = ")) {
            Matcher at = ADDRESS.matcher(line);
            if (at.matches()) {
                place(
                        line,
                        Integer.parseInt(at.group(1)),
                        Long.parseLong(at.group(2)),
                        at.group(3));
            }
            kind = "";
        }
    }

    private void place(String line, int atSection, long offset, String size) {
        String text = name + " at " + atSection + ":" + offset;
        switch (kind) {
            case "S_PUB32" -> publics.theirs(text);
            case "S_GPROC32",
                    "S_LPROC32",
                    "S_GPROC32_ID",
                    "S_LPROC32_ID",
                    "S_LPROC32_DPC",
                    "S_LPROC32_DPC_ID" ->
                    symbols.theirs("procedure " + text + " size " + size);
            case "S_THUNK32" -> {
                Matcher thunk = SIZE.matcher(line);
                symbols.theirs(
                        "thunk " + text + " size " + (thunk.matches() ? thunk.group(1) : "?"));
            }
            case "S_GDATA32", "S_LDATA32" -> {
                if (module >= 0) {
                    symbols.theirs("variable " + text);
                }
            }
            default -> {}
        }
    }

    private void takeLine(String line) {
        Matcher range = RANGE.matcher(line);
        if (range.matches()) {
            section = Integer.parseInt(range.group(1), 16);
            return;
        }
        if (line.startsWith("(unknown file name offset")) {
            repeated = true;
            tally.explain("llvm-pdbutil repeats lines for a module that has none", file.toString());
            return;
        }
        Matcher path = FILE.matcher(line);
        if (path.matches()) {
            source = path.group(1);
            repeated = false;
            return;
        }
        Matcher row = LINE.matcher(line);
        while (!repeated && row.find()) {
            lines.theirs(
                    row.group(1)
                            + " of "
                            + source
                            + " at "
                            + section
                            + ":"
                            + Long.parseLong(row.group(2), 16)
                            + (row.group(3).equals("!") ? " expression" : ""));
        }
    }

    private void settleModule() {
        if (module >= 0) {
            (inLines ? lines : symbols).settle(inLines ? "lines" : "symbols of modules", tally);
        }
    }

    private void readPublics() {
        Dbi dbi = pdb.dbi().orElseThrow();
        if (dbi.symbolRecords().isEmpty()) {
            return;
        }
        for (int i = 0; i < pdb.publics().size(); i++) {
            var cursor =
                    new SymbolCursor(
                            dbi.symbolRecords().orElseThrow(), pdb.publics().symbolOffset(i));
            if (cursor.next()
                    && SymbolRecord.read(cursor.record()) instanceof SymbolRecord.Public p) {
                publics.ours(p.name() + " at " + p.section() + ":" + p.offset());
            }
        }
    }

    private void readModule() {
        ModuleInfo info = pdb.dbi().orElseThrow().modules().get(module);
        pdb.module(info)
                .ifPresent(
                        stream -> {
                            if (inLines) {
                                readLines(ModuleLines.read(stream.lines()));
                            } else {
                                readSymbols(stream.cursor());
                            }
                        });
    }

    private void readSymbols(SymbolCursor cursor) {
        while (cursor.next()) {
            switch (SymbolRecord.read(cursor.record())) {
                case SymbolRecord.Procedure p ->
                        symbols.ours(
                                "procedure "
                                        + p.name()
                                        + " at "
                                        + p.section()
                                        + ":"
                                        + p.offset()
                                        + " size "
                                        + p.codeSize());
                case SymbolRecord.Thunk t ->
                        symbols.ours(
                                "thunk "
                                        + t.name()
                                        + " at "
                                        + t.section()
                                        + ":"
                                        + t.offset()
                                        + " size "
                                        + t.codeSize());
                case SymbolRecord.Data d -> {
                    if (!d.thread()) {
                        symbols.ours(
                                "variable " + d.name() + " at " + d.section() + ":" + d.offset());
                    }
                }
                default -> {
                    if (cursor.kind() == SymbolKind.INLINESITE
                            || cursor.kind() == SymbolKind.INLINESITE2) {
                        symbols.ours(
                                "inline site of "
                                        + Long.toHexString(cursor.u32(12))
                                        + " in "
                                        + cursor.u32(4)
                                        + " to "
                                        + cursor.u32(8));
                    }
                }
            }
        }
    }

    private void readLines(ModuleLines all) {
        Optional<StringTable> names = pdb.names();
        all.forEach(
                row ->
                        lines.ours(
                                text(
                                        row,
                                        all.file(row.fileId())
                                                .flatMap(f -> names.map(n -> path(n, f))))));
    }

    private static String path(StringTable names, FileChecksum file) {
        return names.at(file.nameOffset());
    }

    private static String text(LineEntry row, Optional<String> path) {
        String number =
                !row.isHidden()
                        ? Integer.toString(row.line())
                        : row.line() == 0xfeefee ? "ASI" : "NSI";
        return number
                + " of "
                + path.orElse("?")
                + " at "
                + row.section()
                + ":"
                + row.offset()
                + (row.statement() ? "" : " expression");
    }
}
