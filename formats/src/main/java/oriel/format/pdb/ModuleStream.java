package oriel.format.pdb;

import oriel.format.msf.MsfStream;

/** The stream of one module: its symbols, its lines, and references to globals. */
public final class ModuleStream {
    private static final int SIGNATURE_SIZE = 4;

    private final MsfStream symbols;
    private final MsfStream lines;

    private ModuleStream(MsfStream symbols, MsfStream lines) {
        this.symbols = symbols;
        this.lines = lines;
    }

    static ModuleStream read(ModuleInfo module, MsfStream in) {
        long symbolBytes = Math.min(in.size(), module.symbolBytes());
        long start = Math.min(in.size(), symbolBytes + module.c11Bytes());
        return new ModuleStream(
                in.slice(0, symbolBytes),
                in.slice(start, Math.min(in.size() - start, module.c13Bytes())));
    }

    /** The symbols with the leading signature, so that offsets are those of references. */
    public MsfStream symbols() {
        return symbols;
    }

    /** A walk over all symbols. */
    public SymbolCursor cursor() {
        return new SymbolCursor(symbols, SIGNATURE_SIZE);
    }

    /** The subsections with lines, checksums and inlinees. */
    public MsfStream lines() {
        return lines;
    }
}
